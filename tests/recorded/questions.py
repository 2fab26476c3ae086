"""Which questions does the record answer? `python tests/recorded/questions.py` asks them, and records anew."""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

HERE = Path(__file__).resolve().parent
ANSWERS = HERE / "answers.json.gz"

SCENARIOS = ("macron-2024", "one-voice", "outside.toml", "certain.toml")
TEXTBOOK = ("banks-camerer-porter-3", "beer-quiche", "brandts-holt-3", "cheap-talk", "deterrence", "spence")

OF_A_SCENARIO = (
    "check {0}",
    "run {0} --draws 512 --out run",
    "run {0} --draws 256 --concept quantal --rationality 2 --out run",
    "run {0} --draws 256 --refinement d1 --select uniform --set prior.opportunist=0.3 --out run",
    "replay run --draw 17",
    "solve {0} --out out",
    "solve {0} --concept quantal --out out",
    "solve {0} --draw 3 --draws 64 --refinement undefeated",
    "export {0} --efg game.efg",
    "channels {0} --draws 256 --out out",
    "channels {0} --draws 256 --outcome france_payoff --from rule_out --to commit",
    "compare {0} --vary prior.resolute=0.5 --draws 256 --out out",
    "sweep {0} --grid 12 --outcome strike --out out",
    "sensitivity {0} --points 1024 --outcome casualties --out out",
    "robustness {0} --draws 1024 --out out",
    "campaign {0} --draws 256 --months 5 --out out",
    "plausible {0} --draws 512 --all --out out",
)
OF_THE_FIRST = (
    "sweep {0} --over draws --grid 4 --draws 64",
    "compare {0} one-voice outside.toml --against 2 --draws 256",
    "robustness {0} --draws 1024 --by casualties --ceiling war=0.01",
    "campaign {0} --draws 256 --months 4 --doctrine commit --history 3",
    "sensitivity {0} --points 1024 --doctrine equilibrium --outcome war",
    "run {0} --draws 512 --scale phia",
    "solve no-such-scenario",
    "run {0} --set prior.resolut=2",
)
OF_A_GAME = ("check {0}", "solve {0} --out out", "solve {0} --concept quantal --out out", "export {0} --efg game.efg")


def questions() -> Iterator[tuple[str, ...]]:
    """Yield lines that are asked one after the other in one folder; the later ones may read what the first saved."""
    for name in SCENARIOS:
        lines = [line.format(name) for line in OF_A_SCENARIO]
        if name in SCENARIOS[1:3]:  # pictures of two scenarios are enough
            lines = [line.removesuffix(" --out out") for line in lines]
        yield tuple(lines[1:5:3])  # a run, and one draw of it
        yield from ((line,) for line in (lines[0], *lines[2:4], *lines[5:]))
    yield from ((line.format(SCENARIOS[0]),) for line in OF_THE_FIRST)
    yield from ((line.format(f"textbook/{name}"),) for name in TEXTBOOK for line in OF_A_GAME)


def asked(lines: tuple[str, ...]) -> dict[str, dict[str, object]]:
    """Ask in a new folder, for a reader and again for a program, and return what was said and what was saved."""
    from sim.cli import main

    answers: dict[str, dict[str, object]] = {}
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        for scenario in HERE.glob("*.toml"):
            (Path(folder) / scenario.name).write_bytes(scenario.read_bytes())
        os.chdir(folder)
        try:
            for line in lines:
                told = CliRunner().invoke(main, line.split(), env={"COLUMNS": "80"}, prog_name="sim")
                answer: dict[str, object] = {"exit": told.exit_code, "said": told.stdout, "talk": told.stderr}
                answer["saved"] = saved(Path(folder))
                if not line.startswith(("check", "export")) and not told.exit_code:
                    again = [*line.removesuffix("--out out").split(), "--json"]
                    again += ["--force"] if line.startswith("run") else []
                    told = CliRunner().invoke(main, again, env={"COLUMNS": "80"}, prog_name="sim")
                    answer["json"] = json.loads(told.stdout)
                answers[line] = answer
        finally:
            os.chdir(before)
    return answers


def saved(folder: Path) -> dict[str, str | None]:
    """Return what the files of a folder hold: tables and games whole, of pictures the title and the description."""
    files: dict[str, str | None] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".toml", ".tmp")):
        text = path.read_text(encoding="utf-8") if path.suffix in (".csv", ".svg", ".efg", ".txt") else None
        if path.suffix == ".svg" and text is not None:
            text = "\n".join(re.findall(r"<dc:(?:title|description)>(?!Matplotlib)(.*?)</dc:", text, flags=re.DOTALL))
        files[path.relative_to(folder).as_posix()] = text
    return files


if __name__ == "__main__":
    said = {line: answer for lines in questions() for line, answer in asked(lines).items()}
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ANSWERS
    target.write_bytes(gzip.compress(json.dumps(said, ensure_ascii=False, indent=0).encode(), mtime=0))
