"""What is to be done? Draws of a scenario, and a run of them, settled and cut into chunks before any work begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sim.crisis.play import Play
from sim.draws.blocks import BLOCK, REPLICATES, Block, blocks, rounded_draws, uniforms
from sim.draws.tally import Counts, Tally
from sim.games.game import Floats
from sim.montecarlo.beside import beside_names
from sim.montecarlo.encounter import others, payoffs, probabilities
from sim.montecarlo.first_order import driven, nothing
from sim.montecarlo.identity import fingerprint, versions
from sim.montecarlo.precision import MOST_DRAWS, Precision, as_precision
from sim.scenario.given import Source, as_scenario, draws_and_seed
from sim.scenario.scenario import Scenario
from sim.telling.english import rounded_up, set_by_hand

CHUNK = 16  # blocks in a chunk, one a replicate: enough work that sending it costs next to nothing


@dataclass(frozen=True)
class Sample:
    """Draws of a scenario: how many were asked for, how many are made (16 · 2^k), and their seed."""

    scenario: Scenario
    asked: int
    draws: int
    seed: int

    def scores(
        self, progress: Callable[[int, int], object] | None = None, *, listed: Sequence[Block] | None = None
    ) -> Iterator[tuple[Block, Floats]]:
        """Yield blocks, all if none are listed, with their uniform scores, (parameters, size).

        Tell the draws done and to do after each.
        """
        listed, done = blocks(self.draws) if listed is None else listed, 0
        for block, scores in zip(listed, uniforms(self.seed, listed, self.scenario.dimensions), strict=True):
            yield block, scores
            done += block.size
            if progress:
                progress(done, self.draws)

    def provenance(self) -> dict[str, Any]:
        """Return the fields with which every result begins (`sim.telling.answer.Provenance`)."""
        return {
            "scenario": self.scenario.name,
            "title": self.scenario.title,
            "draws": self.draws,
            "seed": self.seed,
            "versions": versions(),
            "settings": dict(self.scenario.settings),
            "naming": self.scenario.naming,
        }

    def notes(self, said: list[str]) -> list[str]:
        """Return notes between those that every answer has: what was set by hand, and that draws were rounded up."""
        return [*set_by_hand(self.scenario.settings), *said, *rounded_up(self.asked, self.draws)]


def sampled(scenario: Source, draws: int | None = None, seed: int | None = None) -> Sample:
    """Return the draws that a caller means: the scenario's number and seed where none is given."""
    scenario = as_scenario(scenario)
    asked, stream = draws_and_seed(scenario, draws, seed)
    return Sample(scenario, asked, rounded_draws(asked), stream)


@dataclass(frozen=True)
class Job(Sample):
    """A run, cut into chunks of `chunk` blocks; the last may have fewer."""

    play: Play
    precision: Precision | None  # with one, `draws` are the most that are tried; otherwise all are made
    chunk: int
    keep_draws: bool

    @property
    def block(self) -> int:
        """Draws in a block."""
        return min(BLOCK, self.draws // REPLICATES)

    @property
    def chunks(self) -> int:
        """Number of chunks."""
        return -(-self.draws // self.block // self.chunk)

    def stretch(self, number: int) -> tuple[int, int]:
        """Return the first block of a chunk and the one after its last."""
        return number * self.chunk, (number + 1) * self.chunk

    def blocks(self, number: int) -> list[Block]:
        """Return the blocks of a chunk, in the order of their sums."""
        return blocks(self.draws, *self.stretch(number))

    def rounds(self) -> list[int]:
        """Return after how many chunks to look whether the draws are enough: whenever they have doubled."""
        if self.precision is None:
            return [self.chunks]
        layer = REPLICATES // self.chunk  # chunks that hold one block of each replicate
        doubled = (layer << power for power in range(self.chunks.bit_length()))
        return [*(number for number in doubled if number < self.chunks), self.chunks]

    def tally(self) -> Tally:
        """Return an empty tally of all that is summed up."""
        of = self.scenario.stances
        return Tally(probabilities(of), payoffs(of), others(of, self.play.concept) + beside_names(of))

    def strata(self) -> Counts:
        """Return empty sums by stratum of every dimension."""
        return nothing(len(self.scenario.dimensions), driven(self.scenario.stances))


def plan(  # noqa: PLR0913 - each is asked for by name
    scenario: Source,
    draws: int | None = None,
    seed: int | None = None,
    *,
    play: Play = Play(),  # noqa: B008 - frozen
    precision: Precision | float | str | None = None,
    chunk: int = CHUNK,
    keep_draws: bool = False,
) -> Job:
    """Return what a run has to do."""
    precision = as_precision(precision)
    draws = MOST_DRAWS if precision and draws is None else draws
    sample = sampled(scenario, draws, seed)
    job = Job(**vars(sample), play=play, precision=precision, chunk=chunk, keep_draws=keep_draws)
    names = job.scenario.names
    if precision and precision.play not in (None, "equilibrium", *names):
        raise ValueError(f"play must be one of {', '.join((*names, 'equilibrium'))}; it is {precision.play!r}")
    if chunk < 1:
        raise ValueError(f"chunk must be at least 1; it is {chunk}")
    if precision and job.block < BLOCK:
        least = REPLICATES * BLOCK
        raise ValueError(f"draws must be at least {least} where a precision is asked for; it is {job.asked}")
    if precision and REPLICATES % chunk:
        raise ValueError(f"chunk must divide {REPLICATES} where a precision is asked for; it is {chunk}")
    return job


def identity(job: Job) -> dict[str, str | int | float]:
    """Return all that the bits of a chunk depend on, flat, by name."""
    beliefs = {name: entry.distribution.describe() for name, entry in job.scenario.entries.items()}
    return beliefs | {
        "worst_case": job.scenario.worst_case,
        "scenario": job.scenario.sha256,
        "seed": job.seed,
        **vars(job.play),
        "draws in a block": job.block,
        "blocks in a chunk": job.chunk,
        "draws are kept": job.keep_draws,
        **{f"version of {name}": each for name, each in fingerprint(job.scenario, job.seed).items()},
    }
