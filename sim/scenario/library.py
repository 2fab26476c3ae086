"""Which files make up a scenario? Those that come with the package, and those that a file extends."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from typing import Literal

from sim.scenario.file.documents import Document, read_document
from sim.telling.faults import Fault, ScenarioError, nearest_word, suggestion

LONGEST = 20
"""Files that a scenario may extend one after the other."""

_PACKAGE = Path(__file__).resolve().parents[1]


def bundled(kind: Literal["scenarios", "seeds"]) -> Path:
    """Return the folder of bundled files: inside an installed wheel, or at the top of a checkout."""
    places = (_PACKAGE / "bundled" / kind, _PACKAGE.parent / kind)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the installation must have a folder of {kind}; none of {[*map(str, places)]} is there")


def bundled_scenarios() -> dict[str, Path]:
    """Return the bundled scenarios by name."""
    return _files(bundled("scenarios"))


def bundled_games() -> dict[str, Path]:
    """Return the bundled games by name, such as "textbook/beer-quiche"."""
    return {f"textbook/{name}": path for name, path in _files(bundled("scenarios") / "textbook").items()}


def _files(folder: Path) -> dict[str, Path]:
    """Return the TOML files of a folder by their names without the ending, in their order; none if it is not there."""
    # Sorted as names: to compare paths takes longer, and every scenario that is read asks several times.
    names = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
    return {name.removesuffix(".toml"): folder / name for name in names if name.endswith(".toml")}


def chain(source: str | Path) -> tuple[list[Document], list[Fault]]:
    """Read a scenario file and those it extends, as far as they can be read.

    >>> documents, faults = chain("macron-2024")
    >>> documents[0].path.name, faults
    ('macron-2024.toml', [])
    """
    # Faults of the child are of use even if a parent cannot be read, so that what was read is returned with them.
    documents = [_first(source)]
    while isinstance(name := documents[-1].tree.get("extends"), str) and name.strip():
        child = documents[-1]
        found = _parent(child.path, name.strip())
        if isinstance(found, str):
            hint = "name a bundled scenario, or a file in the same folder or below"
            return documents, [child.fault(("extends",), f"extends must name a file; {name!r} {found}", hint)]
        if len(documents) > LONGEST:
            return documents, [child.fault(("extends",), f"extends must lead through at most {LONGEST} files")]
        met = [each.path.resolve() for each in documents]
        if found.resolve() in met:
            hint = " extends ".join(path.stem for path in [*met[met.index(found.resolve()) :], found])
            return documents, [child.fault(("extends",), "extends must not lead back to a file that is read", hint)]
        try:
            documents.append(read_document(found))
        except ScenarioError as error:
            return documents, list(error.faults)
    return documents, []


def extended(source: str | Path) -> Path | None:
    """Return the file that a scenario extends, None if it extends none.

    >>> extended("columnist").name, extended("macron-2024")
    ('macron-2024.toml', None)
    """
    documents, _ = chain(source)
    return documents[1].path if len(documents) > 1 else None


def _first(source: str | Path) -> Document:
    """Read the file that is asked for."""
    names = bundled_scenarios()
    if isinstance(source, str) and source in names:
        return read_document(names[source])
    return read_document(Path(source), missing=_meant(Path(source), names))


def _meant(missing: Path, names: Collection[str]) -> str:
    """Return what was probably meant by a file that is not there: a file beside it, a game, a scenario."""
    beside: dict[str, Path] = {}
    with suppress(OSError, ValueError):
        if (file := missing.with_name(f"{missing.name}.toml")).is_file():
            return f"did you mean {str(file)!r}?"
        beside = {each.stem: each for each in sorted(missing.parent.glob("*.toml"))}
    games = {name.partition("/")[2]: name for name in bundled_games()}
    near = nearest_word(missing.stem, [*beside, *names, *games])
    meant = str(beside[near]) if near in beside else games.get(near, near) if near else ""
    return f"did you mean {meant!r}?" if meant else f"bundled scenarios: {', '.join(names)}"


def _parent(child: Path, name: str) -> Path | str:
    """Return the file that a scenario extends, bundled or in the child's folder; or what is wrong with the name."""
    return (names := bundled_scenarios()).get(name) or beside(child, name, names)


def beside(child: Path, name: str, others: Collection[str] = ()) -> Path | str:
    """Return the file that a scenario names, in its folder or below; or what is wrong with the name."""
    written = PureWindowsPath(name)  # understands both slashes and drive letters
    if written.anchor or ".." in written.parts or "\0" in name:
        return "leads out of the folder of this one"
    try:
        path, folder = (child.parent / name).resolve(), child.parent.resolve()
        if not path.is_relative_to(folder):
            return "leads out of the folder of this one through a link"
        if not path.exists():
            there = [*others, *(each.name for each in sorted(child.parent.glob("*.toml")) if each.name != child.name)]
            listed = ", ".join(there)
            return f"does not exist ({suggestion(name, there, otherwise=f'there are {listed}')})"
    except (OSError, RuntimeError):  # RuntimeError: links in a circle
        return "cannot be read"
    return child.parent / name
