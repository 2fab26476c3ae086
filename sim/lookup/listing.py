"""How are scenarios, games and runs told? In at most a screen, or in full."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.lookup.catalogue import RUNS, Listed, SavedRun, files_here, games, saved_runs, scenarios
from sim.lookup.lines import LINES, WIDTH, cut, filled

Group = Sequence[Listed]

_FEW = 3  # runs, and files of one's own, that a first screen shows if there is room


def lines(place: Path, *, full: bool) -> list[str]:
    """Return what there is as lines; without `full` they fit on a screen."""
    own, (runs, count) = files_here(place), saved_runs(place / RUNS, None if full else _FEW)
    if full:
        return [*_every(own), *_runs(runs, len(runs))]
    whole = scenarios()
    crises, variants = [each for each in whole if not each.variant], [each for each in whole if each.variant]
    for titled, named in ((whole, []), (crises, variants), ([], whole)):
        for few in range(_FEW, 0, -1):
            said = [
                *_titles("Scenarios (sim run NAME)", titled),
                *_names("What if, in the case of 2024" if titled else "Scenarios (sim run NAME)", named),
                *_titles("Your own, in this folder", own[:few], len(own) - few),
                *_names("Textbook games (sim solve NAME)", games()),
                *_runs(runs[:few], count),
            ]
            if len(said) <= LINES:
                return said
    return said


def as_data(place: Path) -> dict[str, Any]:
    """Return what there is as JSON can hold it."""
    groups = {"scenarios": scenarios(), "own": files_here(place), "games": games()}
    found: dict[str, Any] = {
        name: [{"name": each.name, "title": each.title, "question": each.question, "extends": each.extends}
               for each in group]
        for name, group in groups.items()
    }  # fmt: skip
    runs = [
        {"folder": str(run.folder), "title": run.title, "draws": run.draws, "when": run.when.isoformat("T", "seconds")}
        for run in saved_runs(place / RUNS)[0]
    ]
    return {"schema": 1} | found | {"runs": runs}


def _titles(heading: str, group: Group, more: int = 0) -> list[str]:
    """Return a heading, and a line for each with its title as far as that fits; nothing if there are none."""
    wide = max((len(each.name) for each in group), default=0)
    said = (
        [heading, *(f"  {each.name:<{wide}}  {cut(each.title, WIDTH - wide - 4)}" for each in group)] if group else []
    )
    return [*said, f"  and {more} more"] if more > 0 else said


def _names(heading: str, group: Group) -> list[str]:
    """Return a heading and the names alone; nothing if there are none."""
    return filled(f"{heading}: {', '.join(each.name for each in group)}") if group else []


def _every(own: Group) -> list[str]:
    """Return all scenarios, files and games with title and question."""
    said: list[str] = []
    groups: list[tuple[str, Group]] = [("Scenarios (sim run NAME)", scenarios()), ("Your own, in this folder", own)]
    for heading, group in [*groups, ("Textbook games (sim solve NAME)", games())]:
        said += [heading] if group else []
        for each in group:
            whence = f"  (extends {each.extends})" if each.extends else ""
            said += [f"  {each.name}{whence}", *filled(each.title, "    ")]
            said += filled(f"For class: {each.question}", "    ") if each.question else []
    return said


def _runs(runs: Sequence[SavedRun], count: int) -> list[str]:
    """Return the runs here, or that there are none."""
    if not runs:
        return [f"Runs here: none yet; sim run saves one in {RUNS}"]
    latest = f", the latest {len(runs)} of {count}" if count > len(runs) else ""
    said = [f"Runs here{latest} (sim open RUN shows the figure)"]
    for run in runs:
        about = f"{run.draws:,} draws, {run.when:%Y-%m-%d %H:%M}"
        room = WIDTH - 4 - len(str(run.folder)) - len(about) - 2
        said += [f"  {run.folder}  {cut(run.title, room)}  {about}"] if room > 12 else [f"  {run.folder}  {about}"]
    return said
