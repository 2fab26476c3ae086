"""Does nonsense ever end in a traceback, or in a loss? A few cases of each fuzzer; each is a program that tries more.

`python tests/support/fuzz_scenarios.py 10000` tries ten thousand files, and the others likewise. Deliberate breaks that
turned them red: a manifest that is not read before a folder is replaced; a shape of results without finite numbers; a
name of a scenario as its file has it; an error of the solver that no command translates.
"""

from __future__ import annotations

import fuzz_folders
import fuzz_kills
import fuzz_options
import fuzz_scenarios
import pytest

pytestmark = pytest.mark.slow


def test_no_scenario_file_ends_in_a_traceback_or_in_a_run_that_cannot_be_read_back() -> None:
    assert fuzz_scenarios.fuzz(40, 0).total() == 40


def test_no_edit_of_a_folder_ends_in_a_traceback_or_in_figures_that_no_run_gave() -> None:
    assert fuzz_folders.fuzz(24, 0).total() == 24


def test_no_kill_in_the_midst_of_a_save_loses_anything() -> None:
    assert fuzz_kills.fuzz(2, 0).total() == 2


def test_no_nonsense_on_the_command_line_ends_in_a_traceback() -> None:
    assert fuzz_options.fuzz(24, 0).total() == 24
