"""Is every mistake of a scenario file shown, all at once, where it is and with what would put it right?

Deliberate breaks that turned tests red: stopping at the first faulty parameter; a child's parameter merged into its
parent's instead of replacing it; `seed or 2024`, which loses seed 0; the caret one column to the left.
"""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from scenario_texts import REGISTER, SMALL, written

from sim.crisis.parameters import PARAMETERS
from sim.scenario.entries import ScenarioKeys
from sim.scenario.library import bundled_scenarios
from sim.scenario.scenario import DEFAULT_DRAWS, DEFAULT_SEED, Scenario, ScenarioError, load_scenario


def loaded(folder: Path, text: str, name: str = "good.toml") -> Scenario:
    """Load a file with the small register."""
    return load_scenario(written(folder, text, name), register=REGISTER)


def said(folder: Path, text: str | bytes, name: str = "bad.toml") -> str:
    """Return everything that is said against a file, without the folder."""
    with pytest.raises(ScenarioError, match=r"\w") as caught:
        load_scenario(written(folder, text, name), register=REGISTER)
    assert str(caught.value) == "\n".join(map(str, caught.value.faults))
    return str(caught.value).replace(f"{folder}/", "")


def test_a_bare_file_has_every_parameter_in_order_with_defaults_filled(tmp_path: Path) -> None:
    scenario = loaded(tmp_path, SMALL)
    assert list(scenario.entries) == list(scenario.medians()) == [parameter.name for parameter in PARAMETERS]
    for parameter in PARAMETERS:
        entry = scenario.entries[parameter.name]
        expected = (0.25, "") if parameter.default is None else (parameter.default, "default")
        assert (entry.distribution.median, entry.rationale) == expected
        assert (entry.evidence, entry.assumption, entry.distribution.certain) == ((), None, True)
    assert (scenario.name, scenario.title, scenario.description) == ("good", "good", "")
    assert (scenario.draws, scenario.seed) == (DEFAULT_DRAWS, DEFAULT_SEED)
    assert (scenario.worst_case, scenario.encounters_per_year) == ("type", 1.0)


def test_every_key_of_a_file_arrives(tmp_path: Path) -> None:
    head = 'name = "n-1"\ntitle = "T"\ndescription = "D"\ndraws = 16\nseed = 0\nworst_case = "outcome"\n'
    head += "encounters_per_year = 2\n"
    scenario = loaded(tmp_path, head + SMALL)
    values = (scenario.name, scenario.title, scenario.description, scenario.draws, scenario.seed)
    assert values == ("n-1", "T", "D", 16, 0)
    assert (scenario.worst_case, scenario.encounters_per_year) == ("outcome", 2.0)


def test_reasons_arrive_beside_the_distribution(tmp_path: Path) -> None:
    text = SMALL.replace("prior.resolute = 0.25\n", "") + (
        '[prior.resolute]\nlikelihood = "Unlikely"\nevidence = ["allies-rule-out", "far-from-front"]\nrationale = "r"\n'
    )
    entry = loaded(tmp_path, text).entries["prior.resolute"]
    assert (entry.evidence, entry.assumption, entry.rationale) == (("allies-rule-out", "far-from-front"), None, "r")
    assert entry.distribution.describe() == 'likelihood = "Unlikely"'


def test_the_manuals_example_is_rendered_to_the_letter(tmp_path: Path) -> None:
    assert said(tmp_path, f'title = "T"\n\n\n\nsede = 7\n{SMALL}') == (
        "bad.toml:5:1: unknown key 'sede'\n"
        "    5 | sede = 7\n"
        "      | ^^^^  did you mean 'seed'?"
    )  # fmt: skip


def said_of_child(folder: Path, lines: str) -> str:
    """Return everything that is said against lines that stand below an `extends` of a sound file."""
    written(folder, SMALL, "base.toml")
    return said(folder, f'extends = "base.toml"\n{lines}\n')


GROUP_NAMES = "belief, claims, correlation, escalation, france, names, prior, register, russia, signal, voice"

