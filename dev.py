#!/usr/bin/env python3
"""Run, test and measure the project on any machine with Python 3.11 or newer.

  python3 dev.py run [SCENARIO] [OPTIONS]   run a scenario with `sim run`; macron-2024 if none is named
  python3 dev.py sim [COMMAND] [OPTIONS]    any other command of `sim`, without activating anything
  python3 dev.py test [PYTEST OPTIONS]      run every test
  python3 dev.py bench [WORDS]              time the parts of the simulator, beside other tools
  python3 dev.py docs                       build the documentation as a site, in build/site
  python3 dev.py lint                       run the linters and the type checker alone
  python3 dev.py lock                       take the newest versions of all packages and write constraints.txt

On Windows: py dev.py run. The first start makes the folder .venv beside this file and fetches the packages listed in
constraints.txt into it; nothing else on the machine is touched, and deleting .venv undoes it. Later starts are quick.
"""

# Python 3.6 must still be able to read this file, or its user would see a syntax error in place of the advice.

import hashlib
import os
import subprocess
import sys
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from shlex import quote
from typing import TextIO

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "made-by-dev-py.txt"
CONSTRAINTS = ROOT / "constraints.txt"
SITE = Path("docs", "site", "mkdocs.yml")

OLDEST_PYTHON = (3, 11)
# A file stays on one core from its first test to its last, so that what its tests share is made once.
PYTEST = ["-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
EXTRAS = {"": [""], "docs": ["", "docs"], "test": ["", "docs", "test"]}  # what each installs for others too
COMPARED = ["pygambit", "pyspiel", "ema_workbench"]  # modules of the tools that the benchmarks stand beside
PATIENCE_SECONDS = 10  # for a program to end after Ctrl-C, which has reached it too

CONSTRAINTS_HEADER = """\
# The versions the tests ran with: names and versions only. Made by `python3 dev.py lock` with Python {}.{};
# pip reads it as constraints, so lines for packages that a machine does not need do no harm.
"""


def refusal(version: "tuple[int, ...]", missing: "list[str]") -> str:
    """Say why this Python cannot set the project up; empty if it can."""
    running = ".".join(map(str, version[:3]))
    if version[:2] < OLDEST_PYTHON:
        return (
            f"Python 3.11 or newer must run dev.py; {sys.executable} is Python {running}.\n"
            "Install a newer one and call it by its version: python3.12 dev.py run (Windows: py -3.12 dev.py run)"
        )
    if missing:
        return (
            f"Python must come with its module {' and '.join(missing)}; {sys.executable} has none.\n"
            f"On Debian and Ubuntu: sudo apt install python{version[0]}.{version[1]}-venv"
        )
    return ""


def program(name: str, windows: bool = os.name == "nt") -> Path:
    """Return the path of a program inside the environment."""
    return ENVIRONMENT / "Scripts" / f"{name}.exe" if windows else ENVIRONMENT / "bin" / name


def digest(*parts: object) -> str:
    """Return a short fingerprint of anything that has a faithful repr."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def wanted_stamp(extra: str) -> "list[str]":
    """Return what the stamp says of a finished environment: its place and Python, what it was made from, the extra."""
    sources = [path.read_bytes() if path.exists() else b"" for path in (ROOT / "pyproject.toml", CONSTRAINTS)]
    return [digest(str(ROOT), sys.version), digest(*sources), extra]


def found_stamp() -> "list[str]":
    """Read the stamp; empty if the environment was never finished or its Python is gone."""
    whole = STAMP.is_file() and program("python").exists()
    return STAMP.read_text(encoding="utf-8").split("\n") if whole else []


def next_step(found: "list[str]", wanted: "list[str]") -> str:
    """Choose between "rebuild" (a folder that was moved has wrong paths in it), "install" and "nothing"."""
    if len(found) != len(wanted) or found[0] != wanted[0]:
        return "rebuild"
    enough = wanted[2] in EXTRAS.get(found[2], [])
    return "nothing" if enough and found[1] == wanted[1] else "install"


def say(text: str) -> None:
    """Tell the user something without touching the results on standard output."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def call(command: "list[object]", folder: "Path | None" = None, output: "TextIO | None" = None) -> int:
    """Run a program to its end and return its exit code as a shell would."""
    child = subprocess.Popen([str(word) for word in command], cwd=folder, stdout=output)
    try:
        code = child.wait()
    except KeyboardInterrupt:
        try:
            child.wait(PATIENCE_SECONDS)
        except (KeyboardInterrupt, subprocess.TimeoutExpired):
            child.kill()
        raise
    return 128 - code if code < 0 else code  # a signal's number, as shells count it


def rebuild() -> None:
    """Make an empty environment, whatever is there now."""
    STAMP.unlink(missing_ok=True)
    say("making .venv" + (" anew" if ENVIRONMENT.exists() else ""))
    # The Python that the running one came from: an activated .venv cannot empty itself.
    python = getattr(sys, "_base_executable", "") or sys.executable
    if call([python, "-m", "venv", "--clear", ENVIRONMENT], output=sys.stderr):
        raise SystemExit("dev.py: .venv could not be made; the reason stands above")


def install(extra: str, options: "list[str]") -> None:
    """Install the project, editable, and its packages; the stamp is there only while the environment is whole."""
    STAMP.unlink(missing_ok=True)
    say("installing the packages: a minute or two the first time")
    target = f".[{extra}]" if extra else "."
    pip = [program("python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--editable", target]
    if call(pip + options, ROOT, output=sys.stderr):
        raise SystemExit(
            "dev.py: pip could not install the packages; its reason stands above. "
            "If it names a connection, check the network or its proxy and start again"
        )
    STAMP.write_text("\n".join(wanted_stamp(extra)), encoding="utf-8")


def prepare(extra: str) -> None:
    """Bring the environment up to date."""
    found, wanted = found_stamp(), wanted_stamp(extra)
    step = next_step(found, wanted)
    if step == "rebuild":
        rebuild()
    if step != "nothing":
        kept = found[2] if step == "install" else ""
        install(kept if extra in EXTRAS.get(kept, []) else extra, ["--constraint", CONSTRAINTS.name])


def run(arguments: "list[str]") -> int:
    """Run a scenario, in the folder the user stands in."""
    scenario = [] if arguments and not arguments[0].startswith("-") else ["macron-2024"]
    return sim(["run", *scenario, *arguments])


def called() -> "list[str]":
    """Return the words with which this program can be called where the user stands."""
    return ["py" if os.name == "nt" else "python3", sys.argv[0]]


def quoted(words: "list[str]") -> str:
    """Return words as the shell of this system reads them."""
    return subprocess.list2cmdline(words) if os.name == "nt" else " ".join(map(quote, words))


def sim(arguments: "list[str]") -> int:
    """Run a command of the simulator, in the folder the user stands in; it is told how it was called."""
    prepare("")
    os.environ["SIM_CALLED_AS"] = quoted([*called(), "sim"])
    return call([program("sim"), *arguments])


def test(arguments: "list[str]") -> int:
    """Run the tests."""
    prepare("test")
    # The tests start hundreds of programs: each would compile every module anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return call([program("python"), *PYTEST, *arguments], ROOT)


def bench(arguments: "list[str]") -> int:
    """Run the benchmarks, beside other tools where there are wheels of them for this machine."""
    prepare("test")
    missing = f"import sys, importlib.util as u; sys.exit(None in map(u.find_spec, {COMPARED}))"
    if call([program("python"), "-c", missing]):
        say("installing the tools to compare with")
        # They stand beside a whole environment, which stays whole without them.
        pip = [program("python"), "-m", "pip", "install", "--quiet", "--editable", ".[compare]"]
        wanted = ["--only-binary", "pygambit,open-spiel", "--constraint", CONSTRAINTS.name]
        if call(pip + wanted, ROOT, output=sys.stderr):
            say("going on without them; pip's reason stands above")
    # Every tool on one thread: what several spend waiting for each other is no work.
    os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")
    return call([program("python"), "-m", "benchmarks", *arguments], ROOT)


def docs() -> int:
    """Build the documentation as a site, for a browser that need not be online."""
    prepare("docs")
    code = call([program("python"), "-m", "mkdocs", "build", "--quiet", "--strict", "-f", SITE], ROOT)
    if code == 0:
        say(f"open {ROOT / 'build' / 'site' / 'index.html'} in a browser")
    return code


def lint() -> int:
    """Run every checker, even after one has failed."""
    prepare("test")
    checks = (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"], ["lint-imports"])
    return max([call([program(name), *words], ROOT) for name, *words in checks])


def lock() -> int:
    """Rebuild the environment from the newest packages and write down their versions."""
    rebuild()
    install("test", [])
    freeze = [str(program("python")), "-m", "pip", "--disable-pip-version-check", "freeze", "--exclude-editable"]
    versions = subprocess.check_output(freeze, text=True)
    CONSTRAINTS.write_text(CONSTRAINTS_HEADER.format(*sys.version_info) + versions, encoding="utf-8")
    return 0


COMMANDS = {"run": run, "sim": sim, "test": test, "bench": bench}
PLAIN_COMMANDS = {"docs": docs, "lint": lint, "lock": lock}


def main(arguments: "list[str]") -> int:
    """Do what the command line asks and return the exit code."""
    reason = refusal(sys.version_info[:3], [name for name in ("venv", "ensurepip") if find_spec(name) is None])
    if reason:
        say(reason)
        return 1
    name, rest = "".join(arguments[:1]), arguments[1:]
    try:
        if name in COMMANDS:
            return COMMANDS[name](rest)
        if name in PLAIN_COMMANDS and not rest:
            return PLAIN_COMMANDS[name]()
    except KeyboardInterrupt:
        return 130
    asked = name in ("-h", "--help")
    if name and not asked and name not in PLAIN_COMMANDS:
        near = get_close_matches(name, [*COMMANDS, *PLAIN_COMMANDS], 1)
        meant = near or ["sim", name]
        say(f"no command is called {name}; did you mean: {quoted([*called(), *meant, *rest])}\n")
    print(__doc__, file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
