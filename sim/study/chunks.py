"""What does one piece of a run compute? A chunk of whole blocks, anywhere: here, in another process, on a cluster."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from sim.games.game import Floats
from sim.study.draws import parameter_blocks, uniforms
from sim.study.encounter import PAYOFFS, PROBABILITIES, evaluate
from sim.study.given_data import Counts, looked_at, nothing, stratum_sums
from sim.study.identity import fingerprint
from sim.study.job import Job
from sim.study.tally import Part

Values = dict[str, Floats]


@dataclass(frozen=True, eq=False)
class Chunk:
    """What a chunk gives: its part of the sums, those by stratum for the drivers, every draw if they are kept.

    `made_with` holds the versions that the bits depend on where they were computed; not in a stored chunk.
    """

    part: Part
    strata: Counts
    parameters: Values = field(default_factory=dict)
    outcomes: Values = field(default_factory=dict)
    made_with: dict[str, str] = field(default_factory=dict)


def work(job: Job, number: int) -> Chunk:
    """Compute a chunk: a pure function of scenario, seed, play and the blocks in it.

    Parameters
    ----------
    job : Job
        The run.
    number : int
        Which chunk, from 0.

    Returns
    -------
    Chunk
        The same bits wherever it is computed.

    Examples
    --------
    >>> from sim.study.job import plan
    >>> from sim.study.scenario import load_scenario
    >>> job = plan(load_scenario("macron-2024"), 64)
    >>> job.chunks, int(work(job, 0).part.sizes.sum())
    (1, 64)
    """
    tally, strata, added, kept = job.tally(), nothing(), [], []
    first, last = job.stretch(number)
    for block, parameters in parameter_blocks(job.scenario, job.draws, job.seed, first=first, last=last):
        values = evaluate(parameters, worst_case=job.scenario.worst_case, play=job.play)
        added.append((block.replicate, block.size, tally.add(block.replicate, values)))
        if block.start == 0 and looked_at(block.size):
            strata += stratum_sums(next(uniforms(job.seed, [block])), values)
        if job.keep_draws:
            kept.append((parameters, {name: values[name] for name in (*PROBABILITIES, *PAYOFFS)}))
    return Chunk(
        tally.part(added),
        strata,
        joined(parameters for parameters, _ in kept),
        joined(values for _, values in kept),
        {name: each for name, each in fingerprint(job.scenario, job.seed).items() if name != "python"},
    )


def joined(parts: Iterable[Values]) -> Values:
    """Lay arrays of the same names end to end.

    Examples
    --------
    >>> joined([{"a": np.zeros(1)}, {"a": np.ones(2)}])["a"].tolist(), joined([])
    ([0.0, 1.0, 1.0], {})
    """
    every = list(parts)
    return {name: np.concatenate([part[name] for part in every]) for name in every[0]} if every else {}
