"""Which figure of which saved answer is meant?"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from sim.lookup.catalogue import RUNS, saved_runs
from sim.telling.faults import near_words

ENDINGS = (".png", ".html", ".svg", ".pdf")
"""What a viewer shows, the one that every system can first."""


def saved_folder(name: str | None, place: Path) -> Path:
    """Return the folder that is meant: a path, a name in the folder of runs, or the latest run."""
    there = [run.folder for run in saved_runs(place / RUNS)[0]]
    if name is None:
        if not there:
            raise ValueError(f"there is no run in {RUNS}: sim run saves one")
        return there[0]
    for folder in (Path(name), place / RUNS / name):
        if folder.is_dir():
            return folder
    close = near_words(Path(name).name, [each.name for each in there], 1)
    known = ", ".join(str(each) for each in there[:3]) or f"none in {RUNS}"
    hint = f"did you mean {str(place / RUNS / close[0])!r}?" if close else f"the latest runs: {known}"
    raise ValueError(f"there is no folder {name!r}; {hint}")


def picture(folder: Path, name: str) -> Path:
    """Return the figure of that name in a folder, or its first; a run has its ladder, an answer often several."""
    files = pictures(folder)
    if not files:
        raise ValueError(f"{folder} holds no figure and no page")
    asked = name.casefold()
    named = [file for file in files if not asked or asked in (file.name.casefold(), file.stem.casefold(), _whole(file))]
    if not named:
        stems = list(dict.fromkeys(file.stem for file in files))
        close = near_words(Path(name).stem, stems, 1)
        hint = f"did you mean {close[0]!r}?" if close else f"it has {', '.join(stems)}"
        raise ValueError(f"{folder} holds no figure {name!r}; {hint}")
    return named[0]


def _whole(file: Path) -> str:
    """Return the figure that a file is a step of, such as ladder of 01-ladder-2-answer.png."""
    return re.sub(r"^\d+-|-\d-(?:axes|answer)$", "", file.stem.casefold())


def pictures(folder: Path) -> Sequence[Path]:
    """Return all figures and pages of a folder, those that every system shows first."""
    files = [file for file in folder.iterdir() if file.suffix in ENDINGS and file.is_file()]
    return sorted(files, key=lambda file: (ENDINGS.index(file.suffix), file.name))


def has_screen() -> bool:
    """Whether there is a screen on which a viewer could show something."""
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
