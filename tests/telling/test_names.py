"""Does a sentence of ours come out in the words of a scenario, whole, and what is not ours untouched?

Deliberate breaks that turned a test red: the shortest phrase first; texts of the scenario not quoted; "the" kept after
an adjective; the article left as it was.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.telling.names import bare, in_common, quoting, slug, speaker, stance_label

STRAIT = {
    "sender": {"name": "the United States", "adjective": "American"},
    "receiver": {"name": "China", "adjective": "Chinese"},
    "protege": "Taiwan",
    "deployed": "advisers",
    "hit": "sailors",
    "allies": "partners",
    "strike": "attack",
    "stances": {"rule_out": "disclaim", "ambiguous": "keep silent", "commit": "draw a line"},
    "types": {"opportunist": "gambling"},
    "rungs": {"war": "war in the strait", "retaliation": "the guns answer"},
    "quoted": ["What France taught Russia"],
}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (
            "France commits; so would a France that errs.",
            "The United States draws a line; so would a United States that errs.",
        ),
        ("even a resolute France folds", "even a resolute United States folds"),
        ("Russia’s belief that France is resolute", "China’s belief that the United States is resolute"),
        ("France's payoff", "The United States' payoff"),
        ("a French answer, an opportunist Russia", "an American answer, a gambling China"),
        ("French soldiers are hit", "American sailors are hit"),
        ("Trainers are in Ukraine", "Advisers are in Taiwan"),
        (
            "a strike; Russia strikes, and France was struck",
            "an attack; China attacks, and the United States was attacked",
        ),
        ("a NATO–Russia war, NATO–Russia wars", "a United States–China war, United States–China wars"),
        (
            "allied disapproval; an ally's soldiers; allies absent",
            "partner disapproval; a partner's sailors; partners absent",
        ),
        ("if France rules trainers out", "if the United States disclaims"),
        ("if France stays\nambiguous", "if the United States keeps silent"),
        ("France retaliates", "the guns answer"),
        ("strike\nFrance retaliates", "attack\nthe United States retaliates"),
        ("both types of France commit", "both types of the United States draw a line"),
        ("ambiguous", "keep silent"),
        ("rule_out*", "disclaim*"),
        ("26 (ambiguous) and 28 (commit) of 100", "26 (keep silent) and 28 (draw a line) of 100"),
        ("A bluffing France always sends ambiguous.", "A bluffing United States always sends “keep silent”."),
        ("“ambiguous” gives France away", "“keep silent” gives the United States away"),
        ("commit → ambiguous", "draw a line → keep silent"),
        ("war", "war in the strait"),
        ("if there is war", "if there is war"),
        ("war 0.3 %, war\nNATO in a war", "war in the strait 0.3 %, war\nUnited States–China war"),
        ("France\nchooses", "The United States\nchooses"),
        (
            "Held to a stance. France folds? France stands",
            "Held to a stance. The United States folds? The United States stands",
        ),
    ],
)
def test_a_sentence_of_ours_is_put_into_the_scenario_s_words(ours: str, theirs: str) -> None:
    assert speaker(STRAIT)(ours) == theirs


@pytest.mark.parametrize(
    "text",
    [
        "What France taught Russia",
        "What France\n  taught Russia",
        "france.war_cost.resolute ~ signal.commit.pinpoint",
        "sim campaign some.toml --doctrine ambiguous --set=signal.commit.pinpoint=0.5",
        "--from rule_out --to commit",
        "Frances and Russians are other words",
    ],
)
def test_what_is_not_ours_to_say_stays(text: str) -> None:
    assert speaker(STRAIT)(text) == text


def test_a_result_of_no_scenario_says_what_it_says() -> None:
    assert speaker(None)("rule_out: France") == "rule_out: France"


@given(st.text(alphabet="abcdefg hij’.,–", max_size=60))
def test_text_without_our_words_passes_whole(text: str) -> None:
    assert speaker(STRAIT)(text) == text


def test_players_can_change_places() -> None:
    swapped = {
        "sender": {"name": "Russia", "adjective": "Russian"},
        "receiver": {"name": "France", "adjective": "French"},
    }
    assert (
        speaker(swapped)("France’s word, Russia’s deed, a French type")
        == "Russia’s word, France’s deed, a Russian type"
    )


@pytest.mark.parametrize(
    ("label", "one"),
    [("keep silent", "keeps silent"), ("deny", "denies"), ("be vague", "is vague"), ("pass", "passes")],
)
def test_a_label_is_a_verb(label: str, one: str) -> None:
    assert speaker({"stances": {"commit": label}})("France commits") == f"France {one}"


def test_sources_can_be_quoted_besides() -> None:
    naming = quoting({"protege": "Taiwan"}, ["Ukraine, 2024", "nothing of ours"])
    assert naming == {"protege": "Taiwan", "quoted": ["Ukraine, 2024"]}
    assert speaker(naming)("Ukraine, 2024: Ukraine") == "Ukraine, 2024: Taiwan"
    assert quoting(None, ["Ukraine"]) is None


def test_scenarios_of_different_players_are_told_of_sender_and_receiver() -> None:
    assert (
        speaker(in_common([STRAIT, {}]))("France’s payoff; Russia strikes")
        == "The sender’s payoff; the receiver strikes"
    )
    assert in_common([STRAIT, STRAIT]) == STRAIT


def test_names_as_tables_and_labels_spell_them() -> None:
    assert (slug("the United States"), slug("Côte d’Ivoire")) == ("united_states", "cote_d_ivoire")
    assert (bare("the Soviet Union"), bare("Theland")) == ("Soviet Union", "Theland")
    assert (stance_label({}, "rule_out"), stance_label(STRAIT, "commit")) == ("rule out", "draw a line")
    assert stance_label({}, "quiet_visit") == "quiet visit"