KEY_FAULTS = """
draws = 65536.0
        ^^^^^^^  write 65536
draws must be a whole number; it is 65536

draws = 15
        ^^
draws must be at least 16; it is 15

draws = 1073741825
        ^^^^^^^^^^
draws must be at most 1073741824; it is 1073741825

draws = true
        ^^^^
draws must be a whole number; it is true

seed = "7"
       ^^^  write the number without quotes
seed must be a whole number; it is '7'

seed = -1
       ^^
seed must be at least 0; it is -1

seed = 9223372036854775808
       ^^^^^^^^^^^^^^^^^^^
seed must be at most 9223372036854775807; it is 9223372036854775808

title = ""
        ^^
title must not be blank; it is ''

title = 7
        ^
title must be text in quotes; it is 7

name = "a/b"
       ^^^^^
name must be letters, digits and -, such as low-risk-2; it is 'a/b'

worst_case = "types"
             ^^^^^^^  did you mean 'type'?
worst_case must be 'type' or 'outcome'; it is 'types'

encounters_per_year = 0
                      ^
encounters_per_year must be above 0; it is 0

encounters_per_year = inf
                      ^^^
encounters_per_year must be finite; it is inf

encounters_per_year = 1979-05-27
                      ^^^^^^^^^^
encounters_per_year must be a number; it is a date or time

[zebra.x]
 ^^^^^  ALLOWED
unknown key 'zebra'

[[signal.comit]]
         ^^^^^  did you mean 'commit'?
unknown key 'comit' in signal

russia = {seed = 3}
          ^^^^  seed stands above the first [table]
unknown key 'seed' in russia

signal.rule_out.zebra = 0.1
                ^^^^^  allowed: stance_value, isolation, deployment, pinpoint, ally_backing, audience_cost, ambiguity
unknown key 'zebra' in signal.rule_out

russia.war_cost = 3
                  ^  it holds: cautious, opportunist
russia.war_cost must be a table; it is 3

"prior.resolute" = 0.1
^^^^^^^^^^^^^^^^  write prior.resolute without quotes
unknown key 'prior.resolute'
"""

NUMBER_FAULTS = """
france.humiliation = nan
                     ^^^
france.humiliation must be finite; it is nan

france.humiliation = 1e400
                     ^^^^^
france.humiliation must be finite; it is inf

france.humiliation = -1
                     ^^
france.humiliation must be at least 0; it is -1

france.humiliation = "1"
                     ^^^  write the number without quotes
france.humiliation must be a number; it is '1'

france.humiliation = true
                     ^^^^
france.humiliation must be a number; it is true

france.humiliation = [1]
                     ^^^
france.humiliation must be a number; it is a list

france.humiliation = 100000000000000000000
                     ^^^^^^^^^^^^^^^^^^^^^
france.humiliation must be at most 1e+06; it is 1e+20
"""


@pytest.mark.parametrize("case", (KEY_FAULTS + NUMBER_FAULTS).strip().split("\n\n"))
def test_a_wrong_key_or_number_is_shown_where_it_is(tmp_path: Path, case: str) -> None:
    line, caret, message = case.split("\n")
    column = len(caret) - len(caret.lstrip()) + 1
    caret = caret.replace("ALLOWED", f"allowed: {', '.join(ScenarioKeys.model_fields)}, {GROUP_NAMES}")
    expected = f"bad.toml:2:{column}: {message}\n    2 | {line}\n      | {caret}"
    assert said_of_child(tmp_path, line) == expected


def test_every_fault_of_a_file_is_reported_at_once_to_the_letter(tmp_path: Path) -> None:
    # The .txt is what a person sees for the .toml beside it; it was read line by line when it was written.
    here = Path(__file__).parent
    written(tmp_path, SMALL, "base.toml")
    shown = said(tmp_path, (here / "every_fault.toml").read_bytes())
    assert shown == (here / "every_fault.txt").read_text(encoding="utf-8").rstrip("\n")


def test_missing_parameters_are_named_together(tmp_path: Path) -> None:
    text = "\n".join(line for line in SMALL.splitlines() if not line.startswith("prior."))
    hint = '    extends = "name of a bundled scenario" takes what is not stated from there'
    assert said(tmp_path, text) == f"bad.toml: 2 parameters are missing: prior.resolute, prior.opportunist\n{hint}"
    one = f"bad.toml: a parameter is missing: prior.opportunist\n{hint}"
    assert said(tmp_path, f"prior.resolute = 0.5\n{text}") == one


