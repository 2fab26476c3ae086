"""What do the bits of a run depend on? Scenario, seed, play, versions, and what this machine makes of the stream."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import version

import numpy as np

from sim.crisis.play import Play
from sim.draws.blocks import Block, parameter_values, uniforms
from sim.montecarlo.encounter import evaluate
from sim.montecarlo.job import Job
from sim.scenario.scenario import Scenario

_TESTED = 64
"""Draws that the self-test solves."""

_TOLD: dict[tuple[str, int], dict[str, str]] = {}


def versions() -> dict[str, str]:
    """Return the versions that a result depends on, by name.

    Examples
    --------
    >>> sorted(versions())
    ['numpy', 'python', 'scipy', 'sim']
    """
    import scipy

    return {
        "sim": version("strategic-ambiguity"),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
    }


def fingerprint(scenario: Scenario, seed: int) -> dict[str, str]:
    """Return the versions, and as `stream` the hash of a self-test: the first draws and what they lead to.

    Across kinds of processors bits are promised only where that hash agrees.

    Examples
    --------
    >>> from sim.scenario.scenario import load_scenario
    >>> len(fingerprint(load_scenario("macron-2024"), 0)["stream"])
    16
    """
    key = scenario.sha256, seed
    if key not in _TOLD:
        _TOLD.clear()  # one run at a time
        _TOLD[key] = versions() | {"stream": _stream(scenario, seed)}
    return dict(_TOLD[key])


def identity(job: Job) -> dict[str, str | int | float]:
    """Return all that the bits of a chunk depend on, flat, by name.

    Examples
    --------
    >>> from sim.scenario.scenario import load_scenario
    >>> from sim.montecarlo.job import plan
    >>> identity(plan(load_scenario("macron-2024")))["blocks in a chunk"]
    16
    """
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


def _stream(scenario: Scenario, seed: int) -> str:
    """Return the hash of the first draws and of what they lead to in equilibrium."""
    (scores,) = uniforms(seed, [Block(0, 0, _TESTED)], scenario.dimensions)
    parameters = parameter_values(scenario, scores)
    values = evaluate(parameters, worst_case=scenario.worst_case, play=Play(), stances=scenario.stances)
    digest = hashlib.sha256()
    for array in (*parameters.values(), *values.values()):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:16]
