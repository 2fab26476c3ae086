"""What is to be done? A run, settled and cut into chunks before any work begins."""

from __future__ import annotations

from dataclasses import dataclass

from sim.crisis.play import Play
from sim.draws.blocks import BLOCK, REPLICATES, Block, blocks, rounded_draws
from sim.draws.tally import Tally
from sim.montecarlo.beside import beside_names
from sim.montecarlo.encounter import others, payoffs, probabilities
from sim.montecarlo.first_order import Counts, driven, nothing
from sim.montecarlo.precision import MOST_DRAWS, Precision, as_precision
from sim.scenario.given import Source, as_scenario, draws_and_seed
from sim.scenario.scenario import Scenario

CHUNK = 16
"""Blocks in a chunk: half a second of work or more, so that sending it costs next to nothing; a block a replicate."""


@dataclass(frozen=True)
class Job:
    """A run, cut into chunks.

    Attributes
    ----------
    scenario : Scenario
        What is run.
    asked, draws : int
        Draws that were asked for, and that number rounded up to 16 · 2^k; with a precision, the most that are tried.
    seed : int
        Seed of the draws.
    play : Play
        What is reported as play.
    precision : Precision or None
        When the draws are enough; None if their number is fixed.
    chunk : int
        Blocks in a chunk; the last may have fewer.
    keep_draws : bool
        Whether parameters and outcomes of every draw are wanted.
    """

    scenario: Scenario
    asked: int
    draws: int
    seed: int
    play: Play
    precision: Precision | None
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
        stances = self.scenario.stances
        beside = others(stances, self.play.concept) + beside_names(stances)
        return Tally(probabilities(stances), payoffs(stances), beside)

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
    """Return what a run has to do.

    Examples
    --------
    >>> from sim.scenario.scenario import load_scenario
    >>> job = plan(load_scenario("macron-2024"), 10**6)
    >>> job.draws, job.chunks
    (1048576, 16)
    """
    scenario, precision = as_scenario(scenario), as_precision(precision)
    draws = MOST_DRAWS if precision and draws is None else draws
    asked, stream = draws_and_seed(scenario, draws, seed)
    job = Job(
        scenario,
        asked=asked,
        draws=rounded_draws(asked),
        seed=stream,
        play=play,
        precision=precision,
        chunk=chunk,
        keep_draws=keep_draws,
    )
    if precision and precision.play not in (None, "equilibrium", *scenario.names):
        allowed = ", ".join((*scenario.names, "equilibrium"))
        raise ValueError(f"play must be one of {allowed}; it is {precision.play!r}")
    if chunk < 1:
        raise ValueError(f"chunk must be at least 1; it is {chunk}")
    if precision and job.block < BLOCK:
        raise ValueError(f"draws must be at least {REPLICATES * BLOCK} where a precision is asked for; it is {asked}")
    if precision and REPLICATES % chunk:
        raise ValueError(f"chunk must divide {REPLICATES} where a precision is asked for; it is {chunk}")
    return job
