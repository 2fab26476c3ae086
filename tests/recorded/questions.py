"""Which questions does the record answer? `python tests/recorded/questions.py` asks them, and records anew."""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from click.testing import CliRunner

HERE = Path(__file__).resolve().parent
ANSWERS = HERE / "answers.json.gz"

SCENARIOS = ("macron-2024", "outside.toml", "certain.toml")
TEXTBOOK = ("banks-camerer-porter-3", "beer-quiche", "brandts-holt-3", "cheap-talk", "deterrence", "spence")

OF_A_SCENARIO = (
    "run {0} --draws 512 --out run-{0} --full",
    "replay run-{0} --draw 17 --full",
    "check {0}",
    "run {0} --draws 512 --out first",
    "solve {0}",
    "solve {0} --out out --full",
    "solve {0} --draw 3 --draws 64 --refinement undefeated --full",
    "channels {0} --draws 256 --out out --full",
    "compare {0} --vary prior.resolute=0.5 --draws 256 --out out --full",
    "sweep {0} --grid 12 --outcome strike --out out --full",
    "sensitivity {0} --points 1024 --outcome casualties --out out --full",
    "robustness {0} --draws 1024 --out out --full",
    "campaign {0} --draws 256 --months 5 --out out --full",
    "plausible {0} --draws 512 --all --out out --full",
)
OF_THE_FIRST = (
    "run {0} --draws 256 --concept quantal --rationality 2 --out run --full",
    "run {0} --draws 256 --refinement d1 --select uniform --set prior.opportunist=0.3 --out run --full",
    "run {0} --set prior.resolut=2",
    "solve {0} --concept quantal --out out --full",
    "solve {0} --scale phia",
    "solve no-such-scenario",
    "export {0} --efg game.efg",
    "channels {0} --draws 256 --outcome france_payoff --from rule_out --to commit --full",
    "compare {0} one-voice outside.toml --against 2 --draws 256 --full",
    "sweep {0} --over draws --grid 4 --draws 64 --full",
    "sensitivity {0} --points 1024 --doctrine equilibrium --outcome war --out out --full",
    "robustness {0} --draws 1024 --by casualties --ceiling war=0.01 --full",
    "campaign {0} --draws 256 --months 4 --doctrine commit --history 3 --full",
)
OF_ANOTHER = ("check {0}", "solve {0} --full", "channels {0} --draws 256 --full", "robustness {0} --draws 1024 --full")
OF_A_GAME = (
    "check {0}",
    "solve {0} --out out --full",
    "solve {0} --concept quantal --full",
    "export {0} --efg game.efg",
)
PICTURED = ("macron-2024", "textbook/beer-quiche", "textbook/cheap-talk")


def questions() -> Iterator[tuple[str, ...]]:
    """Yield lines that are asked one after the other in one folder; the later ones may read what the first saved."""
    for name in SCENARIOS:
        run, replay, *others = lines_of(name, OF_A_SCENARIO)
        yield run, replay
        yield from ((line,) for line in others)
    yield from ((line,) for line in (*lines_of("one-voice", OF_ANOTHER), *lines_of(SCENARIOS[0], OF_THE_FIRST)))
    yield from ((line,) for name in TEXTBOOK for line in lines_of(f"textbook/{name}", OF_A_GAME))


def lines_of(name: str, lines: Sequence[str]) -> list[str]:
    """Return lines for a scenario or game, without pictures if those of others are enough."""
    return [(line if name in PICTURED else line.replace(" --out out", "")).format(name) for line in lines]


def asked(lines: tuple[str, ...]) -> dict[str, dict[str, object]]:
    """Ask in a new folder and return what was said and saved; of what saves nothing, what --json would print too."""
    from sim import __version__
    from sim.cli import main

    answers: dict[str, dict[str, object]] = {}
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder, presented() as data:
        for scenario in HERE.glob("*.toml"):
            (Path(folder) / scenario.name).write_bytes(scenario.read_bytes())
        os.chdir(folder)
        try:
            for line in lines:
                told = CliRunner().invoke(main, line.split(), env={"COLUMNS": "80"}, prog_name="sim")
                text = told.stdout.replace(f"sim {__version__}", "sim VERSION")
                answer: dict[str, object] = {"exit": told.exit_code, "said": text, "talk": told.stderr}
                answer["saved"] = saved(Path(folder))
                if not line.startswith(("check", "export")) and "--out" not in line and not told.exit_code:
                    answer["json"] = json.loads(json.dumps(data[-1]), object_hook=unversioned)
                answers[line] = answer
        finally:
            os.chdir(before)
    return answers


@contextmanager
def presented() -> Iterator[list[dict[str, Any]]]:
    """Take down the data of each answer that a command prints, so that none is worked out again for --json."""
    from sim.commands import delivery
    from sim.telling.answer import Answer

    data: list[dict[str, Any]] = []
    present = delivery.present

    def noted(answer: Answer, *given: Any, **named: Any) -> None:  # noqa: ANN401 - as it is called
        data.append(dict(answer.data))
        present(answer, *given, **named)

    delivery.present = noted
    try:
        yield data
    finally:
        delivery.present = present


def unversioned(read: dict[str, object]) -> dict[str, object]:
    """Return an object of JSON without the versions of Python and of what else was installed."""
    return {key: value for key, value in read.items() if key != "versions"}


def saved(folder: Path) -> dict[str, object]:
    """Return what the files of a folder hold: all of it, or of pictures the title and the description."""
    files: dict[str, object] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".toml", ".tmp")):
        text = path.read_text(encoding="utf-8") if path.suffix in (".csv", ".svg", ".efg", ".txt", ".json") else ""
        held: object = text
        if path.suffix == ".svg":
            held = "\n".join(re.findall(r"<dc:(?:title|description)>(?!Matplotlib)(.*?)</dc:", text, flags=re.DOTALL))
        elif path.suffix == ".json" and path.stem != "manifest":
            held = json.loads(text, object_hook=unversioned)
        files[path.relative_to(folder).as_posix()] = None if path.stem == "manifest" else held
    return files


if __name__ == "__main__":
    said = {line: answer for lines in questions() for line, answer in asked(lines).items()}
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ANSWERS
    target.write_bytes(gzip.compress(json.dumps(said, ensure_ascii=False, indent=0).encode(), mtime=0))
