"""Does the command line keep its word? Output, exit codes, files, and help that equals its page.

Deliberate breaks that turned a test red: talk on standard output; a folder name that leaves out the seed; one that
leaves out the refinement; ctrl-C left to click, which ends with 1; figures drawn before the answer is printed; the page
loaded by every run; garbage looked for at the end.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from programs import started, wait_until

import sim
from sim.cli import main
from sim.crisis.parameters import PARAMETERS
from sim.crisis.play import CONCEPTS, LAST_MOVES, RULES, Play
from sim.games.refinements import REFINEMENTS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
FEW = ("--draws", "16")


@pytest.fixture(autouse=True)
def _no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the time of drawing; commands in a process of their own draw."""
    monkeypatch.setattr("sim.drawing.saving.files_of", lambda *_: {})


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*words: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, words, terminal_width=80, prog_name="sim")


def process(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a user does."""
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")} | variables
    command = [sys.executable, "-m", "sim.cli", *words]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=120, check=False
    )


# ------------------------------------------------------------------------------------------------------------- help


def helps() -> dict[str, str]:
    """Return the help of the program and of each command."""
    commands = ["", *main.commands]
    return {f"sim {command}".strip(): call(*command.split(), "--help").stdout for command in commands}


def test_the_page_of_the_command_line_equals_the_helps() -> None:
    page = PAGE.read_text(encoding="utf-8")
    found = dict(re.findall(r"^## `(sim[ a-z]*)`\n\n```text\n(.*?)```$", page, flags=re.MULTILINE | re.DOTALL))
    assert found == helps()


def test_every_help_ends_with_two_examples() -> None:
    for text in helps().values():
        assert len(re.findall(r"^    sim .+$", text.partition("Examples:\n")[2], flags=re.MULTILINE)) == 2


def test_short_help_and_version_are_there() -> None:
    assert call("run", "-h").stdout == call("run", "--help").stdout
    assert call("--version").stdout == f"sim, version {sim.__version__}\n"


# -------------------------------------------------------------------------------------------------------------- run


def test_the_table_goes_to_standard_output_and_talk_to_standard_error(folder: Path) -> None:
    done = process("run", *FEW)
    (run,) = (folder / "runs").iterdir()
    assert done.returncode == 0
    assert done.stdout.startswith(
        "French trainers for Ukraine, June 2024\nIf its worst case is a resolute France, Russia hits "
    )
    saved, step = done.stderr.splitlines()
    place = run.relative_to(folder)
    assert saved == f"Saved in {place}: 16 draws, seed 2024, ladder.png."
    assert step.startswith("Next: ")
    assert step.endswith(f"sim show {place}")
    names = ["ladder.csv", "ladder.png", "ladder.svg", "manifest.json", "result.json", "scenario.toml", "table.csv"]
    assert sorted(path.name for path in run.iterdir()) == names
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert "\x1b" not in done.stdout


def test_nobody_waits_for_figures_to_read_the_answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def drawn(*_: object) -> dict[str, bytes]:
        done.append("drawn")
        return {"ladder.png": b"png"}

    monkeypatch.setattr("sim.commands.delivery.show", lambda _: done.append("printed"))
    monkeypatch.setattr("sim.drawing.saving.drawn", drawn)
    assert call("run", *FEW, "--out", "here").exit_code == 0
    assert done == ["printed", "drawn"]
    assert (folder / "here" / "ladder.png").read_bytes() == b"png"


def test_a_run_loads_no_page_and_does_not_look_for_garbage_at_its_end() -> None:
    code = (
        "import atexit, gc, sys\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 1000, file=sys.stderr))\n"
        "from sim.cli import main\n"
        "main(['run', '--draws', '16', '--no-figure', '--quiet'], standalone_mode=False)\n"
        "print({'sim.page.building', 'matplotlib'} & {*sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.split() == ["set()", "True"]


@pytest.mark.parametrize("end", [BrokenPipeError(), SystemExit(1)])
def test_figures_are_kept_where_nobody_reads_on(
    folder: Path, end: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: object) -> None:
        raise end

    monkeypatch.setattr("sim.commands.delivery.show", gone)
    monkeypatch.setattr("sim.drawing.saving.drawn", lambda *_: {"ladder.png": b"png"})
    call("run", *FEW, "--out", "here")
    assert (folder / "here" / "ladder.png").exists()


def test_quiet_silences_talk_and_nothing_else() -> None:
    loud, quiet = call("run", *FEW), call("run", *FEW, "--quiet")
    assert quiet.stdout == loud.stdout
    assert quiet.stderr == ""


def test_json_is_the_dict_of_the_result_and_nothing_else(folder: Path) -> None:
    done = call("run", *FEW, "--json", "--out", "here")
    expected = sim.run(sim.load_scenario("macron-2024"), draws=16).to_dict()
    assert json.loads(done.stdout) == expected
    assert sim.load_result(folder / "here").to_dict() == expected
    assert "Saved in here" in done.stderr


def test_the_same_inputs_give_the_same_folder_and_others_another(folder: Path) -> None:
    for words in ((), (), ("--seed", "0"), ("--draws", "32"), ("--set", "prior.resolute=0.5")):
        assert call("run", *FEW, *words).exit_code == 0
    assert len(list((folder / "runs").iterdir())) == 4


def test_seed_zero_is_a_seed_like_any_other(folder: Path) -> None:
    call("run", *FEW, "--seed", "0", "--out", "zero")
    assert sim.load_result(folder / "zero").seed == 0


def test_a_parameter_that_is_set_is_named_in_the_table_and_the_next_command() -> None:
    done = call("run", *FEW, "--set", "prior.resolute=0.5", "--set", "france.war_cost=7", "--full")
    assert "Set by hand: prior.resolute = 0.5, france.war_cost = 7." in done.stdout
    assert "Next: sim solve macron-2024 --set=prior.resolute=0.5 --set=france.war_cost=7" in done.stderr


def test_a_pipe_that_closes_early_is_no_fault() -> None:
    command = f'"{sys.executable}" -m sim.cli solve --full | head -n 1'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.startswith("macron-2024 at one point")
    assert "Traceback" not in done.stderr


def test_no_color_is_respected_even_where_a_terminal_is_forced_upon_us(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1m" in call("run", *FEW).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[\d;]*3[0-7]", call("run", *FEW).stdout)


# ------------------------------------------------------------------------------------------------------------- play


def test_the_choices_are_those_of_the_library_and_so_are_the_defaults() -> None:
    options = {option.name: option for option in main.commands["run"].params}
    for name, allowed in (
        ("concept", CONCEPTS),
        ("refinement", REFINEMENTS),
        ("select", RULES),
        ("last_move", LAST_MOVES),
    ):
        kind = options[name].type
        assert isinstance(kind, click.Choice)
        assert tuple(kind.choices) == allowed
    assert {name: options[name].default for name in vars(Play())} == vars(Play())


def test_every_choice_of_play_reaches_the_result_and_the_name_of_the_folder(folder: Path) -> None:
    default = call("run", *FEW, "--json")
    for name, value in (("refinement", "d1"), ("select", "uniform"), ("concept", "quantal")):
        assert json.loads(call("run", *FEW, f"--{name}", value, "--json").stdout)[name] == value
    rational = json.loads(call("run", *FEW, "--rationality", "3", "--json").stdout)
    assert rational["equilibrium"]["by_refinement"]["quantal"]["rationality"] == 3
    spelt = ("--refinement", "none", "--select", "sender_best", "--concept", "equilibrium", "--rationality", "5")
    assert call("run", *FEW, *spelt, "--json").stdout == default.stdout
    assert len(list((folder / "runs").iterdir())) == 5


def test_the_next_command_repeats_the_play(folder: Path) -> None:
    done = call(
        "run", *FEW, "--refinement", "d1", "--rationality", "2.5", "--set", "prior.resolute=0.123456789", "--full"
    )
    assert (
        "Next: sim solve macron-2024 --set=prior.resolute=0.123456789 --refinement=d1 --rationality=2.5" in done.stderr
    )


# -------------------------------------------------------------------------------------------------- games and points


def test_a_game_given_outright_has_nothing_to_run() -> None:
    done = call("run", "textbook/spence")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "textbook/spence gives a game outright: it has no uncertain parameters" in done.stderr
    assert "Next: sim solve textbook/spence" in done.stderr


def test_a_game_given_outright_is_solved_and_checked_by_name() -> None:
    assert "Type strong always sends beer." in call("solve", "textbook/beer-quiche", "--full").stdout
    assert json.loads(call("solve", "textbook/beer-quiche", "--json").stdout)["game"] == "beer-quiche"
    assert call("check", "textbook/beer-quiche").stdout.startswith(
        "textbook/beer-quiche: fine: a game of 2 sender types"
    )


def test_a_draw_is_solved_with_the_values_of_the_run() -> None:
    solved = json.loads(call("solve", "--draw", "5", *FEW, "--seed", "0", "--json").stdout)
    kept = sim.run(sim.load_scenario("macron-2024"), 16, 0, keep_draws=True).parameters
    assert kept is not None
    assert solved["parameters"] == {name: values[5] for name, values in kept.items()}


def test_quantal_play_is_told() -> None:
    done = call("solve", "--concept", "quantal", "--rationality", "2", "--full")
    assert "QUANTAL RESPONSE" in done.stdout
    assert "rationality 2 " in done.stdout


def test_an_export_can_be_solved_and_is_never_overwritten_unasked(folder: Path) -> None:
    first = call("export", "--efg", "deep/crisis.efg", "--set", "prior.resolute=0.5")
    assert (first.exit_code, first.stdout) == (0, "")
    assert first.stderr.endswith("sim solve deep/crisis.efg\n")
    assert "Russia believes" in call("solve", "deep/crisis.efg", "--full").stdout
    text = (folder / "deep" / "crisis.efg").read_text(encoding="utf-8")
    again = call("export", "textbook/spence", "--efg", "deep/crisis.efg")
    assert again.exit_code == 2
    assert "it is there already (--force overwrites it)" in again.stderr
    assert (folder / "deep" / "crisis.efg").read_text(encoding="utf-8") == text
    assert call("export", "textbook/spence", "--efg", "deep/crisis.efg", "--force").exit_code == 0
    assert "Education" not in text
    assert "Is education" in (folder / "deep" / "crisis.efg").read_text(encoding="utf-8")


def test_a_solution_is_saved_with_its_figures(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.drawing.saving.files_of", lambda *_: {"tree.png": b""})
    done = call("solve", "--out", "here")
    assert done.stderr == "Saved in here: solution.json, tree.png.\nNext: sim solve --full\n"
    names = ["manifest.json", "solution.json", "solution.txt", "tree.png"]
    assert sorted(path.name for path in (folder / "here").iterdir()) == names


# ------------------------------------------------------------------------------------------------------ check, solve


def test_a_voice_is_held_for_all_draws() -> None:
    sceptic, supporter = (
        call("run", "author-slant", "--draws", "64", f"--voice=author={at}", "--json").stdout for at in ("-1", "+1")
    )
    strikes = [json.loads(each)["doctrine"]["commit"]["strike"]["mean"] for each in (sceptic, supporter)]
    assert strikes[0] > strikes[1]
    assert "author, behind 17 numbers, held at -1 standard deviations" in sceptic
    refused = call("run", "macron-2024", "--voice", "author=1")
    assert refused.exit_code == 2
    assert "the scenario has no voice 'author'" in refused.stderr


def test_check_counts_what_a_sound_file_holds() -> None:
    done = call("check", "macron-2024")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"macron-2024: fine: {len(PARAMETERS)} parameters, ")
    (warning,) = done.stderr.splitlines()  # a finding, and no fault of the file's
    assert "of draws even a resolute France folds after a hit under ambiguous" in warning


def test_check_reports_the_faults_of_all_files_and_still_the_sound_one(folder: Path) -> None:
    (folder / "one.toml").write_text('extends = "macron-2024"\nsede = 7\n', encoding="utf-8")
    (folder / "two.toml").write_text("", encoding="utf-8")
    done = call("check", "one.toml", "macron-2024", "two.toml")
    assert done.exit_code == 2
    assert "one.toml:2:1: unknown key 'sede'" in done.stderr
    assert "two.toml: the file is empty" in done.stderr
    assert done.stdout.startswith("macron-2024: fine")


def test_check_warns_of_names_that_lose_their_meaning(folder: Path) -> None:
    text = 'extends = "macron-2024"\nfrance.fight_cost.resolute = 90.0\n'
    (folder / "odd.toml").write_text(text, encoding="utf-8")
    done = call("check", "odd.toml")
    assert done.exit_code == 0
    assert done.stderr.startswith("odd.toml: warning: in 100 % of draws fighting costs a resolute France more")


THREE_TYPES = """
title = "Three types"
[game]
types = ["low", "middle", "high"]
signals = ["m0"]
actions = ["a0"]
prior = [0.2, 0.3, 0.5]
sender = [[[1]], [[1]], [[1]]]
receiver = [[[1]], [[1]], [[1]]]
"""


def test_check_warns_of_a_game_that_solve_refuses(folder: Path) -> None:
    (folder / "three.toml").write_text(THREE_TYPES, encoding="utf-8")
    done, solved = call("check", "three.toml"), call("solve", "three.toml")
    assert (done.exit_code, solved.exit_code) == (0, 2)
    assert done.stdout.startswith("three.toml: fine: a game of 3 sender types")
    assert done.stderr == (
        "three.toml: warning: sim solve needs --concept quantal: game must have one or two sender types; it has 3\n"
    )
    assert call("solve", "three.toml", "--concept", "quantal").exit_code == 0


def test_solve_tells_every_equilibrium_at_one_point() -> None:
    done = call("solve", "--set", "prior.resolute=0.6", "--full")
    assert done.exit_code == 0
    assert "EQUILIBRIUM 1: pooling  [selected]" in done.stdout


def test_solve_gives_json_with_a_certificate_for_each_equilibrium() -> None:
    solved = json.loads(call("solve", "--json").stdout)
    assert solved["schema"] == 1
    assert all(max(each["certificate"].values()) < 1e-9 for each in solved["equilibria"])


# ------------------------------------------------------------------------------------------------------ exit codes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "macron-2042"), "did you mean 'macron-2024'?"),
        (("run", "--draws", "0"), "0 is not in the range"),
        (("run", "--draws", "many"), "'many' is not a valid integer"),
        (("run", "--seed", "-1"), "-1 is not in the range"),
        (("run", "--set", "prior.resolut=0.5"), "did you mean 'prior.resolute'?"),
        (("run", "--set", "prior.resolute=1.5"), "prior.resolute must lie in [0, 1]"),
        (("run", "--set", "prior.resolute=nan"), "prior.resolute must lie in [0, 1]"),
        (
            ("run", "--set", "prior.resolute=half"),
            "VALUE must be a number, as in prior.resolute=0.5; 'prior.resolute=half' has 'half'",
        ),
        (("run", "--set", "prior.resolute"), "it must read NAME=VALUE, such as prior.resolute=0.5"),
        (("solve", "--set", "france.war_cost=-1"), "france.war_cost must be at least 0"),
        (("run", "--refinement", "d2"), "'d2' is not one of 'none', 'intuitive', 'd1', 'undefeated'"),
        (("run", "--rationality", "-1"), "-1.0 is not in the range"),
        (("run", "--rationality", "nan"), "rationality must be finite and at least 0; it is nan"),
        (("solve", "--draw", "16", *FEW), "draw must lie in [0, 15] in a run of 16 draws; it is 16"),
        (("solve", "--draw", "1", "--set", "prior.resolute=0.5"), "--draw and --set exclude each other"),
        (("solve", "--seed", "1"), "--draws and --seed say which run --draw N is from"),
        (("solve", "textbook/spence", "--draw", "1"), "textbook/spence has no parameters"),
        (("solve", "textbook/spence", "--select", "least_escalatory"), "a game given outright has no ladder"),
        (("solve", "textbook/spense"), "did you mean 'textbook/spence'?"),
        (("export",), "Missing option '--efg'"),
        (("check",), "Missing argument 'FILES...'"),
        (("rnu",), "No such command 'rnu'"),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_ends_with_2_says_why_and_writes_nothing(
    folder: Path, words: tuple[str, ...], said: str
) -> None:
    done = call(*words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert done.stdout == ""
    assert list(folder.iterdir()) == []


def test_a_folder_that_holds_something_else_is_left_alone(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    done = call("run", *FEW, "--out", "mine")
    assert done.exit_code == 2
    assert done.stderr.startswith("sim: mine must be a new, an empty or a run folder; it holds something else: thesis")
    assert done.stderr.endswith("(move it elsewhere, or name another folder)\n")
    assert [path.name for path in (folder / "mine").iterdir()] == ["thesis.txt"]


def test_a_full_disk_ends_with_1_and_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "here")

    monkeypatch.setattr(sim.Result, "save", full)
    done = call("run", *FEW)
    assert done.exit_code == 1
    assert done.stderr.startswith("sim: the run could not be kept: here: No space left on device; 1 finished chunk is ")


def test_an_interrupt_before_the_first_chunk_ends_with_130_and_leaves_nothing(folder: Path) -> None:
    command = [sys.executable, "-m", "sim.cli", "run", "--draws", str(2**26), "--concept", "quantal"]
    with started(command) as running:
        wait_until((folder / "runs").exists, running)
        running.send_signal(signal.SIGINT)
        said, talk = running.communicate(timeout=20)
    assert (running.returncode, said, talk) == (130, "", "\nsim: interrupted; nothing was saved\n")
    assert list(folder.iterdir()) == []


def test_an_interrupt_ends_with_130_even_in_the_making_of_a_class(folder: Path) -> None:
    # dataclasses are made by running a text, and after Ctrl-C in one `python -m` thinks that nobody has caught it.
    (folder / "broken.py").write_text(
        "from sim.cli import main\n"
        "main.commands['check'].callback = lambda **_: exec('raise KeyboardInterrupt')\n"
        "main(['check', 'macron-2024'])\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, "-m", "broken"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "\nsim: interrupted; nothing was saved\n")


@pytest.mark.parametrize("words", [("run", *FEW), ("solve",)], ids=" ".join)
def test_an_interrupt_after_the_answer_is_saved_does_not_deny_it(
    monkeypatch: pytest.MonkeyPatch, folder: Path, words: tuple[str, ...]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.drawing.saving.drawn", interrupted)
    done = call(*words, "--out", "mine")
    assert done.exit_code == 130
    assert done.stderr.endswith("\nsim: interrupted; an answer is in mine\n")
    assert (folder / "mine" / "manifest.json").exists()
