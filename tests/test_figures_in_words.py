"""No figure shows a key of a file: parameters and stances go by what they are, in every text.

Those of four stances are looked through in `test_hard_figures`, of other names in `test_renamed_everywhere`.

Deliberate breaks that turned a test red: a row of the tornado named by its parameter; a figure drawn with the
speaker of tables, which leaves rule_out alone; an axis of a map with the name of its parameter behind it.
"""

from __future__ import annotations

import pytest
from every_figure import KEY, drawn, every, keyed


@pytest.mark.slow
@pytest.mark.usefixtures("no_layout")
def test_no_text_of_any_figure_holds_a_key() -> None:
    assert len(every()) >= 14
    for figure in every().values():
        assert keyed(figure, drawn(figure)) == [], figure.name


def test_the_pattern_finds_what_it_is_to_find() -> None:
    for text in ("signal.rule_out.stance_value", "under rule_out nobody", "prior.resolute=0.6", "worst_case"):
        assert KEY.search(text)
    for text in ("0.1.0 · seed 2024", "NATO–Russia war", "26 of 100. It is so", "macron-2024"):
        assert not KEY.search(text)
