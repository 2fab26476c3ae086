"""Do `sim parameters` and `sim evidence` say what each number is, and what it rests on, as the scenario has it?

Deliberate breaks that turned a test red: the claims of a scenario's own left out; a number not
found by the middle of its name; a word looked for in the words of the article's case; a claim told twice.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from scenario_texts import PLAYERS

from sim.cli import main
from sim.lookup.numbers import matching, numbers_of, speaking_of
from sim.lookup.unchecked import parameter_labels
from sim.scenario.evidence import load_register
from sim.scenario.library import bundled_scenarios
from sim.scenario.scenario import load_scenario

OWN = f"""
extends = "macron-2024"
name = "own"
{PLAYERS}[claims.press-club]
claim = "France lies outside the perimeter."
source = "Dean Acheson, 12 January 1950"
[china.attack_cost]
interval = [0.2, 0.9]
evidence = ["press-club"]
rationale = "He said it."
"""


def call(*words: str) -> Result:
    """Call the program."""
    return CliRunner().invoke(main, words)


def plain(*words: str) -> str:
    """Return what a command says, in one line."""
    done = call(*words)
    assert done.exit_code == 0, done.stderr
    return " ".join(done.stdout.split())


@pytest.fixture
def own(tmp_path: Path) -> str:
    """Return a scenario about others, with a claim of its own."""
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("source", bundled_scenarios())
def test_both_overviews_are_a_screen(source: str) -> None:
    for command in ("parameters", "evidence"):
        done = call(command, "--of", source)
        lines = done.stdout.splitlines()
        assert len(lines) + len(done.stderr.splitlines()) <= 25
        assert max(map(len, lines)) <= 80


def test_the_overview_has_every_number_and_its_range() -> None:
    said = plain("parameters")
    for each in load_scenario("macron-2024").entries:
        assert each.rpartition(".")[2] in said or each.split(".")[1] in said
    assert "pinpoint chance that a strike finds them · | 0.05–0.4 | 0.15–0.65" in said
    assert "war_if_alone chance of war if France stands alone 0.005 to 0.12" in said


def test_full_says_of_every_number_what_it_is_its_range_and_its_footing() -> None:
    said = plain("parameters", "--full")
    assert [name for name in load_scenario("macron-2024").entries if f"{name} (" not in said] == []
    assert (
        "prior.resolute (π: a probability, from 0 to 1) chance that France is resolute 0.1 to 0.6; rests on: 9 claims"
        in said
    )


def test_one_number_is_told_with_all_that_it_rests_on() -> None:
    said, entry = (
        plain("parameters", "prior.resolute", "--full"),
        load_scenario("macron-2024").entries["prior.resolute"],
    )
    assert "(π in docs/model.md)" in said
    assert "0.1 to 0.6, with 5 % of the belief below and as much above; its middle is 0.3" in said
    assert " ".join(entry.rationale.split()) in said
    register = load_register()
    for name in entry.evidence:
        assert f"{name} {register[name].claim} ({register[name].source}, paragraph" in said


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("pinpoint", ["signal.ambiguous.pinpoint", "signal.commit.pinpoint"]),
        ("fight_cost", ["france.fight_cost.resolute", "france.fight_cost.bluffing"]),
        ("france.war_cost", ["france.war_cost.resolute", "france.war_cost.bluffing"]),
        ("france.fight_cost", ["france.fight_cost.resolute", "france.fight_cost.bluffing"]),
        ("war_if_alone", ["escalation.war_if_alone"]),
        ("rule_out", ["signal.rule_out.stance_value", "signal.rule_out.isolation"]),
        ("pinpiont", ["signal.ambiguous.pinpoint", "signal.commit.pinpoint"]),
        ("russia.atack_cost", ["russia.attack_cost"]),
        ("irresolute", []),
        ("zzz", []),
    ],
)
def test_a_number_is_found_by_its_name_a_part_of_it_and_a_near_miss(word: str, names: list[str]) -> None:
    assert [each.name for each in matching(numbers_of("macron-2024"), word)[0]] == names


def test_a_near_miss_is_told_and_what_is_unknown_refused() -> None:
    assert "no parameter is called 'pinpiont'; this is 'pinpoint'" in call("parameters", "pinpiont").stderr
    done = call("parameters", "zzz")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "sim parameters --full lists all" in " ".join(done.stderr.split())
    assert "did you mean 'columnist'?" in call("parameters", "--of", "columnst").stderr
    assert "textbook/spence: this gives a game outright" in call("parameters", "--of", "textbook/spence").stderr


@pytest.mark.parametrize("word", ["allies", "Ally", "backing", " trainers "])
def test_a_word_of_what_numbers_are_finds_them(word: str) -> None:
    found = {each.name for each in speaking_of(numbers_of("macron-2024"), word)}
    known = {"ally_backing"} if "train" not in word else {"pinpoint", "deployment"}
    assert {f"signal.{stance}.{last}" for stance in ("ambiguous", "commit") for last in known} <= found
    assert len(found) < 12
    assert speaking_of(numbers_of("macron-2024"), "zzz") == speaking_of(numbers_of("macron-2024"), " ") == []
    assert "this is what speaks of it" in call("parameters", "allies").stderr


def test_a_word_is_looked_for_in_the_words_of_the_scenario(own: str) -> None:
    assert speaking_of(numbers_of(own), "China")
    assert not speaking_of(numbers_of(own), "Ukraine")


@pytest.mark.parametrize("command", ["parameters", "evidence"])
def test_a_claim_that_two_numbers_rest_on_is_told_once(command: str) -> None:
    said = plain(command, "ally_backing", "--full")
    for name in load_scenario("macron-2024").entries["signal.commit.ally_backing"].evidence:
        assert (said.count(name), said.count(load_register()[name].claim)) == (2, 1)


@pytest.mark.parametrize("command", ["parameters", "evidence"])
@pytest.mark.parametrize("source", ["macron-2024", "taiwan"])
def test_of_any_number_table_or_claim_as_much_is_told_as_fits_a_screen(
    source: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = numbers_of(source)
    monkeypatch.setattr("sim.lookup.numbers.numbers_of", {source: numbers}.__getitem__)  # read once for all words
    words = {part for each in numbers.every for part in (each.name, *each.name.split("."))}
    for word in words | {*(numbers.claims if command == "evidence" else ())}:
        done = call(command, word, "--of", source)
        assert len(done.output.splitlines()) <= 25, word
        whole = call(command, word, "--of", source, "--full").stdout
        assert (done.stdout == whole) is ("--full" not in done.stderr), word


def test_json_holds_what_the_scenario_states() -> None:
    told = json.loads(call("parameters", "pinpoint", "--json").stdout)
    assert told["schema"] == 1
    assert [each["stated"] for each in told["parameters"]] == [{"interval": [0.05, 0.4]}, {"interval": [0.15, 0.65]}]
    assert (told["parameters"][0]["low"], told["parameters"][0]["high"]) == (0.0, 1.0)
    value = json.loads(call("parameters", "failed_strike_cost", "--json").stdout)["parameters"][0]
    assert (value["low"], value["high"]) == (None, None)


@pytest.mark.parametrize("source", bundled_scenarios())
def test_evidence_counts_the_numbers_that_the_game_needs(source: str) -> None:
    scenario = load_scenario(source)
    entries = [scenario.entries[each.name] for each in scenario.parameters]
    cited, assumed = sum(bool(each.evidence) for each in entries), sum(bool(each.assumption) for each in entries)
    assert f"of {len(entries)} numbers {cited} rest on claims, {assumed} on assumptions" in plain(
        "evidence", "--of", source
    )


def test_a_claim_is_told_with_who_says_it_where_and_what_rests_on_it() -> None:
    said = plain("evidence", "strike-needs-location")
    assert "(journalist, paragraph 10 of the article, in our words)" in said
    assert "signal.ambiguous.pinpoint: chance that a strike finds them" in said
    resting = [name for name, each in load_scenario("macron-2024").entries.items() if "allies-divided" in each.evidence]
    told = plain("evidence", "allies-divided")
    assert [name for name in resting if f"{name}:" not in told] == []


def test_a_number_is_told_with_its_claims_and_full_has_all() -> None:
    assert "farther-from-front" in plain("evidence", "pinpoint")
    said = plain("evidence", "--full")
    assert [name for name in load_register() if name not in said] == []
    told = json.loads(call("evidence", "pinpoint", "--json").stdout)
    assert {each["id"] for each in told["claims"]} >= {"strike-needs-location", "farther-from-front"}
    assert len(json.loads(call("evidence", "--json").stdout)["claims"]) == len(load_register())


def test_near_misses_of_claims_are_answered() -> None:
    done = call("evidence", "strike-needs-locaton")
    assert "this is 'strike-needs-location'" in done.stderr
    assert done.stdout.startswith("strike-needs-location\n")
    assert call("evidence", "zzz").exit_code == 2


def test_a_scenario_s_own_claims_and_words_are_used(own: str) -> None:
    said = plain("evidence", "press-club", "--of", own)
    assert "France lies outside the perimeter. (Dean Acheson, 12 January 1950)" in said
    assert "china.attack_cost: what hitting them costs China" in said
    for name in ("china.attack_cost", "russia.attack_cost", "attack_cost"):
        assert "what humiliating the United States is worth to China" in plain("parameters", name, "--of", own)
    assert "chance that the United States is resolute" in plain("parameters", "--of", own)


@pytest.mark.parametrize("source", ["taiwan", "cuba-1962", "korea-1950"])
def test_who_is_renamed_is_never_called_as_in_the_article_s_case(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    call("new", "mine", "--from", source)
    said = [plain("parameters", "--of", source), plain("explain", "tripwire", "--of", source)]
    said += [plain("explain", "audience_cost", "--of", source), (tmp_path / "mine.toml").read_text(encoding="utf-8")]
    said += [json.dumps(list(parameter_labels(source).items()))]
    for text in said:
        assert re.findall(r"\b(?:France|French|Russian?|trainers|france|russia)\b", text) == []
