"""Do analyses get the draws of a run? The same blocks, told of once they are dealt with, and what is said of them.

Deliberate break that turned a test red: progress told before a block is handed out.
"""

from __future__ import annotations

import numpy as np

from sim.draws.blocks import parameter_blocks, parameter_values
from sim.montecarlo.job import plan, sampled
from sim.scenario.scenario import load_scenario
from sim.telling.answer import Provenance

BASE = load_scenario("macron-2024").override({"prior.resolute": 0.5})


def test_the_draws_are_those_of_a_run() -> None:
    sample = sampled(BASE, 60, 3)
    listed = list(sample.scores())
    for (block, scores), (same, parameters) in zip(listed, parameter_blocks(BASE, 64, 3), strict=True):
        assert block == same
        assert scores.shape == (len(BASE.entries), block.size)
        values = parameter_values(BASE, scores)
        assert all(np.array_equal(values[name], parameters[name]) for name in parameters)


def test_progress_is_told_after_each_block() -> None:
    told: list[tuple[int, int]] = []
    seen = [len(told) for _ in sampled(BASE, 64).scores(lambda done, to_do: told.append((done, to_do)))]
    assert seen == list(range(16))
    assert told == [(4 * number, 64) for number in range(1, 17)]


def test_an_answer_begins_with_where_it_comes_from() -> None:
    where = Provenance(**sampled(BASE, 60, 3).provenance())
    assert (where.scenario, where.draws, where.seed, where.settings) == ("macron-2024", 64, 3, {"prior.resolute": 0.5})
    assert where.stamp().startswith("macron-2024, 1 set by hand · 64 draws · seed 3 · sim ")


def test_notes_stand_between_what_was_set_and_what_was_rounded() -> None:
    assert sampled(BASE, 60).notes(["Said."]) == [
        "Set by hand: prior.resolute = 0.5.",
        "Said.",
        "Draws were rounded up from 60 to 64, the next 16 · 2^k.",
    ]
    assert sampled("macron-2024", 64).notes(["Said."]) == ["Said."]


def test_a_run_is_a_sample_too() -> None:
    job = plan(BASE, 60, 3)
    assert job.provenance() == sampled(BASE, 60, 3).provenance()
