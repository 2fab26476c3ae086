"""Which versions do the bits of a result depend on, and what does this machine make of the stream of draws?"""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version

import numpy as np

from sim.crisis.play import Play
from sim.draws.blocks import Block, parameter_values, uniforms
from sim.montecarlo.encounter import evaluate
from sim.scenario.scenario import Scenario

_TESTED = 64  # draws that the self-test solves
_FINGERPRINTS: dict[tuple[str, int], dict[str, str]] = {}


def versions() -> dict[str, str]:
    """Return the versions that a result depends on, by name."""
    import scipy

    return {
        "sim": _own_version(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
    }


@cache
def _own_version() -> str:
    """Return the version that is installed: looked up once, which takes as long as a small run's games."""
    return version("strategic-ambiguity")


def fingerprint(scenario: Scenario, seed: int) -> dict[str, str]:
    """Return the versions, and as `stream` the hash of a self-test: where it agrees, processors give the same bits."""
    key = scenario.sha256, seed
    if key not in _FINGERPRINTS:
        _FINGERPRINTS.clear()  # one run at a time
        _FINGERPRINTS[key] = versions() | {"stream": _stream(scenario, seed)}
    return dict(_FINGERPRINTS[key])


def _stream(scenario: Scenario, seed: int) -> str:
    """Return the hash of the first draws and of what they lead to in equilibrium."""
    (scores,) = uniforms(seed, [Block(0, 0, _TESTED)], scenario.dimensions)
    parameters = parameter_values(scenario, scores)
    values = evaluate(parameters, worst_case=scenario.worst_case, play=Play(), stances=scenario.stances)
    digest = hashlib.sha256()
    for array in (*parameters.values(), *values.values()):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:16]
