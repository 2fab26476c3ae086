"""Does `sim explain` know every word that our outputs use, and never suggest the opposite?

Deliberate breaks that turned a test red: a term of a table's head left out of the glossary; the list of opposites
emptied; a place in the documentation misspelt.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.beliefs.forms import FORMS
from sim.cli import COMMANDS, main
from sim.crisis.parameters import RECEIVER_TYPES, SENDER_TYPES, STANCES, all_parameters
from sim.lookup.terms import every_term, found, glossary, near, plain
from sim.scenario.library import bundled_games, bundled_scenarios
from sim.telling.faults import near_words, suggestion
from sim.telling.vocabulary import EVENTS

ROOT = Path(__file__).resolve().parents[3]


def call(*words: str) -> Result:
    """Call the program."""
    return CliRunner().invoke(main, words)


def test_a_term_is_explained_in_a_few_plain_sentences_with_its_place() -> None:
    done = call("explain", "intuitive", "criterion")
    assert done.stdout.startswith("intuitive criterion\n  A test of an equilibrium, by Cho and Kreps (1987).")
    assert "More: docs/model.md#5-equilibrium" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize("each", glossary(), ids=lambda each: each.name)
def test_every_term_is_short_and_its_place_and_relations_are_there(each: object) -> None:
    term = next(one for one in glossary() if one is each)
    assert 1 <= len(re.findall(r"[.?](?: |$)", term.says)) <= 5
    assert len(term.says) <= 420
    assert [name for name in term.see if found(name, glossary()) is None] == []
    file, _, anchor = term.where.partition("#")
    heads = re.findall(r"^#+ (.+)$", (ROOT / file).read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert anchor in {re.sub(r"[^\w -]", "", head.casefold()).replace(" ", "-") for head in heads}


def test_no_spelling_belongs_to_two_terms() -> None:
    spelt = [plain(name) for term in glossary() for name in {plain(one): one for one in (term.name, *term.also)}]
    assert sorted(name for name in set(spelt) if spelt.count(name) > 1) == ["λ"]  # and Λ, which is told apart


@pytest.mark.parametrize(
    "word",
    [
        "D1", "intuitive criterion", "undefeated", "pooling", "separating", "semi-separating", "PBE",
        "quantal response", "rationality", "Sobol' index", "Sobol’ index", "S1", "ST", "Shapley", "regret", "maximin",
        "Hurwicz",
        "rank correlation", "credible range", "5–95 % range", "numerical error", "worst case readings",
        "equal exposure",
        "neo-additive", "pinpoint", "backdown", "abandonment", "deterrence by denial", "deterrence by punishment",
        "tied hands", "audience cost", "tripwire", "entrapment", "abandonment of allies", "Λ", "λ",
        "nerve", "finds nobody", "empty site", "zero by construction", "0 – 100 %", "half-width", "rationale",
    ],
)  # fmt: skip
def test_what_people_ask_for_is_there(word: str) -> None:
    assert call("explain", *word.split()).exit_code == 0


@pytest.mark.parametrize(
    "word",
    [
        *(parameter.name for parameter in all_parameters()), *STANCES, *SENDER_TYPES, *RECEIVER_TYPES, *EVENTS, "quiet",
        *COMMANDS, *bundled_scenarios(), *bundled_games(), "beer-quiche", "sim run", *FORMS[1:],
    ],
)  # fmt: skip
def test_every_name_of_ours_is_known(word: str) -> None:
    known = found(word, every_term(tuple(COMMANDS), STANCES, {}))
    assert known is not None, f"sim/lookup/glossary.toml says nothing of {word}"


def test_a_command_is_told_as_it_tells_itself() -> None:
    assert "A command: Validate scenario files." in call("explain", "sim", "check").stdout


def test_a_symbol_keeps_its_case() -> None:
    assert call("explain", "λ").stdout.startswith("pinpoint\n")
    assert call("explain", "Λ").stdout.startswith("rationality\n")


def test_without_a_term_all_are_listed_on_one_screen() -> None:
    done = call("explain")
    assert [term.name for term in glossary() if term.name not in " ".join(done.stdout.split())] == []
    assert len(done.stdout.splitlines()) <= 24


def test_a_scenario_s_own_words_are_known(tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    file.write_text(
        'extends = "macron-2024"\n[names]\nsender = { name = "the United States", adjective = "American" }\n'
        'stances = { commit = "draw a line" }\ntypes = { opportunist = "gambling" }\nrungs = { nuclear = "the end" }\n',
        encoding="utf-8",
    )
    assert "What this scenario calls commit." in call("explain", "draw", "a", "line", "--of", str(file)).stdout
    assert "What this scenario calls opportunist." in call("explain", "gambling", "--of", str(file)).stdout
    assert "Who takes a stance" in call("explain", "the", "united", "states", "--of", str(file)).stdout
    assert call("explain", "gambling").exit_code == 2


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("polling", "did you mean 'pooling'?"),
        ("shaply", "did you mean 'Shapley value'?"),
        ("intuitive criterium", "did you mean 'intuitive criterion'?"),
        ("prior.resolut", "did you mean 'prior.resolute'"),
        ("zzz", "sim explain lists all terms"),
    ],
)
def test_a_near_miss_is_answered(word: str, said: str) -> None:
    done = call("explain", word)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("word", "opposite"),
    [
        ("best case", "worst case"),
        ("irresolute", "resolute"),
        ("non-separating", "separating"),
        ("optimism", "pessimism"),
        ("deterrence by denyal", "deterrence by punishment"),
        ("minimax gain", "maximin"),
        ("uncorrelated", "rank correlation"),
    ],
)
def test_no_suggestion_has_the_opposite_meaning(word: str, opposite: str) -> None:
    assert opposite not in near(word, every_term((), STANCES, {}))


def test_hints_of_scenario_files_know_opposites_as_well() -> None:
    assert suggestion("least_escalatory", ["most_escalatory"]) == "allowed: most_escalatory"
    assert near_words("worst cas", ["best case"]) == []
    assert suggestion("worst_cas", ["worst_case"]) == "did you mean 'worst_case'?"
