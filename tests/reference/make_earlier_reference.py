"""Record what the code before the change of the model gave, for `tests/montecarlo/test_neutral_values.py`.

Run with that code on the path, the last argument being the folder of the scenarios:
``PYTHONPATH=EARLIER python tests/reference/make_earlier_reference.py tests/support/earlier``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import sim

DRAWS = 4096
"""Draws of each run."""

KEPT = ("doctrine", "equilibrium", "drivers", "labels")
"""What is kept of a result."""

ASKED = {
    "earlier-baseline": sim.Play(),
    "earlier-one-voice": sim.Play(),
    "earlier-outcome": sim.Play(refinement="d1", select="uniform"),
    "earlier-quantal": sim.Play("quantal"),
}
"""Scenarios, by file but for the last, which is the baseline too, and how they are played."""


def main() -> None:
    """Write the record beside this file."""
    folder, record = Path(sys.argv[-1]), {}
    for name, play in ASKED.items():
        file = folder / f"{'earlier-baseline' if play.concept == 'quantal' else name}.toml"
        result = sim.run(sim.load_scenario(file), draws=DRAWS, play=play)
        record[name] = {key: getattr(result, key) for key in KEPT}
    text = json.dumps(record, indent=0, sort_keys=True)
    Path(__file__).with_name("earlier.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
