"""Is the house in order? Versions, linters, types, layers, imports, documentation, and the wheel that users install.

Deliberate breaks that turned a test red: another version in CITATION.cff; `import numpy` at the top of sim/__init__.py;
the force-include of scenarios left out of pyproject.toml.
"""

from __future__ import annotations

import ast
import inspect
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from worked_example import put_into

import sim

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MODULES = sorted((ROOT / "sim").rglob("*.py"))
HEAVY = ("numpy", "scipy", "matplotlib", "pydantic", "rich")
LONGEST_FILE = 300

# Written in parts, so that this file does not itself name what no file may name.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (("pypi", "org"), ("pythonhosted", "org"), ("anaconda", "org"), ("npmjs", "org"), ("npmjs", "com"))
]
MACHINE_PATH = re.compile(rf"(?<![\w.~-])/(?:{'|'.join(('wo' + 'rk', 'ro' + 'ot', 'ho' + 'me', 'Us' + 'ers'))})/")


def text(name: str) -> str:
    """Read a file of the checkout."""
    return (ROOT / name).read_text(encoding="utf-8")


def python(*arguments: str, folder: Path = ROOT, path: Path | None = None, **variables: str) -> str:
    """Run this Python in `folder`, with `path` first among its modules, and return all that it says."""
    environment = os.environ | ({"PYTHONPATH": str(path)} if path else {}) | variables
    command = [sys.executable, *arguments]
    pipe, out = subprocess.PIPE, subprocess.STDOUT
    done = subprocess.run(
        command, cwd=folder, env=environment, text=True, stdout=pipe, stderr=out, timeout=600, check=False
    )
    if done.returncode:
        pytest.fail(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}", pytrace=False)
    return done.stdout


def committed() -> list[Path]:
    """Return every file that git keeps; a checkout without git has nothing to say about that."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout")
    # safe.directory: on a build machine the checkout may belong to another user.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    names = subprocess.check_output(command, cwd=ROOT, text=True).split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


# ---------------------------------------------------------------------------------------------------- one version


def test_the_package_has_the_version_of_pyproject() -> None:
    assert sim.__version__ == PROJECT["version"]


def test_the_changelog_begins_with_unreleased_and_then_has_this_version() -> None:
    headings = re.findall(r"^## \[(.+?)\]", text("CHANGELOG.md"), flags=re.MULTILINE)
    assert headings[:2] == ["Unreleased", sim.__version__]


def test_the_citation_has_this_version() -> None:
    assert re.findall(r"^version: (.+)$", text("CITATION.cff"), flags=re.MULTILINE) == [sim.__version__]


# ------------------------------------------------------------------------------------------------ the checkers pass


@pytest.mark.parametrize("arguments", [["check"], ["format", "--check"]], ids=["check", "format"])
def test_ruff_finds_nothing(arguments: list[str]) -> None:
    python("-m", "ruff", *arguments)


@pytest.mark.slow
def test_mypy_finds_nothing_here_or_in_the_analysis_that_the_architecture_adds(tmp_path: Path) -> None:
    files = tomllib.loads(text("pyproject.toml"))["tool"]["mypy"]["files"]
    example = [str(tmp_path / name) for name in put_into(tmp_path)]
    python("-m", "mypy", *files, *example, MYPYPATH=str(tmp_path))


def test_no_layer_imports_a_higher_one() -> None:
    python("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")


def test_pre_commit_runs_the_checkers_of_lint() -> None:
    entries = re.findall(r"entry: (\S+(?: \w+)?)", text(".pre-commit-config.yaml"))
    assert entries == ["ruff check", "ruff format", "mypy", "lint-imports"]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_is_long_or_imports_a_private_name(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    imports = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom))
    names = [name.name for node in imports for name in node.names]
    assert len(source.splitlines()) <= LONGEST_FILE
    assert [name for name in names if name.startswith("_") and name != "__version__"] == []


def test_no_two_files_of_tests_have_one_name() -> None:
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []  # all together they could not be read


# ------------------------------------------------------------------------------------------------ quick to start


@pytest.mark.parametrize(
    "start",
    [
        "import sim",
        *(
            f"from sim.cli import main; main({words}, standalone_mode=False)"
            for words in (["--help"], ["list"], ["explain", "D1"], ["new", "mine"])
        ),
    ],
    ids=["import sim", "sim --help", "sim list", "sim explain", "sim new"],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(start: str, tmp_path: Path) -> None:
    said = python("-c", f"import sys; {start}; print('loaded:', *sys.modules)", folder=tmp_path, path=ROOT)
    loaded = said.rpartition("loaded:")[2].split()
    assert "sim" in loaded
    assert [name for name in HEAVY if name in loaded] == []


# ---------------------------------------------------------------------------------------------------- documentation


@pytest.mark.parametrize("name", sim.__all__)
def test_every_public_name_has_a_docstring_and_is_documented(name: str) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert inspect.getdoc(getattr(sim, name))
    mention = re.compile(rf"\bsim\.{name}\b|`{name}\b")
    assert any(mention.search(page.read_text(encoding="utf-8")) for page in pages)


def test_every_bundled_scenario_is_listed_and_every_listed_file_is_there() -> None:
    folder, page = ROOT / "scenarios", text("scenarios/README.md")
    bundled = [path.stem for path in folder.rglob("*.toml")]
    assert bundled
    assert [name for name in bundled if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", page)] == []
    assert [link for link in re.findall(r"\]\(([\w./-]+\.toml)\)", page) if not (folder / link).is_file()] == []


def test_the_readme_names_the_command_that_ci_runs() -> None:
    commands = [line for line in text(".ci/run").splitlines() if line.startswith("python3")]
    assert commands == ["python3 dev.py test"]
    assert commands[0] in text("README.md")


def test_every_dependency_says_why_it_is_there() -> None:
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    lines = text("pyproject.toml").splitlines()
    silent = [
        wanted
        for group in groups
        for wanted in group
        if not any(f'"{wanted}", ' in line and "# " in line for line in lines)
    ]
    assert silent == []


def test_every_dependency_is_in_the_constraints_with_one_version() -> None:
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    wanted = {re.split(r"[<>=~! ]", line)[0].lower() for group in groups for line in group}
    pinned = [line for line in text("constraints.txt").splitlines() if not line.startswith("#")]
    assert [line for line in pinned if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    assert wanted - {line.split("==")[0].lower() for line in pinned} == set()


def test_a_path_of_one_machine_is_told_from_the_middle_of_another_path() -> None:
    assert MACHINE_PATH.search("see /" + "work/main")
    assert not MACHINE_PATH.search("frame/" + "work/main, ../" + "work/")


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    faults = []
    for path in committed():
        content = path.read_text(encoding="utf-8", errors="ignore")
        words = [host for host in REGISTRY_HOSTS if host in content] + MACHINE_PATH.findall(content)
        faults += [f"{path.relative_to(ROOT)}: {word}" for word in words]
    assert faults == []


# ------------------------------------------------------------------------------------------------------- the wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds what a user gets: the wheel built from this checkout, unpacked."""
    built, unpacked = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("unpacked")
    python("-m", "hatchling", "build", "-t", "wheel", "-d", str(built))
    (archive,) = built.glob("*.whl")
    with zipfile.ZipFile(archive) as files:
        files.extractall(unpacked)
    return unpacked


