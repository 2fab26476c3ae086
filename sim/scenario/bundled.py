"""Where are the scenarios and registers that come with the package?"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parents[1]


def bundled(kind: Literal["scenarios", "seeds"]) -> Path:
    """Return the folder of bundled files: inside an installed wheel, or at the top of a checkout.

    Examples
    --------
    >>> (bundled("seeds") / "article.toml").is_file()
    True
    """
    places = (_PACKAGE / "bundled" / kind, _PACKAGE.parent / kind)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the installation must have a folder of {kind}; none of {[*map(str, places)]} is there")


def bundled_scenarios() -> dict[str, Path]:
    """Return the bundled scenarios by name.

    Examples
    --------
    >>> "macron-2024" in bundled_scenarios()
    True
    """
    return {path.stem: path for path in sorted(bundled("scenarios").glob("*.toml"))}
