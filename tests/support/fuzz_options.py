"""Does any command line of a command that there is end in a traceback? `fuzz_options.py N SEED` asks nonsense."""

from __future__ import annotations

import random
from collections import Counter

import click
from fuzzing import NUMBERS, TEXTS, FoundError, ask, picture, playground, run_as_program

import sim
from sim.cli import main
from sim.crisis.parameters import PARAMETERS

QUICK = {"draws": "16", "points": "1024", "grid": "3", "months": "3", "workers": "1"}
"""Numbers that would take hours if they were as large as they may be."""

FEWER = {"robustness": "1024"}
SCENARIOS = ("macron-2024", "one-voice", "textbook/spence", "textbook/beer-quiche", "nowhere", "a.toml", "RUN", ".", "")
PAIRS = ("prior.resolute", "france.war_cost", "war", "strike", "commit.war", "signal.commit.ambiguity", "nobody", "")


def fuzz(count: int, seed: int) -> Counter[str]:
    """Ask every command in turn, beside a file that must stay as it is."""
    told: Counter[str] = Counter()
    run = sim.run("macron-2024", 16)
    for number in range(seed, seed + count):
        chance = random.Random(number)
        name = [*main.commands][number % len(main.commands)]
        with playground() as place:
            run.save(place / "RUN")
            (place / "mine").mkdir()
            (place / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
            (place / "a.toml").write_text('extends = "macron-2024"\n', encoding="utf-8")
            before = picture(place)
            words = _words(chance, name)
            try:
                told[f"exit {ask(name, *words).exit_code}"] += 1
            except FoundError as found:
                raise FoundError(f"case {number}: {found}") from found
            after = picture(place)
            if lost := [path for path, each in before.items() if path[:3] != "RUN" and after.get(path) != each]:
                raise FoundError(f"case {number}: sim {name} {words} changed {lost}")
    return told


def _words(chance: random.Random, name: str) -> list[str]:
    """Return what follows the name of a command: mostly sound, and something that is not."""
    words: list[str] = []
    for option in main.commands[name].params:
        if isinstance(option, click.Argument):
            words += [_scenario(chance, name)] if chance.random() < 0.95 else []
        elif option.name in QUICK:
            sound = FEWER.get(name, QUICK[option.name])
            words += [option.opts[0], chance.choice((sound,) * 90 + ("0", "-1", "x", "", "1e400", "nan"))]
        elif option.required:
            words += [option.opts[0], "3" if option.name == "draw" else "game.efg"]
        elif option.name not in ("dask", "precision", "help", "version") and chance.random() < 0.15:
            words += _given(chance, option)
    return words


def _scenario(chance: random.Random, name: str) -> str:
    """Return what a command is asked of, mostly something that is there."""
    return chance.choice((("RUN",) if name == "replay" else SCENARIOS[:2]) * 20 + SCENARIOS)


def _given(chance: random.Random, option: click.Parameter) -> list[str]:
    """Return an option with something for a value."""
    flag = chance.choice(option.opts)
    if isinstance(option, click.Option) and option.is_flag:
        return [flag]
    if option.name in ("out", "target"):
        return [flag, chance.choice(("here", "deep/er", "mine", "RUN", ".", "a.toml", "", "\x7f", "a" * 300))]
    if isinstance(option.type, click.Choice) and chance.random() < 0.97:
        return [flag, chance.choice([*map(str, option.type.choices)])]
    if option.multiple or option.name in ("x", "y"):
        pair = f"{chance.choice((*PAIRS, *(each.name for each in PARAMETERS)))}"
        return [flag, pair + (f"={chance.choice((*NUMBERS, '0.3', '2', 'x'))}" if option.multiple else "")]
    return [flag, *(chance.choice((*NUMBERS, *TEXTS, "3", "0.2")) for _ in range(option.nargs))]


if __name__ == "__main__":
    run_as_program(fuzz)
