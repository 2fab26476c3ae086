"""How does the engine get into a page? Its modules as one script: a page opened from disk may not import files."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ENGINE = Path(__file__).with_name("engine")
"""Where the modules are."""

ENTRY = "index"
"""The module whose exports are those of the engine."""

_IMPORT = re.compile(r'^import (?P<names>\{[^}]*\}) from "\./(?P<module>\w+)\.js";\n', re.MULTILINE)
_PASSED_ON = re.compile(r'^export (?P<names>\{[^}]*\}) from "\./(?P<module>\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?P<what>function|const) (?P<name>\w+)", re.MULTILINE)


@cache
def engine_script(name: str = "engine") -> str:
    """Return the engine as one classic script that defines a constant, whose members are the exports of the entry.

    >>> engine_script("crisis").splitlines()[-1]
    'const crisis = $index;'
    """
    modules: dict[str, str] = {}
    _gather(ENTRY, modules)
    return "".join(modules.values()) + f"const {name} = ${ENTRY};\n"


def _gather(module: str, modules: dict[str, str]) -> None:
    """Add a module as a function of its own, behind those of the modules that it imports, so that no names meet."""
    if module in modules:
        return
    text = (ENGINE / f"{module}.js").read_text(encoding="utf-8")
    for pattern in (_IMPORT, _PASSED_ON):
        for found in pattern.finditer(text):
            _gather(found["module"], modules)
    exports = [found["name"] for found in _EXPORT.finditer(text)]
    exports += [found["names"].strip("{ }") for found in _PASSED_ON.finditer(text)]
    for pattern in (_IMPORT, _PASSED_ON):
        text = pattern.sub(r"const \g<names> = $\g<module>;\n", text)
    body = _EXPORT.sub(r"\g<what> \g<name>", text).strip()
    modules[module] = f"const ${module} = (() => {{\n{body}\nreturn {{ {', '.join(exports)} }};\n}})();\n"
