"""Does what the page on the architecture says still hold? Its worked example is carried out in a copy of the package.

`test_house` checks the example's types with all others, since to read what it imports takes longer than it takes.

Deliberate break that turned it red: the example's command left out of `SECTIONS`.
"""

from __future__ import annotations

import json
import os
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
    register = place / "sim" / "cli.py"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace('"plausible")', '"plausible", "gap")'), encoding="utf-8")
    return place


def run(copy: Path, *words: str) -> str:
    """Run a program on the copy and return what it prints."""
    environment = dict(os.environ) | {"PYTHONPATH": str(copy)}
    done = subprocess.run(
        [sys.executable, *words], cwd=copy, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_example_has_about_eighty_lines_in_three_files() -> None:
    assert [name for name, _ in EXAMPLE] == [
        "sim/analyses/gap/analysis.py",
        "sim/analyses/gap/table.py",
        "sim/commands/analyses/gap.py",
    ]
    assert sum(line.strip() != "" for _, text in EXAMPLE for line in text.splitlines()) < 90


@pytest.mark.slow
def test_the_analysis_of_the_example_answers_and_keeps_to_its_place(copy: Path) -> None:
    twice = (
        "from sim.cli import main\n"
        "for how in ([], ['--json']):\n"
        "    main(['gap', '--draws', '64', *how], standalone_mode=False)\n"
    )
    told, _, printed = run(copy, "-c", twice).partition("{")
    assert "points more" in told
    answer = json.loads("{" + printed)
    assert answer["outcome"] == "strike"
    assert 0 <= answer["worse"] <= 1
    run(copy, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")
    run(copy, "-m", "ruff", "check", *(name for name, _ in EXAMPLE))


def test_every_room_of_the_package_is_in_the_picture() -> None:
    rooms = {path.name for path in (ROOT / "sim").iterdir() if (path / "__init__.py").exists()}
    analyses = {path.name for path in (ROOT / "sim" / "analyses").iterdir() if (path / "__init__.py").exists()}
    picture = PAGE.partition("```")[2].partition("```")[0]
    assert {name for name in rooms if f"{name}/" not in picture} == set()
    assert {name for name in analyses if name not in picture} == set()
