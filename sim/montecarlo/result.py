"""What came of a run? Tables, a dict for other programs, and the run folder: the only module that writes one."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from sim.crisis.ladder import OUTCOMES
from sim.games.game import Floats
from sim.montecarlo.job import Job
from sim.telling.answer import Provenance
from sim.work.saving import MANIFEST, fresh_folder, replaceable

SCHEMA = 2
"""Version of the dict's shape; it rises when a name or a meaning changes."""

RESULT_FILE = "result.json"
"""The file that holds the result."""

_OWN = (RESULT_FILE, MANIFEST, "table.csv", "scenario.toml", "draws.npz")

_ARRAYS = ("parameters", "outcomes")


@dataclass(frozen=True, eq=False)
class Result(Provenance):
    """Probabilities of escalation of one scenario, and where they come from (`Provenance`).

    Attributes
    ----------
    concept, refinement, select, last_move : str
        How the crisis was taken to be played, which equilibria were admitted, which of them was selected, and how a
        France that is hit chooses in quantal play ("exact" or "logit").
    stances, struck : list of str
        The stances in their order, and those of them that leave Russia a target.
    worst_case : {"type", "outcome"}
        The reading of the worst case behind the headline.
    reference : str or None
        The stance whose deployment and pinpoint all take at equal exposure; None if no stance has a target.
    doctrine : dict
        By stance, then outcome: mean, se (standard error), and the quantiles q05, q25, q50, q75 and q95 over draws;
        `france_payoff` likewise; and `strikes`, the share of draws in which each Russian type strikes.
    equilibrium : dict
        `selected` as above; `by_signal`: probability of each outcome given the signal sent, None if it never is;
        `sent`: how often each signal is; `families`: share of draws by family of the selected equilibrium; `range`:
        mean of the smallest and of the largest probability over all equilibria of a draw; `range_of_survivors`: the
        same over those that the refinement admits; `by_refinement`: means under each refinement and in quantal play,
        with `no_survivor_share`, the share of draws in which a refinement leaves none. Under the concept "quantal",
        the last five give way to how the branch was followed. Always `last_move`: quantal play with a France that takes
        the better of folding and standing ("exact"), and with one that errs there too ("logit").
    readings : dict
        By reading of the worst case, then "as_stated" or "equal_exposure", then stance with a target, then outcome:
        mean and se under the doctrine; and `strikes`.
    standing : dict
        By stance with a target: `share`, that of draws in which a resolute France stands after it, and the mean of
        every outcome in those draws alone (None if there are none).
    histograms : dict
        `edges` of 32 bins, and by stance or "selected", then outcome: the share of draws in which its probability is
        exactly 0, followed by the share in each bin (upper ends included).
    drivers : dict
        By stance with a target or "selected", then outcome, then parameter: the share of the variance over draws that
        the parameter explains on its own (first-order Sobol' index, from given data); empty in runs of few draws.
    labels : dict of str to float
        Share of draws in which a type's name loses its meaning.
    notes : list of str
        What a reader must know.
    text, sha256 : str
        The scenario in one file that repeats the run, and the hash of all that it states.
    parameters : dict of str to ndarray of shape (draws,), or None
        Values of every draw, if they were kept.
    outcomes : dict of str to dict of str to ndarray of shape (draws,), or None
        By stance or "selected", then outcome or france_payoff, if they were kept.

    Examples
    --------
    >>> import sim
    >>> result = sim.run(sim.load_scenario("macron-2024"), draws=1024)
    >>> [row["mean"] for row in result.table() if row["stance"] == "rule_out"][0]
    0.0
    """

    concept: str
    refinement: str
    select: str
    last_move: str
    stances: list[str]
    struck: list[str]
    worst_case: str
    reference: str | None
    doctrine: dict[str, Any]
    equilibrium: dict[str, Any]
    readings: dict[str, Any]
    standing: dict[str, Any]
    histograms: dict[str, Any]
    drivers: dict[str, Any]
    labels: dict[str, float]
    notes: list[str]
    text: str
    sha256: str
    parameters: dict[str, Floats] | None = None
    outcomes: dict[str, dict[str, Floats]] | None = None

    def table(self) -> list[dict[str, Any]]:
        """Return one row per stance and outcome.

        Returns
        -------
        list of dict
            Keys stance, outcome, mean, se, q05, q25, q50, q75, q95; stance is a doctrine, or "equilibrium" for the
            selected equilibrium. Ready for ``pandas.DataFrame``.
        """
        plays = self.doctrine | {"equilibrium": self.equilibrium["selected"]}
        return [
            {"stance": play, "outcome": name, **figures[name]}
            for play, figures in plays.items()
            for name in (*OUTCOMES, "france_payoff")
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return everything but the scenario file and kept draws, as JSON can hold it.

        Returns
        -------
        dict
            The attributes by name, and "schema", the version of this shape.
        """
        left_out = (*_ARRAYS, "text")
        kept = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in left_out}
        return {"schema": SCHEMA} | deepcopy(kept)

    def differences(self, job: Job) -> str:
        """Say in what this result differs from that of a job; nothing if it is that.

        A run for precision is never known to be the same: its draws are not known before.
        """
        asked = {
            "draws": job.draws if job.precision is None else "as many as a precision needs",
            "seed": job.seed,
            "concept": job.play.concept,
            "refinement": job.play.refinement,
            "select": job.play.select,
            "last_move": job.play.last_move,
        }
        wrong = [name for name, value in asked.items() if getattr(self, name) != value]
        told = [f"{name} is {getattr(self, name)!r} there and {asked[name]!r} here" for name in wrong]
        if self.sha256 != job.scenario.sha256:
            told.append("the scenario differs")
        if self.rationality != job.play.rationality:
            told.append(f"rationality is {self.rationality:g} there and {job.play.rationality:g} here")
        return "; ".join(told)

    @property
    def rationality(self) -> float:
        """Λ of quantal response, as the headline or beside it."""
        own = self.equilibrium if self.concept == "quantal" else self.equilibrium["by_refinement"]["quantal"]
        return float(own["rationality"])

    def save(self, folder: str | Path, *, files: Mapping[str, bytes] | None = None) -> Path:
        """Write the run folder, whole or not at all.

        Parameters
        ----------
        folder : str or Path
            A new folder, an empty one, or an earlier run's, which is replaced.
        files : mapping of str to bytes, optional
            Further files, such as figures, by name.

        Returns
        -------
        Path
            The folder: result.json, table.csv, scenario.toml, manifest.json, draws.npz if draws were kept, and `files`.

        Raises
        ------
        FileExistsError
            If the folder is a file, or holds anything that no run wrote.
        ValueError
            If a name in `files` is no plain file name, or one that a run writes itself.
        OSError
            If it cannot be written; nothing half-written is left, and an earlier run stays.
        """
        target, extra = Path(folder).resolve(), dict(files or {})
        for name in extra:
            if name in (*_OWN, "", "..") or Path(name).name != name:
                raise ValueError(f"files must have plain names other than {', '.join(_OWN)}; one is {name!r}")
        if not replaceable(target):
            raise FileExistsError(f"{folder} must be a new, an empty or a run folder; it holds something else")
        with fresh_folder(target) as fresh:
            self._write(fresh, extra)
        return target

    def _write(self, folder: Path, files: Mapping[str, bytes]) -> None:
        """Write all files into an empty folder."""
        text = json.dumps(self.to_dict(), indent=1, ensure_ascii=False, allow_nan=False)
        (folder / RESULT_FILE).write_text(text + "\n", encoding="utf-8")
        (folder / "scenario.toml").write_text(self.text, encoding="utf-8")
        with (folder / "table.csv").open("w", newline="", encoding="utf-8") as file:
            rows = self.table()
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        if self.parameters is not None and self.outcomes is not None:
            arrays = {f"parameters/{name}": array for name, array in self.parameters.items()}
            for play, columns in self.outcomes.items():
                arrays |= {f"outcomes/{play}/{name}": array for name, array in columns.items()}
            np.savez(folder / "draws.npz", **arrays)  # type: ignore[arg-type]
        for name, content in files.items():
            (folder / name).write_bytes(content)
        names = [*sorted(path.name for path in folder.iterdir()), MANIFEST]
        (folder / MANIFEST).write_text(
            json.dumps({"schema": SCHEMA, "files": names}, indent=1) + "\n", encoding="utf-8"
        )


def load_result(folder: str | Path) -> Result:
    """Return the result that `Result.save` wrote.

    Parameters
    ----------
    folder : str or Path
        A run folder.

    Returns
    -------
    Result
        With parameters and outcomes if they were kept.

    Raises
    ------
    ValueError
        If the folder is no run folder, its result cannot be read, or it has another schema.

    Examples
    --------
    >>> import sim, tempfile
    >>> result = sim.run(sim.load_scenario("macron-2024"), draws=1024)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     load_result(result.save(f"{folder}/run")).to_dict() == result.to_dict()
    True
    """
    home = Path(folder)
    try:
        content = json.loads((home / RESULT_FILE).read_text(encoding="utf-8"))
        text = (home / "scenario.toml").read_text(encoding="utf-8")
    except (OSError, ValueError) as fault:
        raise ValueError(f"{folder} must be a run folder with a readable {RESULT_FILE}; {fault}") from fault
    schema = content.pop("schema", None) if isinstance(content, dict) else None
    if schema != SCHEMA:
        raise ValueError(f"{home / RESULT_FILE} must have schema {SCHEMA}; it has {schema}")
    try:
        parameters, outcomes = _kept_draws(home / "draws.npz")
    except (OSError, ValueError, BadZipFile) as fault:
        raise ValueError(f"{home / 'draws.npz'} must hold the kept draws; {fault}") from fault
    try:
        return Result(**content, text=text, parameters=parameters, outcomes=outcomes)
    except TypeError as fault:
        raise ValueError(f"{home / RESULT_FILE} must have the fields of schema {SCHEMA}; {fault}") from fault


def _kept_draws(file: Path) -> tuple[dict[str, Floats] | None, dict[str, dict[str, Floats]] | None]:
    """Return the kept draws, if there are any."""
    if not file.exists():
        return None, None
    parameters: dict[str, Floats] = {}
    outcomes: dict[str, dict[str, Floats]] = {}
    with np.load(file) as arrays:
        for key, array in arrays.items():
            kind, *path = key.split("/")
            if kind == "parameters":
                parameters[path[0]] = array
            else:
                outcomes.setdefault(path[0], {})[path[1]] = array
    return parameters, outcomes
