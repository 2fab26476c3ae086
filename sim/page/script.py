"""How does the engine get into a page? Its modules as one script: a page opened from disk may not import files."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ENGINE = Path(__file__).with_name("engine")
"""Where the modules are."""

ENTRY = "index.js"
"""The module whose exports are those of the engine."""

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(?P<module>[\w.-]+)";\n', re.MULTILINE)
_PASSED_ON = re.compile(r'^export \{(?P<names>[^}]*)\} from "\./(?P<module>[\w.-]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?P<what>async function|function|const|class) (?P<name>\w+)", re.MULTILINE)


@cache
def engine_script(name: str = "engine") -> str:
    """Return the engine as one classic script that defines a constant, whose members are the exports of the entry.

    >>> "solveDraws" in engine_script().splitlines()[-2]
    True
    """
    parts: dict[str, str] = {}
    _gather(ENTRY, parts)
    text = (ENGINE / ENTRY).read_text(encoding="utf-8")
    passed = [each.strip() for found in _PASSED_ON.finditer(text) for each in found["names"].split(",")]
    own = [found["name"] for found in _EXPORT.finditer(text)]
    exports = ", ".join(sorted(filter(None, passed + own)))
    body = "\n".join(parts.values())
    return f'const {name} = (() => {{\n"use strict";\n{body}\nreturn {{ {exports} }};\n}})();\n'


def _gather(module: str, parts: dict[str, str]) -> None:
    """Add a module's text, without imports and exports, behind those of the modules that it imports."""
    if module in parts:
        return
    text = (ENGINE / module).read_text(encoding="utf-8")
    for pattern in (_IMPORT, _PASSED_ON):
        for found in pattern.finditer(text):
            _gather(found["module"], parts)
    text = _PASSED_ON.sub("", _IMPORT.sub("", text))
    parts[module] = _EXPORT.sub(r"\g<what> \g<name>", text)
