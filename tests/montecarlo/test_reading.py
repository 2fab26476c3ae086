"""Is every figure of a run's folder looked at before it is told, and what does not fit named?

Deliberate breaks that turned a test red: a table that may hold unknown keys; numbers that need not be finite; hashes
that are not compared.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from some_results import played, real

from sim.crisis.play import Play
from sim.montecarlo.result import Result, load_result
from sim.montecarlo.run import run
from sim.scenario.scenario import load_scenario

Edit = Callable[[dict[str, Any]], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a run."""
    return real().save(tmp_path / "run")


def written(folder: Path, name: str, content: bytes) -> None:
    """Write a file, and its hash into the manifest, as somebody would who knows of it."""
    (folder / name).write_bytes(content)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][name] = hashlib.sha256(content).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    "result",
    [real, lambda: played(Play("quantal")), lambda: run("macron-2024", 16)],
    ids=["real", "quantal", "few draws"],
)
def test_every_result_has_the_shape_that_is_asked_for(tmp_path: Path, result: Callable[[], Result]) -> None:
    assert load_result(result().save(tmp_path / "run")).to_dict() == result().to_dict()


EDITS: dict[str, Edit] = {
    "doctrine.commit.war.mean must be at most 1; it is 7.3": lambda c: c["doctrine"]["commit"]["war"].update(mean=7.3),
    "doctrine.commit.war.mean must be a number; it is nothing": lambda c: c["doctrine"]["commit"]["war"].update(
        mean=None
    ),
    "doctrine.commit.war.se must be given": lambda c: c["doctrine"]["commit"]["war"].pop("se"),
    "doctrine.commit must be a table; it is a list": lambda c: c["doctrine"].update(commit=[1]),
    "doctrine.committ must not be there": lambda c: c["doctrine"].update(committ={}),
    "doctrine.rule_out.strike.mean must be finite; it is nan": lambda c: c["doctrine"]["rule_out"]["strike"].update(
        mean=float("nan")
    ),
    "draws must be a whole number; it is 'many'": lambda c: c.update(draws="many"),
    "draws must be at least 16; it is 0": lambda c: c.update(draws=0),
    "draws must be 16 · 2^k; it is 17": lambda c: c.update(draws=17),
    "seed must be at most 9223372036854775807; it is 9223372036854775808": lambda c: c.update(seed=2**63),
    "seed must be a whole number; it is true": lambda c: c.update(seed=True),
    "concept must be 'equilibrium' or 'quantal'; it is 'chess'": lambda c: c.update(concept="chess"),
    "equilibrium.failed_share must be given (and 9 more)": lambda c: c.update(concept="quantal"),
    "versions.sim must be given": lambda c: c["versions"].pop("sim"),
    "settings.a must be a number; it is 'b'": lambda c: c.update(settings={"a": "b"}),
    "notes[0] must be text in quotes; it is 3": lambda c: c.update(notes=[3]),
    "histograms.edges must": lambda c: c["histograms"].update(edges=[0.5]),
    "drivers must name the same parameters throughout": lambda c: c["drivers"]["commit"]["war"].popitem(),
    "equilibrium.by_refinement.quantal.rationality must be at least 0; it is -1": lambda c: c["equilibrium"][
        "by_refinement"
    ]["quantal"].update(rationality=-1),
    "sha256 must be": lambda c: c.update(sha256="0"),
    "title must be given (and 1 more)": lambda c: [c.pop("title"), c.pop("notes")],
}


@pytest.mark.parametrize("said", EDITS)
def test_what_does_not_fit_is_named_with_what_is_there_and_what_is_allowed(folder: Path, said: str) -> None:
    content = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    EDITS[said](content)
    written(folder, "result.json", json.dumps(content).encode())
    with pytest.raises(ValueError, match=r"result\.json must have the fields of schema 2; ") as raised:
        load_result(folder)
    assert said in str(raised.value)


def test_a_figure_that_fits_but_is_not_the_runs_is_found_out_by_its_hash(folder: Path) -> None:
    text = (folder / "result.json").read_text(encoding="utf-8")
    content = json.loads(text)
    content["doctrine"]["commit"]["war"]["mean"] /= 2
    (folder / "result.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ValueError, match=r"result\.json must be as the run saved it; it was changed after"):
        load_result(folder)
    (folder / "result.json").write_text(text, encoding="utf-8")
    assert load_result(folder).to_dict() == real().to_dict()


MANIFESTS: dict[str, object] = {
    "must be the manifest of a saved answer": "text",
    "schema must be 2; it is 3": {"schema": 3},
    "kind must be the name of a command; it is 5": {"schema": 2, "kind": 5},
    "files must be a table of hashes; it is a list": {"schema": 2, "kind": "run", "files": ["a"]},
    "files must have the names of files beside it; one is '../a'": {"schema": 2, "kind": "run", "files": {"../a": ""}},
    "files.a must be a SHA-256; it is 'b'": {"schema": 2, "kind": "run", "files": {"a": "b"}},
}


@pytest.mark.parametrize("said", MANIFESTS)
def test_a_manifest_that_is_none_is_named(folder: Path, said: str) -> None:
    content = MANIFESTS[said]
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"manifest\.json") as raised:
        load_result(folder)
    assert said in str(raised.value)


def zipped(**arrays: Any) -> bytes:  # noqa: ANN401 - whatever NumPy takes
    """Return arrays as a file."""
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK nonsense",
        zipped(a=np.zeros(64)),
        zipped(**{"parameters/prior.resolute": np.zeros(63)}),
        zipped(**{"parameters/prior.resolute": np.array(["x"] * 64)}),
        zipped(**{"parameters/prior.resolute": np.array([None] * 64)}),
        zipped(**{"outcomes/war": np.zeros(64)}),
    ],
    ids=["empty", "no archive", "unknown", "too few", "text", "objects", "no stance"],
)
def test_kept_draws_that_are_none_are_named(tmp_path: Path, content: bytes) -> None:
    folder = run(load_scenario("macron-2024"), 64, keep_draws=True).save(tmp_path / "run")
    written(folder, "draws.npz", content)
    with pytest.raises(ValueError, match=r"draws\.npz must hold the kept draws"):
        load_result(folder)


def test_a_run_that_an_earlier_version_saved_without_hashes_can_be_read(folder: Path) -> None:
    names = [path.name for path in folder.iterdir()]
    (folder / "manifest.json").write_text(json.dumps({"schema": 1, "files": names}), encoding="utf-8")
    assert load_result(folder).to_dict() == real().to_dict()
