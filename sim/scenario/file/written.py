"""How are keys and values written as TOML?"""

from __future__ import annotations

import json
from collections.abc import Mapping


def toml_lines(table: Mapping[str, object]) -> list[str]:
    """Return keys and values as lines, empty texts left out; numbers are exact.

    >>> toml_lines({"name": "mine", "title": "", "at": {"commit": "promise"}})
    ['name = "mine"', 'at = { "commit" = "promise" }']
    """
    return [f"{key} = {in_toml(value)}" for key, value in table.items() if value != ""]


def in_toml(value: object) -> str:
    """Return a value as TOML: text is escaped as in JSON, and DEL as well."""
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{json.dumps(key)} = {in_toml(each)}' for key, each in value.items())} }}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
