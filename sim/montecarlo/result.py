"""What came of a run? Tables, a dict for other programs, and the run folder: the only module that writes one."""

from __future__ import annotations

import csv
import errno
import io
import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from sim.crisis.ladder import OUTCOMES
from sim.games.game import Floats
from sim.montecarlo.job import Job
from sim.montecarlo.reading import UNREADABLE, content_of, kept_draws
from sim.scenario.evidence import Claim
from sim.scenario.scenario import load_scenario
from sim.telling.answer import Provenance
from sim.work.folders import Content, taken
from sim.work.manifest import MANIFEST, Manifest, edited, is_plain, located, plain_bytes

SCHEMA = 2  # version of the dict's shape; it rises when a name or a meaning changes
RESULT_FILE = "result.json"  # the file that holds the result
SCENARIO_FILE = "scenario.toml"  # the file that repeats the run
PLAYED = ("concept", "refinement", "select", "last_move")  # what a result says of its `Play` in fields of these names
_DRAWS = "draws.npz"
_OWN = (RESULT_FILE, MANIFEST, "table.csv", SCENARIO_FILE, _DRAWS)


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
        `sent`: how often each signal is; `imposed_where_sent`: strikes if the stance were imposed
        in the draws in which it is sent; `families`: share of draws by family of the selected equilibrium; `range`:
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
    empty_site : dict
        The same of the draws in which a strike that finds nobody is worth its cost to Russia.
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
    empty_site: dict[str, Any]
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
        left_out = ("parameters", "outcomes", "text", *([] if self.naming else ["naming"]))
        kept = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in left_out}
        return {"schema": SCHEMA} | deepcopy(kept)

    def differences(self, job: Job) -> str:
        """Say in what this result differs from that of a job; nothing if it is that, which no run for precision is."""
        asked = {
            "draws": job.draws if job.precision is None else "as many as a precision needs",
            "seed": job.seed,
        } | {name: getattr(job.play, name) for name in PLAYED}
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

    def save(self, folder: str | Path, *, files: Mapping[str, bytes] | None = None, force: bool = False) -> Path:
        """Write the run folder, whole or not at all, and read it again.

        Parameters
        ----------
        folder : str or Path
            A new folder, an empty one, or an earlier run's, which is replaced. A link is followed.
        files : mapping of str to bytes, optional
            Further files, such as figures, by name.
        force : bool
            Whether to replace an earlier run's files even if they were changed since they were saved.

        Returns
        -------
        Path
            The folder: result.json, table.csv, scenario.toml, manifest.json, draws.npz if draws were kept, and `files`.

        Raises
        ------
        FileExistsError
            If the folder is a file, or holds anything that no run wrote; or a run that was changed, without `force`.
        ValueError
            If a name in `files` is no plain file name, or one that a run writes itself.
        OSError
            If it cannot be written, or not read back; nothing half-written is left, and an earlier run stays.
        """
        target, extra = Path(folder), dict(files or {})
        for name in extra:
            if name in _OWN or not is_plain(name):
                raise ValueError(f"files must have plain names other than {', '.join(_OWN)}; one is {name!r}")
        with taken(target, "run") as place:
            if changed := [] if force else edited(place.path):
                raise FileExistsError(f"{folder} holds a run whose {changed[0]} was changed after it was saved")
            place.put(self._files() | extra, _read_again)
        return target.absolute()

    def _files(self) -> dict[str, Content]:
        """Return what is saved, by the name of its file."""
        text = json.dumps(self.to_dict(), indent=1, ensure_ascii=False, allow_nan=False)
        rows, table = self.table(), io.StringIO(newline="")
        writer = csv.DictWriter(table, rows[0])
        writer.writeheader()
        writer.writerows(rows)
        files: dict[str, Content] = {
            RESULT_FILE: f"{text}\n".encode(),
            SCENARIO_FILE: self.text.encode(),
            "table.csv": table.getvalue().encode(),
        }
        if self.parameters is not None and self.outcomes is not None:
            arrays = {f"parameters/{name}": array for name, array in self.parameters.items()}
            for play, columns in self.outcomes.items():
                arrays |= {f"outcomes/{play}/{name}": array for name, array in columns.items()}
            files[_DRAWS] = lambda stream: np.savez(stream, **arrays)  # type: ignore[arg-type]
        return files


def _read_again(folder: Path) -> None:
    """Make sure that what is about to be saved can be read back, and its scenario run again."""
    try:
        content_of(folder / RESULT_FILE, SCHEMA)
        load_scenario(folder / SCENARIO_FILE, register=_Whatever())
    except ValueError as fault:
        raise OSError(errno.EIO, f"what was to be saved cannot be read back: {fault}") from fault


class _Whatever(dict[str, Claim]):
    """A register with every claim in it: the run may have had one of its own."""

    def __contains__(self, _: object) -> bool:
        return True


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
    content = content_of(located(home, RESULT_FILE), SCHEMA)
    manifest = Manifest.read(located(home, MANIFEST))
    if wrong := [name for name in edited(home) if name in (RESULT_FILE, _DRAWS)]:
        what = "must hold the kept draws" if wrong[0] == _DRAWS else "must be as the run saved it"
        raise ValueError(f"{home / wrong[0]} {what}; it was changed after it was saved")
    try:
        text = plain_bytes(located(home, SCENARIO_FILE)).decode()
    except (OSError, ValueError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else fault
        raise ValueError(f"{home / SCENARIO_FILE} must be the scenario of the run; {why}") from fault
    parameters, outcomes = None, None
    if _DRAWS in manifest.files:
        try:
            parameters, outcomes = kept_draws(located(home, _DRAWS), content["draws"])
        except UNREADABLE as fault:
            raise ValueError(f"{home / _DRAWS} must hold the kept draws; {fault}") from fault
    return Result(**{"naming": {}} | content, text=text, parameters=parameters, outcomes=outcomes)
