"""Is the table [correlation] read as meant, and is everything that can be wrong with it said at once?

Deliberate breaks that turned tests red: a child's pairs put below its parent's; names not brought into the order of the
model, so that a pair given both ways round is not seen to be one; the pairs left out of the file that is saved.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from scenario_texts import written

from sim.cli import main
from sim.crisis.parameters import PARAMETERS
from sim.montecarlo.run import run
from sim.scenario.scenario import Scenario, ScenarioError, load_scenario
from sim.scenario.writing import all_is_fine, pair_warnings, scenario_toml
from sim.telling.faults import Fault

HEAD = 'extends = "macron-2024"\n[correlation]\n'
TWO = '"prior.resolute ~ prior.opportunist" = -0.4\n"france.war_cost.resolute ~ prior.resolute" = 0.3\n'
READ = (("prior.resolute", "prior.opportunist", -0.4), ("prior.resolute", "france.war_cost.resolute", 0.3))


def scenario(folder: Path, text: str, name: str = "bad.toml") -> Scenario:
    """Return the scenario of a text."""
    return load_scenario(written(folder, text, name))


def said(folder: Path, text: str) -> str:
    """Return what is said of a faulty text."""
    with pytest.raises(ScenarioError, match=r"\w") as caught:
        scenario(folder, text)
    return str(caught.value).replace(f"{folder}/", "")


def test_pairs_are_read_in_the_order_of_the_model_whichever_way_they_are_written(tmp_path: Path) -> None:
    one = scenario(tmp_path, HEAD + TWO)
    turned = '"prior.resolute~france.war_cost.resolute" = 0.3\n"prior.opportunist ~  prior.resolute" = -0.4\n'
    other = scenario(tmp_path, HEAD + turned)
    assert one.correlation == other.correlation == READ
    assert one.sha256 == other.sha256 != load_scenario("macron-2024").sha256


def test_a_scenario_without_the_table_or_with_an_empty_one_has_no_pairs(tmp_path: Path) -> None:
    assert load_scenario("macron-2024").correlation == ()
    empty = scenario(tmp_path, HEAD)
    assert empty.correlation == ()
    assert scenario(tmp_path, HEAD + '"prior.resolute ~ france.war_cost.resolute" = 0\n').sha256 == empty.sha256


def test_a_child_replaces_pairs_one_by_one_adds_to_them_and_dissolves_them(tmp_path: Path) -> None:
    written(tmp_path, HEAD + TWO, "parent.toml")
    child = HEAD.replace("macron-2024", "parent.toml")
    assert scenario(tmp_path, child).correlation == READ
    changed = scenario(tmp_path, child + '"prior.opportunist ~ prior.resolute" = 0.1\n')
    assert changed.correlation == (("prior.resolute", "prior.opportunist", 0.1), READ[1])
    assert scenario(tmp_path, child + '"prior.resolute ~ prior.opportunist" = 0.0\n').correlation == READ[1:]
    added = scenario(tmp_path, child + '"escalation.war_if_alone ~ escalation.war_if_backed" = 0.7\n')
    assert added.correlation == (*READ, ("escalation.war_if_alone", "escalation.war_if_backed", 0.7))


FAULTS = """
"prior.resolut ~ prior.opportunist" = 0.3
^ no parameter is named 'prior.resolut' -> did you mean 'prior.resolute'?

"purple ~ prior.opportunist" = 0.3
^ no parameter is named 'purple' -> docs/scenarios.md lists them

"prior.resolute ~ prior.resolute" = 0.3
^ a parameter cannot be paired with itself -> name two

"prior.resolute" = 0.3
^ 'prior.resolute' must name two parameters -> as in "prior.resolute ~ prior.opportunist" = -0.3, with its quotes

signal.commit.pinpoint = 0.3
^ 'signal' must name two parameters -> as in "prior.resolute ~ prior.opportunist" = -0.3, with its quotes

"prior.resolute ~ " = 0.3
^ 'prior.resolute ~ ' must name two parameters -> as in "prior.resolute ~ prior.opportunist" = -0.3, with its quotes

"prior.resolute ~ prior.opportunist" = "0.3"
= a rank correlation must be a number; it is '0.3' -> write a number such as 0.3

"prior.resolute ~ prior.opportunist" = true
= a rank correlation must be a number; it is true -> write a number such as 0.3

