"""Every parameter has a name in plain words, on the page too.

Deliberate breaks that turned a test red: the label of one parameter left out; that of the page.
"""

from __future__ import annotations

import re

from places import ROOT

from sim.crisis.parameters import STANCES, all_parameters, label
from sim.page.naming import STRINGS, spoken
from sim.telling.names import speaker

NAMES = [each.name for each in all_parameters(("rule_out", "quiet_visit", "ambiguous", "commit"))]


def test_every_parameter_has_a_label_of_its_own_that_is_no_dotted_name() -> None:
    labels = [label(name) for name in NAMES]
    assert len({*labels}) == len(labels)
    assert [each for each in labels if re.search(r"\w\.\w", each) or len(each) > 55] == []


def test_the_page_knows_every_parameter_and_calls_it_the_same() -> None:
    words, engine = spoken()["parameters"], ROOT / "sim" / "page" / "engine" / "names.js"
    for each in all_parameters():
        name, stance = each.name, next((f" ({one})" for one in STANCES if f".{one}." in each.name), "")
        key = name.rpartition(".")[2] if stance else name
        assert f'"{key}"' in engine.read_text(encoding="utf-8"), f"{engine.name} says nothing of {key}"
        assert key in words, f"the table [parameters] of {STRINGS.name} says nothing of {key}"
        assert words[key] == label(name).removesuffix(stance), f"{STRINGS.name} calls {key} otherwise"


def test_two_costs_of_one_line_have_one_label() -> None:
    assert label("france.war_cost") == "what war costs France"


def test_labels_speak_of_a_scenario_s_players_and_stances() -> None:
    said = speaker({"receiver": {"name": "China", "adjective": "Chinese"}, "stances": {"commit": "draw a line"}})
    assert said(label("russia.attack_cost")) == "what hitting them costs China"
    assert said(label("signal.commit.pinpoint")) == "chance that a strike finds them (draw a line)"
