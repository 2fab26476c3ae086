"""The analysis that docs/architecture.md adds to the package, as files."""

from __future__ import annotations

import re
from pathlib import Path

from places import DOCS

PAGE = (DOCS / "architecture.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"^`(sim/[\w/]+\.py)`\n```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


def put_into(folder: Path) -> list[str]:
    """Write the files of the example below a folder, and return their names."""
    for name, text in [*EXAMPLE, ("sim/analyses/gap/__init__.py", '"""A line, as the page says."""\n')]:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return [name for name, _ in EXAMPLE]