"prior.resolute ~ prior.opportunist" = nan
= a rank correlation must lie in [-0.999, 0.999]; it is nan ->

"prior.resolute ~ prior.opportunist" = [0.3]
= a rank correlation must be a number; it is a list -> write a number such as 0.3

"prior.resolute ~ prior.opportunist" = {spearman = 0.3}
= a rank correlation must be a number; it is a table -> write a number such as 0.3

"prior.resolute ~ prior.opportunist" = inf
= a rank correlation must lie in [-0.999, 0.999]; it is inf ->

"prior.resolute ~ prior.opportunist" = 1
= a rank correlation must lie in [-0.999, 0.999]; it is 1 ->

"prior.resolute ~ prior.opportunist" = -1.0
= a rank correlation must lie in [-0.999, 0.999]; it is -1 ->

"prior.resolute ~ prior.opportunist" = -30
= a rank correlation must lie in [-0.999, 0.999]; it is -30 -> for -30 % write -0.3
"""


@pytest.mark.parametrize("case", FAULTS.strip().split("\n\n"), ids=lambda case: case.split("\n")[0])
def test_a_faulty_pair_is_shown_where_it_is_with_what_to_write(tmp_path: Path, case: str) -> None:
    line, expected = case.split("\n")
    message, _, hint = expected[2:].partition(" ->")
    key, value = line.split(" = ", 1)
    start, width = (1, len(key)) if expected[0] == "^" else (len(key) + 4, len(value))
    if expected[0] == "^" and not key.startswith('"'):
        width = len(key.partition(".")[0])
    caret = f"{' ' * (start - 1)}{'^' * width} {hint}".rstrip()
    assert said(tmp_path, HEAD + line) == f"bad.toml:3:{start}: {message}\n    3 | {line}\n      | {caret}"


def test_a_whole_number_that_no_float_holds_is_refused_as_others_are(tmp_path: Path) -> None:
    shown = said(tmp_path, f'{HEAD}"prior.resolute ~ prior.opportunist" = 1{"0" * 400}')
    assert "must lie in [-0.999, 0.999]; it is a whole number of many digits" in shown


def test_a_pair_given_both_ways_round_is_given_twice(tmp_path: Path) -> None:
    text = HEAD + TWO + '"prior.opportunist ~ prior.resolute" = 2\n'
    first, _, hint, second, *_ = said(tmp_path, text).splitlines()
    assert first == "bad.toml:5:1: a pair is given twice"
    assert hint.endswith("^  it is 'prior.resolute ~ prior.opportunist' as well; keep one")
    assert second == "bad.toml:5:40: a rank correlation must lie in [-0.999, 0.999]; it is 2"


def test_the_table_must_be_one_and_its_name_is_suggested(tmp_path: Path) -> None:
    shown = said(tmp_path, 'extends = "macron-2024"\ncorrelation = 0.3\n')
    assert shown.startswith("bad.toml:2:15: correlation must be a table; it is 0.3\n")
    assert shown.endswith('write [correlation] and below it "prior.resolute ~ prior.opportunist" = -0.3')
    misspelt = said(tmp_path, HEAD.replace("[correlation]", "[corelation]") + TWO)
    assert misspelt.endswith("did you mean 'correlation'?")


def test_all_faults_of_the_file_are_told_together(tmp_path: Path) -> None:
    text = HEAD.replace("\n[", "\nsede = 1\n[") + '"a ~ b" = 9\n[prior]\nresolute = 3\n'
    places = [line.split(":")[1] for line in said(tmp_path, text).splitlines() if line.startswith("bad.toml")]
    assert places == ["2", "4", "4", "4", "6"]


CONTRADICTION = """"prior.resolute ~ prior.opportunist" = 0.9
"prior.opportunist ~ france.war_cost.resolute" = 0.9
"signal.commit.pinpoint ~ signal.ambiguous.pinpoint" = 0.9
"""


def test_pairs_that_cannot_hold_together_are_named_and_what_is_proposed_can_be_pasted(tmp_path: Path) -> None:
    shown = said(tmp_path, HEAD + CONTRADICTION)
    message, _, hint, *lines = shown.splitlines()
    named = "prior.resolute ~ prior.opportunist, prior.opportunist ~ france.war_cost.resolute"
    assert message == f"bad.toml:3:40: these rank correlations cannot hold together, all others being 0: {named}"
    assert hint.endswith("the nearest that can:")
    pasted = scenario(tmp_path, HEAD + "\n".join(lines))
    assert [pair[:2] for pair in pasted.correlation] == [
        ("prior.resolute", "prior.opportunist"),
        ("prior.resolute", "france.war_cost.resolute"),
        ("prior.opportunist", "france.war_cost.resolute"),
    ]
    assert [pair[2] for pair in pasted.correlation] == pytest.approx([0.728, 0.105, 0.728])


def test_pairs_of_two_files_that_cannot_hold_together_are_the_fault_of_the_child(tmp_path: Path) -> None:
    first, second, _ = CONTRADICTION.splitlines(keepends=True)
    written(tmp_path, HEAD + first, "parent.toml")
    shown = said(tmp_path, HEAD.replace("macron-2024", "parent.toml") + second)
    assert shown.startswith("bad.toml:3:50: these rank correlations cannot hold together")
    assert scenario(tmp_path, HEAD.replace("macron-2024", "parent.toml") + second.replace("0.9", "0.1")).correlation


NAMES = [parameter.name for parameter in PARAMETERS]


@given(st.dictionaries(st.text(max_size=12) | st.sampled_from(NAMES), st.floats() | st.integers(), max_size=4))
def test_whatever_the_table_holds_it_is_read_or_refused(table: dict[str, float]) -> None:
    from sim.crisis.parameters import all_parameters
    from sim.scenario.correlation import pairs_of, read_pairs
    from sim.scenario.file.documents import Document

    tree = {"correlation": {f"{key} ~ prior.resolute": value for key, value in table.items()}}
    pairs, faults = read_pairs(Document(Path("x.toml"), "", tree, {}), all_parameters())
    assert len(pairs) + len(faults) >= len({key.strip() for key in table})
    assert all(name in NAMES for one, other, _ in pairs_of(pairs) for name in (one, other))


def test_lines_to_be_pasted_follow_a_fault_without_a_place_too() -> None:
    assert str(Fault("f", "m", "hint", lines=("a = 1", "b\x1b = 2"))) == "f: m\n    hint\n    a = 1\n    b\ufffd = 2"


# --------------------------------------------------------------------------------------------- kept, fixed, and told


def test_a_saved_run_repeats_its_pairs_even_if_one_of_the_two_was_fixed(tmp_path: Path) -> None:
    tied = scenario(tmp_path, HEAD + TWO).override({"prior.resolute": 0.3})
    again = scenario(tmp_path, scenario_toml(tied, draws=64, seed=0), "again.toml")
    assert again.correlation == tied.correlation == READ
    assert run(again).doctrine == run(tied, 64, seed=0).doctrine
    assert not any("Drawn together" in note for note in run(again).notes)  # one of each two is certain
    assert (
        run(again).doctrine != run(replace(tied, correlation=()), 64, seed=0).doctrine
    )  # through france.war_cost.resolute


def test_the_command_counts_the_pairs_and_warns_of_those_that_change_nothing(tmp_path: Path) -> None:
    tied = scenario(tmp_path, HEAD + TWO)
    assert ", 36 uncertain, 2 pairs correlated, 19 rest" in all_is_fine(tied)
    assert ", 1 pair correlated, " in all_is_fine(replace(tied, correlation=READ[:1]))
    assert "correlated" not in all_is_fine(load_scenario("macron-2024"))
    assert pair_warnings(tied) == []
    fixed = '"france.humiliation ~ prior.resolute" = 0.3\n"france.humiliation ~ russia.humiliation_gain" = 0.3\n'
    done = CliRunner().invoke(main, ["check", str(written(tmp_path, HEAD + fixed))])
    assert done.exit_code == 0
    assert [line.partition("warning: ")[2] for line in done.stderr.splitlines() if "correlation" in line] == [
        "the correlation prior.resolute ~ france.humiliation changes nothing: france.humiliation is certain",
        "the correlation france.humiliation ~ russia.humiliation_gain changes nothing: "
        "france.humiliation and russia.humiliation_gain are certain",
    ]


def test_the_bundled_example_ties_what_rests_on_one_voice_and_changes_no_number() -> None:
    voice, central = load_scenario("one-voice"), load_scenario("macron-2024")
    assert voice.entries == central.entries
    assert len(voice.correlation) == 4
    for one, other, _ in voice.correlation:
        assert not voice.entries[one].distribution.certain
        assert not voice.entries[other].distribution.certain
