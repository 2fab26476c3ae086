"""What do tests of these commands look at? What is said and saved, not where the texts of a figure stand."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module", autouse=True)
def _no_layout_of_commands(no_layout: None) -> None:
    """Make no room for texts that nobody looks at."""
