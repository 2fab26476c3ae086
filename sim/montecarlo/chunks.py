"""What does one piece of a run compute? A chunk of whole blocks, anywhere: here, in another process, on a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.crisis.values import checked
from sim.draws.blocks import BLOCK, gathered, parameter_values, uniforms
from sim.draws.tally import Counts, Part
from sim.games.game import Floats
from sim.montecarlo.beside import beside
from sim.montecarlo.encounter import Values, evaluate
from sim.montecarlo.first_order import driven, looked_at, stratum_sums
from sim.montecarlo.identity import fingerprint
from sim.montecarlo.job import Job

AT_ONCE = 4  # blocks that are evaluated together: larger calls cost less, until their arrays no longer stay in cache


@dataclass(frozen=True, eq=False)
class Chunk:
    """What a chunk gives: its part of the sums, those by stratum for the drivers, every draw if they are kept."""

    part: Part
    strata: Counts
    parameters: Values = field(default_factory=dict)
    outcomes: Values = field(default_factory=dict)
    made_with: dict[str, str] = field(default_factory=dict)  # versions that its bits depend on; they are not stored

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what is stored of a chunk, by kind and name."""
        stored = {f"part/{each.name}": getattr(self.part, each.name) for each in fields(Part)}
        stored["strata/sums"] = self.strata
        for kind in ("parameters", "outcomes"):
            stored |= {f"{kind}/{name}": array for name, array in getattr(self, kind).items()}
        return stored

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Chunk:
        """Return the chunk that has these arrays."""
        kinds: dict[str, dict[str, Any]] = {"part": {}, "strata": {}, "parameters": {}, "outcomes": {}}
        for key, array in arrays.items():
            kind, _, name = key.partition("/")
            kinds[kind][name] = array
        return cls(Part(**kinds["part"]), kinds["strata"]["sums"], kinds["parameters"], kinds["outcomes"])


def work(job: Job, number: int) -> Chunk:
    """Compute a chunk: a pure function of scenario, seed, play and the blocks in it."""
    tally, strata, added, kept = job.tally(), job.strata(), [], []
    scenario, listed = job.scenario, job.blocks(number)
    drawn, told = [each.name for each in scenario.parameters], (*tally.probabilities, *tally.payoffs)
    # A branch of quantal play is followed in steps that hang on all that is solved at once; equilibria are not.
    most = AT_ONCE * BLOCK if job.play.concept == "equilibrium" else 1
    for some in gathered(listed, lambda block: block.size, most):
        scores = np.concatenate(list(uniforms(job.seed, some, scenario.dimensions)), axis=-1)
        values = _figures(job, scores)
        sums = tally.add_blocks([block.replicate for block in some], values)
        for place, (block, own) in enumerate(zip(some, sums, strict=True)):
            added.append((block.replicate, block.size, own))
            if block.start == 0 and looked_at(block.size):
                at = slice(place * block.size, (place + 1) * block.size)
                driving = {name: values[name][at] for name in driven(scenario.stances)}
                strata += stratum_sums(scores[:, at], driving, driven(scenario.stances))
        if job.keep_draws:
            kept.append(({name: values[name] for name in drawn}, {name: values[name] for name in told}))
    return Chunk(
        tally.part(added),
        strata,
        joined(parameters for parameters, _ in kept),
        joined(values for _, values in kept),
        {name: each for name, each in fingerprint(job.scenario, job.seed).items() if name != "python"},
    )


def _figures(job: Job, scores: Floats) -> Values:
    """Return parameters, and all that is told of them, for each draw."""
    scenario, stances = job.scenario, job.scenario.stances
    drawn = parameter_values(scenario, scores)
    parameters = checked(drawn, stances)
    values = evaluate(parameters, worst_case=scenario.worst_case, play=job.play, stances=stances)
    values |= beside(parameters, values, stances, scenario.reference, worst_case=scenario.worst_case)
    return drawn | values


def joined(parts: Iterable[Values]) -> Values:
    """Lay arrays of the same names end to end."""
    every = list(parts)
    return {name: np.concatenate([part[name] for part in every]) for name in every[0]} if every else {}
