"""How does a person play the crisis? The command `sim play`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.commands.ending import interrupted
from sim.commands.options import SEED, examples, number, on_scenario
from sim.commands.spelling import spelt, to_type
from sim.crisis.play import Play
from sim.play import MOST_ROUNDS

if TYPE_CHECKING:
    from sim.commands.running.terminal import Terminal
    from sim.play.rounds import Round
    from sim.scenario.scenario import Scenario


@click.command(
    short_help="Play Russia or France yourself, round after round.",
    epilog=examples("sim play --as russia", "sim play macron-2024 --as france --seed 7 --save choices.csv"),
)
@on_scenario
@click.option("--as", "side", default="russia", show_default=True, metavar="SIDE", help="russia or france.")
@number("--rounds", click.IntRange(1, MOST_ROUNDS), "N", "Crises to play.", default=10)
@SEED
@click.option("--save", type=click.Path(path_type=Path), metavar="FILE", help="CSV file for what was chosen.")
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
def play(scenario: Scenario, side: str, rounds: int, seed: int | None, save: Path | None, force: bool) -> None:
    """Play one side of the crisis against the equilibrium, and see how your choices score.

    Each round is a draw of the scenario. As Russia you see what France says, and hold or strike; as France you take a
    stance, knowing your own nerve, and once hit fold or stand. The score stands beside that of the best reply. At the
    end: which belief your choices imply. The same seed gives everyone the same rounds, whatever they choose. Type a
    key, a number or a word; q stops, and what was played counts.
    """
    from sim.commands.running.terminal import Terminal
    from sim.play.rounds import Round, StoppedError, played_by
    from sim.play.words import opening
    from sim.play.worlds import worlds
    from sim.work.saving import refuse_old

    role = _role(side, scenario)
    if save is not None:
        refuse_old(save, force=force)  # before anybody has played
    stream = scenario.seed if seed is None else seed
    terminal, played = Terminal(scenario.naming, rounds), list[Round]()
    drawn = worlds(scenario, rounds, stream)
    click.echo(scenario.title)
    terminal.say(opening(role, rounds, stream))
    try:
        played_by(terminal, drawn, role, played)
    except StoppedError:
        pass
    except KeyboardInterrupt:
        _save(save, played, stream, force=force)
        many = f"{len(played)} round{'s' * (len(played) != 1)}"
        interrupted(f"{many} of {rounds} played{f' and saved in {save}' if save and played else ''}")
    _end(terminal, played, role)
    _save(save, played, stream, force=force)
    click.echo(f"Next: {_next(played, role, stream, scenario)}", err=True)


def _role(side: str, scenario: Scenario) -> str:
    """Return who is meant, also by the name that the scenario has for a player."""
    from sim.play.rounds import ROLES
    from sim.scenario.naming import PLAYERS, canonical
    from sim.telling.names import slug

    word = slug(side)
    role = PLAYERS.get(word, canonical(word, scenario.called))
    if role not in ROLES:
        own = [slug(scenario.called[each]["name"]) for each in ("receiver", "sender") if each in scenario.called]
        raise click.UsageError(f"--as must be {' or '.join(own if len(own) == len(ROLES) else ROLES)}; it is {side!r}.")
    return role


def _end(terminal: Terminal, played: list[Round], role: str) -> None:
    """Say how it went."""
    from sim.play.closing import closing

    click.echo()
    for paragraph in closing(played, role):
        terminal.say(paragraph)


def _save(file: Path | None, played: list[Round], seed: int, *, force: bool) -> None:
    """Save what was chosen, if that is wanted and anything was."""
    from sim.play.saved import as_csv
    from sim.work.saving import save_file

    if file is not None and played:
        save_file(file, as_csv(played, seed), force=force)
        click.echo(f"Saved in {file}: {len(played)} round{'s' * (len(played) > 1)}.", err=True)


def _next(played: list[Round], role: str, seed: int, scenario: Scenario) -> str:
    """Return the command that shows the round that cost most, or else the one that plays the other side."""
    from sim.play.closing import dearest

    dear, words = dearest(played), spelt(Play())
    plain = not click.get_current_context().params["settings"] and len(played) <= scenario.draws
    if dear and plain:
        return to_type("solve", *words, "--draw", str(dear.world.number), "--seed", str(seed))
    return to_type("play", *words, "--as", "france" if role == "russia" else "russia", "--seed", str(seed))
