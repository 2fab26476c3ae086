"""What does `python -m sim` do? The same as `sim`."""

from __future__ import annotations

from sim.cli import main

if __name__ == "__main__":
    main(prog_name="sim")