def test_a_faulty_parameter_is_not_also_missing(tmp_path: Path) -> None:
    assert "missing" not in said(tmp_path, SMALL.replace("0.25", "true"))


def test_a_child_replaces_a_parameter_whole_and_takes_over_the_rest(tmp_path: Path) -> None:
    reasons = 'evidence = ["far-from-front"]\nrationale = "parent"\n'
    parent = f'name = "p"\ntitle = "P"\ndescription = "D"\nseed = 0\ndraws = 64\n{SMALL}' + (
        f"[france.humiliation]\ninterval = [1, 2]\nmass = 0.5\n{reasons}"
    )
    written(tmp_path, parent, "parent.toml")
    child = 'extends = "parent.toml"\ndraws = 32\n[france.humiliation]\npert = [1, 2, 3]\n'
    scenario = loaded(tmp_path, child + 'assumption = "child"\nrationale = "child"\n', "child.toml")
    entry = scenario.entries["france.humiliation"]
    assert (entry.distribution.describe(), entry.evidence) == ("pert = [1, 2, 3]", ())
    assert (entry.assumption, entry.rationale) == ("child", "child")
    assert (scenario.seed, scenario.draws) == (0, 32)
    assert (scenario.name, scenario.title, scenario.description) == ("child", "child", "")
    assert list(scenario.entries) == [parameter.name for parameter in PARAMETERS]


def test_the_fingerprint_follows_the_content_and_not_the_layout(tmp_path: Path) -> None:
    plain = loaded(tmp_path, f'title = "T"\n{SMALL}')
    lines = "\n\n".join(reversed(SMALL.splitlines()))
    assert loaded(tmp_path, f'# A comment.\n{lines}\ntitle = "T"').sha256 == plain.sha256
    written(tmp_path, SMALL, "base.toml")
    assert loaded(tmp_path, 'extends = "base.toml"\ntitle = "T"').sha256 == plain.sha256
    changed = [
        plain.override({"france.humiliation": 2}),
        replace(plain, encounters_per_year=7),
    ]
    assert len({each.sha256 for each in (plain, *changed)}) == 3
    assert len(plain.sha256) == 64
    assert loaded(tmp_path, f'title = "T"\nseed = 7\ndraws = 64\n{SMALL}').sha256 == plain.sha256


def test_a_scenario_survives_pickling(tmp_path: Path) -> None:
    scenario = loaded(tmp_path, SMALL)
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_an_error_survives_pickling_with_its_faults(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="sede") as caught:
        load_scenario(written(tmp_path, f"sede = 7\n{SMALL}"), register=REGISTER)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.faults, str(again)) == (caught.value.faults, str(caught.value))


def test_overriding_fixes_a_parameter_and_leaves_the_rest_and_the_original(tmp_path: Path) -> None:
    scenario = loaded(tmp_path, SMALL)
    changed = scenario.override({"france.humiliation": 2, "prior.resolute": 0})
    expected = scenario.medians() | {"france.humiliation": 2.0, "prior.resolute": 0.0}
    assert list(changed.medians().items()) == list(expected.items())
    assert changed.entries["prior.resolute"].rationale == "set by hand"
    assert scenario.medians()["prior.resolute"] == 0.25
    assert scenario.override({}) == scenario


def test_overriding_lists_every_unknown_name_and_value_out_of_bounds(tmp_path: Path) -> None:
    wrong = {"prior.resolut": 0.5, "france.war_cost": -3, "prior.resolute": 30, "prior.opportunist": float("nan")}
    with pytest.raises(ScenarioError, match="resolut") as caught:
        loaded(tmp_path, SMALL).override(wrong)
    assert str(caught.value) == (
        "prior.resolut=0.5: no parameter is named 'prior.resolut'\n"
        "    did you mean 'prior.resolute'?\n"
        "france.war_cost=-3: france.war_cost must be at least 0; it is -3\n"
        "prior.resolute=30: prior.resolute must lie in [0, 1]; it is 30\n"
        "    for 30 % write 0.3\n"
        "prior.opportunist=nan: prior.opportunist must lie in [0, 1]; it is nan"
    )


@pytest.mark.parametrize("name", bundled_scenarios())
def test_every_bundled_scenario_is_sound(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.name == name
    assert scenario.title != name
    assert {each.name for each in scenario.parameters} <= scenario.entries.keys()
