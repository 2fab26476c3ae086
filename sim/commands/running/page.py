"""How does a scenario become a page that is shown, mailed and played with?"""

from __future__ import annotations

import webbrowser
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from sim.commands.completion import scenario_names
from sim.commands.ending import guarded, refuse, unusable
from sim.commands.options import examples
from sim.commands.settings import SCALE, SETTINGS, VOICES, changed_by
from sim.commands.spelling import Whole

MOST = 16_384
"""Draws that a page can carry at most: with more it would be slow, and too large to mail."""


@dataclass(frozen=True)
class Change:
    """What the options change about a scenario."""

    settings: Mapping[str, float]
    voices: Mapping[str, float]
    scale: str | None

    def refuse(self, what: str) -> None:
        """End with a usage error if there is any change."""
        refuse(bool(self.settings or self.voices or self.scale), f"--set, --voice and --scale do not apply to {what}")


@click.command(
    short_help="One HTML file to show, mail and play with.",
    epilog=examples("sim page --open", "sim page textbook/beer-quiche --out lecture.html"),
)
@click.argument("subject", metavar="[SCENARIO|RUN]", default="macron-2024", shell_complete=scenario_names)
@SETTINGS
@VOICES
@SCALE
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="File to write.  [default: NAME.html]")
@click.option("--draws", type=Whole(1, MOST), default=2048, show_default=True, metavar="N", help="Draws it carries.")
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
@click.option("--open", "opened", is_flag=True, help="Open it in the browser.")
@guarded
def page(  # noqa: PLR0913 - each is an option
    subject: str,
    settings: Mapping[str, float],
    voices: Mapping[str, float],
    scale: str | None,
    out: Path | None,
    draws: int,
    force: bool,
    opened: bool,
) -> None:
    """Write one HTML file that works from disk, without a server or a network.

    On it: a guess before the answer, the ladder of the stances, sliders for every number, why the stances differ, a
    game against equilibrium play, how sure anyone can be, and the sources. The browser solves every draw that the file
    carries anew, to the same figures as sim run. RUN is a folder that sim run saved: its figures are then shown beside.
    A game given outright, such as textbook/spence, gets its tree, its payoffs and a slider for the prior.
    """
    from sim.work.saving import save_file

    change = Change(settings, voices, scale)
    name, text = of_run(Path(subject), draws, change) if Path(subject).is_dir() else of_file(subject, draws, change)
    target = out or Path(f"{name}.html")
    save_file(target, text, force=force)
    click.echo(
        f"Wrote {target} ({len(text.encode()) / 1e6:.1f} MB).\nNext: open it in a browser (--open does), or mail it.",
        err=True,
    )
    if opened and not webbrowser.open(target.absolute().as_uri()):
        click.echo("sim: no browser could be opened; open the file by hand", err=True)


def of_file(source: str, draws: int, change: Change) -> tuple[str, str]:
    """Return name and page of a scenario, or of a game that a file gives outright."""
    from sim.page.building import crisis_page, game_page
    from sim.scenario.game_file import GameFile, load

    subject = load(source)
    if isinstance(subject, GameFile):
        change.refuse(f"{source}, which has no parameters")
        return subject.name, game_page(subject)
    scenario = changed_by(subject, change.settings, change.voices, change.scale)
    return scenario.name, crisis_page(scenario, draws=draws)


def of_run(folder: Path, draws: int, change: Change) -> tuple[str, str]:
    """Return name and page of a run that was saved."""
    from sim.montecarlo.result import SCENARIO_FILE, load_result
    from sim.page.building import crisis_page
    from sim.scenario.scenario import load_scenario

    change.refuse("a run that was made")
    try:
        result = load_result(folder)
    except ValueError as fault:
        raise unusable(fault) from None
    return result.scenario, crisis_page(load_scenario(folder / SCENARIO_FILE), result, draws)
