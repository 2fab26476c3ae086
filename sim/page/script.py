"""How do modules get into a page? As one script: a page opened from disk may not import files."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ENGINE = Path(__file__).with_name("engine")
"""Where the engine's modules are."""

ENTRY = "index"
"""The module whose exports are those of the engine."""

_IMPORT = re.compile(r'^import (?P<names>\{[^}]*\}) from "\./(?P<module>\w+)\.js";\n', re.MULTILINE)
_PASSED_ON = re.compile(r'^export (?P<names>\{[^}]*\}) from "\./(?P<module>\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?P<what>function|const) (?P<name>\w+)", re.MULTILINE)


def engine_script(name: str = "engine") -> str:
    """Return the engine as one classic script that defines a constant, whose members are the exports of the entry.

    >>> engine_script("crisis").splitlines()[-1]
    'const crisis = $index;'
    """
    return script(ENGINE, ENTRY, name)


@cache
def script(folder: Path, entry: str, name: str) -> str:
    """Return a module, and those of its folder that it needs, as one classic script that defines a constant."""
    modules: dict[str, str] = {}
    _gather(folder, entry, modules)
    return "".join(modules.values()) + f"const {name} = ${entry};\n"


def _gather(folder: Path, module: str, modules: dict[str, str]) -> None:
    """Add a module as a function of its own, behind those of the modules that it imports, so that no names meet."""
    if module in modules:
        return
    text = (folder / f"{module}.js").read_text(encoding="utf-8")
    for pattern in (_IMPORT, _PASSED_ON):
        for found in pattern.finditer(text):
            _gather(folder, found["module"], modules)
    exports = [found["name"] for found in _EXPORT.finditer(text)]
    exports += [found["names"].strip("{ }") for found in _PASSED_ON.finditer(text)]
    for pattern in (_IMPORT, _PASSED_ON):
        text = pattern.sub(r"const \g<names> = $\g<module>;\n", text)
    body = _EXPORT.sub(r"\g<what> \g<name>", text).strip()
    modules[module] = f"const ${module} = (() => {{\n{body}\nreturn {{ {', '.join(exports)} }};\n}})();\n"
