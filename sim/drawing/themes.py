"""Which looks may a lecturer lay over ours? A style sheet without faults, or a style of Matplotlib, on light ground."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from matplotlib import rcParams, style
from matplotlib.colors import to_rgb

from sim.drawing.parts import INK
from sim.telling.faults import suggestion

_LEAST_CONTRAST = 4.5  # of letters and ground: WCAG 2, AA
_GROUNDS = ("figure.facecolor", "axes.facecolor")
_LINE = re.compile(r"(?:[^\"#]|\"[^\"]*\")*")  # up to a comment, but for # between quotation marks


def theme(given: str) -> str | Path:
    """Return what Matplotlib knows a theme by: its own name of a style, or the path of a sheet.

    ValueError if there is no such style or file, if the file has a fault, or if its ground is too dark for our letters.
    """
    file = Path(given)
    found: str | Path = given if given in style.library else file
    if isinstance(found, Path):
        if not found.is_file():
            hint = suggestion(given, style.available, otherwise="sheets end with .mplstyle")
            raise ValueError(f"there is neither a file nor a style of Matplotlib called {given!r}; {hint}")
        _check(found)
    with style.context(found):
        settings: dict[Any, Any] = dict(rcParams)
    for name in _GROUNDS:
        if (contrast := _contrast(INK, settings[name])) < _LEAST_CONTRAST:
            must = f"{name} must be light, since letters are dark: at least {_LEAST_CONTRAST} : 1"
            raise ValueError(f"{must}; {given} has {settings[name]}, {contrast:.1f} : 1")
    return found


def _check(file: Path) -> None:
    """Refuse a sheet of which Matplotlib would leave out a line without a word."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise ValueError(f"{file} must be a text in UTF-8; it is none") from None
    for number, line in enumerate(lines, start=1):
        match = _LINE.match(line)
        setting, colon, value = (match[0] if match else "").strip().partition(":")
        key, where = setting.strip(), f"{file}:{number}"
        if not key:
            continue
        if not colon:
            raise ValueError(f"{where} must read SETTING: VALUE; it is {line.strip()!r}")
        if key not in rcParams:
            raise ValueError(
                f"{where}: Matplotlib has no setting {key!r}; {suggestion(key, [*rcParams], otherwise='')}"
            )
        try:
            rcParams.validate[key](value.strip().strip('"'))
        except (ValueError, TypeError) as fault:
            raise ValueError(f"{where}: {key} cannot be {value.strip()!r}: {' '.join(str(fault).split())}") from None


def _contrast(letters: object, ground: object) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2 has it."""
    light, dark = sorted((_luminance(letters), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: object) -> float:
    """Return how light a colour is; white if it is none or left to the figure."""
    code = (1.0, 1.0, 1.0) if colour in ("none", "auto") else to_rgb(colour)  # type: ignore[arg-type]
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in code]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
