"""Does what the page on the architecture says still hold? Its worked example is carried out in a copy of the package.

`test_house` checks the example's types with all others, since to read what it imports takes longer than it takes.

Deliberate breaks that turned it red: the example's command left out of `SECTIONS`; its difference the other way round;
its answer without the scenario's words.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT
from worked_example import EXAMPLE, PAGE, put_into


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the package with the analysis that the page adds."""
    place = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "sim", place / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    for data in ("scenarios", "seeds"):
        shutil.copytree(ROOT / data, place / data)
    shutil.copy(ROOT / "pyproject.toml", place)
    put_into(place)
    insert(place / "sim" / "cli.py", after='"analyses", (', text='"gap", ')
    insert(place / "sim" / "drawing" / "steps.py", after="QUESTIONS = {", text='\n    "gap": "How much further?",')
    return place


def insert(file: Path, *, after: str, text: str) -> None:
    """Write something into a file behind what stands there once."""
    before = file.read_text(encoding="utf-8")
    assert before.count(after) == 1, f"{file.name} has not once {after}: this test must look for something else"
    file.write_text(before.replace(after, after + text), encoding="utf-8")


def run(copy: Path, *words: str) -> str:
    """Run a program on the copy and return what it prints."""
    environment = dict(os.environ) | {"PYTHONPATH": str(copy)}
    done = subprocess.run(
        [sys.executable, *words], cwd=copy, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


ASKED = (
    ("gap", "--draws", "64", "--out", "saved", "--steps"),
    ("gap", "--draws", "64", "--json"),
    ("gap", "--draws", "64", "taiwan", "--full"),
    ("gap", "--draws", "64", "taiwan", "--json"),
    ("gap", "--draws", "64", "--set", "signal.commit.deployment=0"),
)
"""What is asked of the command that the page adds."""

_ASKING = """
import json, sys
from click.testing import CliRunner
from sim import run
from sim.cli import main
told = [CliRunner().invoke(main, line, prog_name="sim") for line in json.loads(sys.argv[1])]
result = run("macron-2024", 64, keep_draws=True)
doctrine = {stance: result.doctrine[stance]["strike"]["mean"] for stance in result.struck}
further = float((result.outcomes["commit"]["strike"] > result.outcomes["ambiguous"]["strike"]).mean())
print(json.dumps([doctrine, further, *([each.exit_code, each.stdout, each.stderr] for each in told)]))
"""


def test_the_example_is_short() -> None:
    assert [name for name, _ in EXAMPLE] == [
        "sim/analyses/gap/analysis.py",
        "sim/analyses/gap/table.py",
        "sim/analyses/gap/figure.py",
        "sim/commands/analyses/gap.py",
    ]
    lines = {name: sum(line.strip() != "" for line in text.splitlines()) for name, text in EXAMPLE}
    assert max(lines.values()) < 40, lines
    assert sum(lines.values()) < 140, lines


@pytest.mark.slow
def test_the_analysis_of_the_example_answers_and_keeps_to_its_place(copy: Path) -> None:
    doctrine, further, first, plain, taiwan, plain_taiwan, lacking = json.loads(
        run(copy, "-c", _ASKING, json.dumps(ASKED))
    )
    assert [each[0] for each in (first, plain, taiwan, plain_taiwan, lacking)] == [0, 0, 0, 0, 2]
    answer = json.loads(plain[1])
    strike = answer["outcomes"]["strike"]
    assert strike["mean"] == pytest.approx(doctrine["commit"] - doctrine["ambiguous"], abs=1e-12)
    assert strike["share"] == further
    assert "naming" not in answer
    (row,) = (line for line in first[1].splitlines() if line.strip().startswith("a strike  "))
    more = strike["mean"]
    assert row.split()[2].replace("−", "-") == f"{100 * more:.2g}"
    assert {path.name for path in (copy / "saved").iterdir()} >= {"gap.json", "gap.csv", "gap-2-answer.png"}
    away = json.loads(plain_taiwan[1])
    assert away["naming"]["sender"]["name"] == "the United States"
    assert "the United States" in taiwan[1]
    assert not re.search("France|commit", taiwan[1])
    assert away["outcomes"]["strike"]["mean"] < 0  # so that a sign that is lost is seen
    assert f"{100 * away['outcomes']['strike']['mean']:.2g}".replace("-", "−") in taiwan[1]
    assert "macron-2024: must have two stances that can be struck at; it has 1" in lacking[2]
    run(copy, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")
    run(copy, "-m", "ruff", "check", *(name for name, _ in EXAMPLE))
    run(copy, "-m", "ruff", "format", "--check", *(name for name, _ in EXAMPLE))


def test_every_room_of_the_package_is_in_the_picture() -> None:
    rooms = {path.name for path in (ROOT / "sim").iterdir() if (path / "__init__.py").exists()}
    analyses = {path.name for path in (ROOT / "sim" / "analyses").iterdir() if (path / "__init__.py").exists()}
    picture = PAGE.partition("```")[2].partition("```")[0]
    assert {name for name in rooms if f"{name}/" not in picture} == set()
    assert {name for name in analyses if name not in picture} == set()