@pytest.mark.parametrize(
    "name",
    [
        "bundled/scenarios/macron-2024.toml",
        "bundled/seeds/article.toml",
        "py.typed",
        "drawing/sim.mplstyle",
        "page/page.html",
        "page/page.css",
        "page/strings.toml",
        "lookup/glossary.toml",
    ],
)
def test_the_wheel_holds_the_data_beside_the_code(wheel: Path, name: str) -> None:
    assert (wheel / "sim" / name).is_file()


def test_the_wheel_holds_every_module_and_scenario_and_nothing_else_of_the_checkout(wheel: Path) -> None:
    modules = {path.relative_to(wheel) for path in (wheel / "sim").rglob("*.py")}
    assert modules == {path.relative_to(ROOT) for path in MODULES}
    scripts = {path.relative_to(wheel) for path in (wheel / "sim").rglob("*.js")}
    assert scripts == {path.relative_to(ROOT) for path in (ROOT / "sim").rglob("*.js")} != set()
    bundled = wheel / "sim" / "bundled"
    for kind in ("scenarios", "seeds"):
        kept = {path.relative_to(bundled) for path in (bundled / kind).rglob("*.toml")}
        assert kept == {path.relative_to(ROOT) for path in (ROOT / kind).rglob("*.toml")}
    (information,) = wheel.glob("*.dist-info")
    assert {path.name for path in wheel.iterdir()} == {"sim", information.name}
    assert "sim = sim.cli:main" in (information / "entry_points.txt").read_text(encoding="utf-8")


def test_the_installed_package_finds_its_scenarios_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path = [place for place in sys.path if place != {str(ROOT)!r}]\n"
        "import sim; print(sim.__file__); print(sim.load_scenario('macron-2024').path)"
    )
    places = python("-P", "-c", script, folder=tmp_path, path=wheel).splitlines()
    assert [Path(place).resolve().is_relative_to(wheel.resolve()) for place in places] == [True, True]


def test_the_installed_command_checks_a_bundled_scenario_by_name(wheel: Path, tmp_path: Path) -> None:
    script = "from sim.cli import main; main(['check', 'macron-2024'])"
    python("-P", "-c", script, folder=tmp_path, path=wheel)
