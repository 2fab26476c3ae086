"""Does dev.py refuse, rebuild, install and pass on what it should? The parts that need no network.

Deliberate breaks that turned a test red: `next_step` without its comparison of places; `install` without removing the
stamp.
"""

from __future__ import annotations

import ast
import os
import re
import signal
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from programs import started

import dev

READY = ["place", "files", "test"]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty checkout that dev.py takes for its own, in a folder whose name has a space."""
    root = tmp_path / "a b"
    (root / ".venv").mkdir(parents=True)
    (root / "pyproject.toml").write_text("[project]\n")
    (root / "constraints.txt").write_text("numpy==2.4.6\n")
    monkeypatch.setattr(dev, "ROOT", root)
    monkeypatch.setattr(dev, "ENVIRONMENT", root / ".venv")
    monkeypatch.setattr(dev, "STAMP", root / ".venv" / "made-by-dev-py.txt")
    monkeypatch.setattr(dev, "CONSTRAINTS", root / "constraints.txt")
    return root


@pytest.fixture
def ready(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkout whose environment is whole and has the test extra; how it is called is forgotten afterwards."""
    monkeypatch.setenv("SIM_CALLED_AS", "")
    dev.program("python").parent.mkdir()
    dev.program("python").touch()
    dev.STAMP.write_text("\n".join(dev.wanted_stamp("test")))
    return checkout


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Record the commands in place of running them; each ends well."""
    recorded: list[list[str]] = []

    def record(command: list[object], folder: Path | None = None, output: object = None) -> int:
        recorded.append([str(word) for word in command])
        return 0

    monkeypatch.setattr(dev, "call", record)
    return recorded


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_a_python_that_is_too_old_is_named_with_the_version_needed(version: tuple[int, ...]) -> None:
    said = dev.refusal(version, [])
    assert "Python 3.11 or newer must run dev.py" in said
    assert f"is Python {'.'.join(map(str, version))}." in said


def test_a_python_without_venv_is_told_what_to_install() -> None:
    assert "sudo apt install python3.12-venv" in dev.refusal((3, 12, 1), ["ensurepip"])


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 2), (4, 0, 0)])
def test_a_python_that_is_new_enough_is_accepted(version: tuple[int, ...]) -> None:
    assert dev.refusal(version, []) == ""


def test_an_old_python_can_read_dev_py_so_that_it_can_say_no() -> None:
    source = Path(dev.__file__).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))


def test_the_oldest_python_agrees_with_pyproject() -> None:
    pyproject = (dev.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'requires-python = ">={".".join(map(str, dev.OLDEST_PYTHON))}"' in pyproject


def test_programs_are_found_on_both_kinds_of_system() -> None:
    assert dev.program("sim", windows=False) == dev.ROOT / ".venv" / "bin" / "sim"
    assert dev.program("sim", windows=True) == dev.ROOT / ".venv" / "Scripts" / "sim.exe"


@pytest.mark.parametrize(
    ("found", "wanted", "step"),
    [
        (READY, ["place", "files", "test"], "nothing"),
        (READY, ["place", "files", ""], "nothing"),
        (["place", "files", ""], ["place", "files", "test"], "install"),
        (READY, ["place", "newer files", "test"], "install"),
        (READY, ["place", "newer files", ""], "install"),
        (READY, ["elsewhere", "files", "test"], "rebuild"),
        ([], ["place", "files", ""], "rebuild"),
        (["torn"], ["place", "files", "test"], "rebuild"),
        (READY, ["place", "files", "docs"], "nothing"),
        (["place", "files", "docs"], ["place", "files", "test"], "install"),
        (["place", "files", ""], ["place", "files", "docs"], "install"),
    ],
)
def test_the_stamp_decides_what_is_left_to_do(found: list[str], wanted: list[str], step: str) -> None:
    assert dev.next_step(found, wanted) == step


@pytest.mark.parametrize("changed", ["pyproject.toml", "constraints.txt"])
def test_a_changed_source_file_changes_the_stamp(ready: Path, changed: str) -> None:
    before = dev.wanted_stamp("test")
    (ready / changed).write_text("something else")
    assert dev.next_step(before, dev.wanted_stamp("test")) == "install"


def test_a_moved_checkout_is_rebuilt(ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "ROOT", ready.rename(ready.parent / "moved"))
    assert dev.wanted_stamp("test")[0] != dev.digest(str(ready), sys.version)


def test_another_python_is_a_rebuild(ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version", "3.99.0 (main)")
    assert dev.next_step(dev.found_stamp(), dev.wanted_stamp("test")) == "rebuild"


def test_a_whole_environment_is_left_alone(ready: Path, calls: list[list[str]]) -> None:
    dev.prepare("test")
    dev.prepare("")
    assert calls == []


def test_an_unfinished_environment_is_rebuilt_with_constraints_and_then_stamped(
    checkout: Path, calls: list[list[str]]
) -> None:
    dev.prepare("test")
    made, installed = calls
    assert made[1:] == ["-m", "venv", "--clear", str(checkout / ".venv")]
    assert installed[-4:] == ["--editable", ".[test]", "--constraint", "constraints.txt"]
    assert dev.STAMP.read_text().split("\n") == dev.wanted_stamp("test")


@pytest.mark.parametrize(
    ("kept", "asked", "made"), [("test", "docs", "test"), ("docs", "test", "test"), ("", "docs", "docs")]
)
def test_an_extra_is_never_given_up_for_one_that_it_holds(
    ready: Path, calls: list[list[str]], kept: str, asked: str, made: str
) -> None:
    dev.STAMP.write_text("\n".join(dev.wanted_stamp(kept)))
    (ready / "constraints.txt").write_text("numpy==2.4.7\n")
    dev.prepare(asked)
    assert f".[{made}]" in calls[0]


def test_the_test_extra_holds_the_one_for_the_docs() -> None:
    extras = tomllib.loads((Path(dev.__file__).parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    both = extras["optional-dependencies"]
    assert {*both["docs"]} <= {*both["test"]}


def answering(calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, **codes: int) -> None:
    """Let commands that hold a word end with a code of their own."""
    record = dev.call

    def answer(words: list[object], *given: Any, **named: Any) -> int:  # noqa: ANN401 - passed on
        record(words, *given, **named)
        return next((code for word, code in codes.items() if word in calls[-1]), 0)

    monkeypatch.setattr(dev, "call", answer)
    monkeypatch.setattr(os, "environ", dict(os.environ, OPENBLAS_NUM_THREADS="2"))


@pytest.mark.parametrize("code", [0, 1])
def test_benchmarks_get_the_tools_to_compare_with_or_go_on_without(
    ready: Path, calls: list[list[str]], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answering(calls, monkeypatch, **{"-c": 1, ".[compare]": code})
    assert dev.main(["bench", "start:"]) == 0
    _, pip, started = calls
    assert pip[-5:] == [".[compare]", "--only-binary", "pygambit,open-spiel", "--constraint", "constraints.txt"]
    assert started == [str(dev.program("python")), "-m", "benchmarks", "start:"]
    assert ("going on without them" in capsys.readouterr().err) == bool(code)
    assert dev.found_stamp() == dev.wanted_stamp("test")
    assert os.environ["OPENBLAS_NUM_THREADS"] == os.environ["OMP_NUM_THREADS"] == "1"


@pytest.mark.usefixtures("ready")
def test_tools_that_are_there_are_not_installed_again(calls: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    answering(calls, monkeypatch)
    assert dev.main(["bench"]) == 0
    assert len(calls) == 2


def test_the_tools_to_compare_with_are_those_of_the_benchmarks() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path(dev.ROOT, "benchmarks").rglob("*.py"))
    assert [
        module for module in dev.COMPARED if not re.search(rf"import {module}\b|from {module}\b|\"{module}[\".]", code)
    ] == []


def test_docs_are_built_from_their_own_folder(ready: Path, calls: list[list[str]]) -> None:
    assert dev.main(["docs"]) == 0
    assert calls[-1][1:] == ["-m", "mkdocs", "build", "--quiet", "--strict", "-f", str(dev.SITE)]
    assert (Path(dev.__file__).parent / dev.SITE).is_file()


def test_an_environment_whose_python_is_gone_is_rebuilt(ready: Path, calls: list[list[str]]) -> None:
    dev.program("python").unlink()
    dev.prepare("test")
    assert "--clear" in calls[0]


def test_changed_packages_are_installed_in_place_and_the_test_extra_is_kept(
    ready: Path, calls: list[list[str]]
) -> None:
    (ready / "constraints.txt").write_text("numpy==2.4.7\n")
    dev.prepare("")
    assert len(calls) == 1
    assert ".[test]" in calls[0]
    assert dev.found_stamp() == dev.wanted_stamp("test")


def test_a_failing_pip_leaves_no_stamp_and_gives_a_hint(ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (ready / "pyproject.toml").write_text("broken")
    monkeypatch.setattr(dev, "call", lambda *_, **__: 1)
    with pytest.raises(SystemExit, match="check the network or its proxy"):
        dev.prepare("test")
    assert not dev.STAMP.exists()


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], ["run", "macron-2024"]),
        (["--seed", "0"], ["run", "macron-2024", "--seed", "0"]),
        (["mine.toml", "--json"], ["run", "mine.toml", "--json"]),
    ],
)
def test_run_takes_macron_unless_a_scenario_is_named(
    ready: Path, calls: list[list[str]], arguments: list[str], command: list[str]
) -> None:
    assert dev.main(["run", *arguments]) == 0
    assert calls == [[str(dev.program("sim")), *command]]


def test_the_tests_get_every_argument(ready: Path, calls: list[list[str]]) -> None:
    assert dev.main(["test", "-k", "a b"]) == 0
    assert calls == [[str(dev.program("python")), *dev.PYTEST, "-k", "a b"]]


@pytest.mark.usefixtures("ready", "calls")
def test_programs_that_the_tests_start_may_keep_what_python_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert dev.main(["test"]) == 0
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ


def test_lint_runs_every_checker_and_returns_the_worst_code(ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter([0, 1, 0, 0])
    monkeypatch.setattr(dev, "call", lambda *_: next(codes))
    assert dev.main(["lint"]) == 1
    assert next(codes, None) is None


@pytest.mark.parametrize("arguments", [[], ["tset"], ["lint", "sim"]])
def test_a_wrong_command_line_gives_the_usage_on_stderr(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "python3 dev.py test" in printed.err


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [(["compare", "my crisis.toml"], "dev.py sim compare 'my crisis.toml'"), (["tset", "-x"], "dev.py test -x")],
)
def test_a_command_of_the_simulator_or_a_misspelt_one_is_answered_with_what_was_meant(
    arguments: list[str], meant: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["dev.py"])
    monkeypatch.setattr(os, "name", "posix")
    assert dev.main(arguments) == 2
    said = capsys.readouterr().err.splitlines()[0]
    assert said == f"dev.py: no command is called {arguments[0]}; did you mean: python3 {meant}"


def test_help_is_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["--help"]) == 0
    assert "python3 dev.py run" in capsys.readouterr().out


@pytest.mark.parametrize("code", [0, 1, 5])
def test_exit_codes_pass_through(code: int) -> None:
    assert dev.call([sys.executable, "-c", f"raise SystemExit({code})"]) == code


@pytest.mark.skipif(os.name == "nt", reason="signals as exit codes are a matter of POSIX")
def test_a_program_that_a_signal_ended_gives_the_code_of_a_shell() -> None:
    suicide = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    assert dev.call([sys.executable, "-c", suicide]) == 128 + signal.SIGTERM


@pytest.mark.skipif(os.name == "nt", reason="one Ctrl-C for a group of processes is a matter of POSIX")
def test_ctrl_c_gives_130_and_no_traceback() -> None:
    sleeper = "import time\ntry: print('up', flush=True), time.sleep(60)\nexcept KeyboardInterrupt: raise SystemExit(2)"
    script = (
        "import sys, dev\ndev.prepare = lambda extra: None\ndev.program = lambda name: sys.executable\n"
        f"dev.PYTEST = ['-c', {sleeper!r}]\nsys.exit(dev.main(['test']))"
    )
    with started([sys.executable, "-c", script], folder=Path(dev.__file__).parent, own_session=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (130, "")
