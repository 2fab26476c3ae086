"""Does a terminal of another age show what we say, in letters that it has?

Deliberate break that turned a test red: the handler of encoders not registered.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import sim
from sim.cli import main
from sim.telling.plain import ERRORS

SOURCES = sorted(Path(sim.__file__).resolve().parent.rglob("*.py"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("34.7 – 36.7 %", "34.7 - 36.7 %"),
        ("a · b − c → d", "a * b - c -> d"),
        ("Λ λ π ω Σ", "Lambda lambda pi omega Sigma"),
        ("─━ │┃ ┼╇ ╶", "-- || ++ -"),
        ("café ½ 10² x₁", "cafe 12 102 x1"),
        ("中\udcff", "??"),
    ],
)
def test_signs_have_plain_equivalents(text: str, said: str) -> None:
    assert text.encode("ascii", ERRORS).decode() == said


def test_no_sign_of_our_sentences_becomes_a_question_mark() -> None:
    signs = {c for source in SOURCES for c in source.read_text(encoding="utf-8") if not c.isascii()}
    lost = {c for c in signs if "?" in c.encode("ascii", ERRORS).decode()}
    assert lost <= set("∂∝中日本")  # of comments, and of examples


def run(
    *arguments: str, stdout: int | None = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as its users do."""
    root = str(SOURCES[0].parents[1])
    variables = os.environ | {"PYTHONPATH": root} | environment
    return subprocess.run(
        [sys.executable, "-m", "sim", *arguments], stdout=stdout, stderr=subprocess.PIPE, env=variables, check=False
    )


@pytest.mark.parametrize(("command", "codes"), [(("solve",), ["ascii"]), (("--help",), ["ascii", "cp1252"])])
def test_an_old_terminal_is_told_everything(command: tuple[str, ...], codes: list[str]) -> None:
    plain = CliRunner().invoke(main, command).stdout
    for code in codes:
        done = run(*command, PYTHONIOENCODING=code)
        assert done.returncode == 0
        assert done.stdout.decode(code).count("?") == plain.count("?")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    "command", [("solve", "textbook/spence"), ("check", "macron-2024"), ("--help",), ("--version",)]
)
def test_an_answer_that_nobody_gets_is_no_success(command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(*command, stdout=full.fileno())
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    closed = subprocess.run(
        f'"{sys.executable}" -m sim {" ".join(command)} >&-',
        shell=True, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(SOURCES[0].parents[1])}, check=False,
    )  # fmt: skip
    assert (closed.returncode, closed.stderr.count(b"\n")) == (1, 1)


def test_exit_codes_are_those_of_the_help(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    runner = CliRunner()
    helped = runner.invoke(main, ["--help"]).stdout
    assert "0 fine, 1 the run failed, 2 wrong command line or scenario" in " ".join(helped.split())
    assert run("check", "nosuch").returncode == 2
    for words in (("nosuch",), ("solve", "--out", tmp_path), ("solve", "--out", tmp_path / "thesis.txt" / "deeper")):
        assert runner.invoke(main, [*map(str, words)]).exit_code == 2
