"""What do all tests share? Figures without a screen, the same examples in every run, the top folder's modules."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hypothesis import settings

os.environ["MPLBACKEND"] = "Agg"

settings.register_profile("house", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("house")

# dev.py and benchmarks/ belong to the checkout, not to the package; last, so that an installed package goes first.
sys.path.append(str(Path(__file__).resolve().parent.parent))
