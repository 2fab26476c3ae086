"""Is what is right on paper, and wrong in a scenario file, met with what to write instead?

Deliberate breaks that turned tests red: a percentage moved by one place instead of two; misspelt keys standing for no
parameter; the first `[` of the file taken for the list that is open.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from scenario_texts import REGISTER, SMALL, written

from sim.scenario.scenario import ScenarioError, load_scenario


def said(folder: Path, text: str) -> str:
    """Return everything that is said against a file, without its folder."""
    with pytest.raises(ScenarioError, match=r"\w") as caught:
        load_scenario(written(folder, text), register=REGISTER)
    return str(caught.value).replace(f"{folder}/", "")


UNCLOSED = "unclosed array"
ITEMS = "commas stand between the items of a list, and ] at its end"
QUOTE, QUOTES = "a quote is missing", 'text begins with " and ends with " on its line; """...""" holds several lines'
BRACES = "a table that opens with { ends with } on its line, and commas stand between its keys"
STRAIGHT = 'use straight quotes: " in place of “ and ”'


@pytest.mark.parametrize(
    ("content", "place", "message", "hint"),
    [
        ("x = [10 %, 60 %]", "1:9", "a number has no % sign", "for 10 % write 0.10"),
        ("x = 12.5%", "1:9", "a number has no % sign", "for 12.5 % write 0.125"),
        ("x = {y = 5 %}", "1:12", "a number has no % sign", "for 5 % write 0.05"),
        ("x = [12,5 %]", "1:11", "a number has no % sign", "write a share of one: for 10 % write 0.10"),
        ("x = [“called-a-bluff”]", "1:6", "curly quotes", STRAIGHT),
        ("“x” = 1", "1:1", "curly quotes", STRAIGHT),
        ('x = ["called-a-bluff”] # c\n', "1:27", "curly quotes", STRAIGHT),
        ("x = [0,05, 0,60]", "1:9", "a comma inside a number", "write decimals with a point: 0.05"),
        ("x = 0,5", "1:6", "a comma inside a number", "write decimals with a point: 0.5"),
        ("x = {y = 0,5}", "1:13", "a comma inside a number", "write decimals with a point: 0.5"),
        (
            "x = 65,536",
            "1:7",
            "a comma inside a number",
            "write 65536, or 65.536 if the comma is a decimal one",
        ),
        ('x = {y = a", z = "b"}', "1:10", QUOTE, QUOTES),
        ('x = {y = "a, z = "b"}', "1:19", QUOTE, QUOTES),
        ('x = {y = "a", z = "b}', "1:22", QUOTE, QUOTES),
        ('x = "a\ny = 1', "1:7", QUOTE, QUOTES),
        ('x = a"', "1:5", QUOTE, QUOTES),
        ('x = {y = "a" # "b"', "1:14", "unclosed inline table", BRACES),
        ("y = ']' # [\nx = [0.1, 0.6\n\nz = 1", "2:5", UNCLOSED, "a list ends with ]"),
        ("x = [0.1, 0.6,\nz = 1", "1:5", UNCLOSED, "a list ends with ]"),
        ("x = [[1], [0.1, 0.6\n[z]", "1:11", UNCLOSED, "a list ends with ]"),
        ("x = [", "1:5", UNCLOSED, "a list ends with ]"),
        ("x = [0.1 0.6]", "1:10", UNCLOSED, ITEMS),
        ('x = [\n  "a"\n  "b",\n]', "3:3", UNCLOSED, ITEMS),
    ],
)
def test_what_is_right_on_paper_and_not_in_toml_is_told_how_to_write_it(
    tmp_path: Path, content: str, place: str, message: str, hint: str
) -> None:
    first, _, caret = said(tmp_path, content).split("\n")
    assert first == f"bad.toml:{place}: not TOML: {message}"
    assert caret.split("^  ") == [" " * 6 + "| " + " " * (int(place.split(":")[1]) - 1), hint]


WORDS = """
draws = "many"
        ^^^^^^  write a whole number such as 1000
draws must be a whole number; it is 'many'

france.humiliation = "low"
                     ^^^^^  write a number such as 0.05
france.humiliation must be a number; it is 'low'

france.humiliation = "10 %"
                     ^^^^^^  for 10 % write 0.10
france.humiliation must be a number; it is '10 %'

prior.resolute = {interval = ["low", 0.6], assumption = "a", rationale = "r"}
                              ^^^^^  write a number such as 0.05
prior.resolute.interval[0] must be a number; it is 'low'

prior.resolute = {interval = "0.10 to 0.60", assumption = "a", rationale = "r"}
                             ^^^^^^^^^^^^^^  write [0.10, 0.60]
prior.resolute.interval must be a list in [ ]; it is '0.10 to 0.60'

prior.resolute = {interval = "10-60 %", assumption = "a", rationale = "r"}
                             ^^^^^^^^^  write [0.10, 0.60]
prior.resolute.interval must be a list in [ ]; it is '10-60 %'

prior.resolute = {interval = "0,1 to 0,6", assumption = "a", rationale = "r"}
                             ^^^^^^^^^^^^  write [low, high]
prior.resolute.interval must be a list in [ ]; it is '0,1 to 0,6'

prior.resolute = {pert = "1e-3, 1 and 5", assumption = "a", rationale = "r"}
                         ^^^^^^^^^^^^^^^  write [low, mode, high]
prior.resolute.pert must be a list in [ ]; it is '1e-3, 1 and 5'
"""


@pytest.mark.parametrize("case", WORDS.strip().split("\n\n"))
def test_words_in_place_of_numbers_are_told_which_numbers_to_write(tmp_path: Path, case: str) -> None:
    line, caret, message = case.split("\n")
    written(tmp_path, SMALL, "base.toml")
    column = len(caret) - len(caret.lstrip()) + 1
    expected = f"bad.toml:2:{column}: {message}\n    2 | {line}\n      | {caret}"
    assert said(tmp_path, f'extends = "base.toml"\n{line}\n') == expected


@pytest.mark.parametrize("name", ["signal.comit.pinpoint", "signal.commit.pinpont", "signl.comit.pinpont"])
def test_a_parameter_that_a_misspelt_key_stands_for_is_not_also_missing(tmp_path: Path, name: str) -> None:
    text = SMALL.replace("signal.commit.pinpoint", name)
    assert "missing" not in said(tmp_path, text)
    both = said(tmp_path, text.replace("prior.resolute = 0.25\n", ""))
    assert "bad.toml: a parameter is missing: prior.resolute\n" in both


def test_a_key_that_resembles_none_stands_for_no_parameter(tmp_path: Path) -> None:
    shown = said(tmp_path, SMALL.replace("signal.commit.pinpoint", "signal.zebra.pinpoint"))
    assert "a parameter is missing: signal.commit.pinpoint" in shown


@pytest.mark.parametrize(
    ("stated", "hints"),
    [
        ("{ hold = 4, stance = 'ambigous' }", ["write history = { held = 4,", "mean 'held'?", "mean 'ambiguous'?"]),
        ('{ held = "four" }', ["write history = { held = 4,"]),
        ('{ held = "4" }', ["write the number without quotes"]),
        ('{ held = 4, stance = "silent" }', ["must be 'ambiguous' or 'commit'; it is 'silent'"]),
        ("4", ["write history = { held = 4,"]),
    ],
)
def test_a_history_that_is_misspelt_is_answered_with_what_was_meant(
    tmp_path: Path, stated: str, hints: list[str]
) -> None:
    found = said(tmp_path, f"history = {stated}\n{SMALL}")
    assert [hint for hint in hints if hint not in found] == []


@pytest.mark.parametrize(
    ("stated", "faults"),
    [
        ('scale = "IPCC"\nconfidence = "hi"\nlikelihood = "likely"', ["scale 'IPCC'", "confidence 'hi'"]),
        ('confidence = "hi"\nlikelihood = "likly"', ["confidence 'hi'", "'likly' is not on the scale icd203"]),
        ('scale = "IPCC"\nlikelihood = "as likely as not"', ["scale 'IPCC'"]),
    ],
)
def test_all_that_is_wrong_with_a_likelihood_is_said_at_once(tmp_path: Path, stated: str, faults: list[str]) -> None:
    found = said(tmp_path, f'extends = "macron-2024"\n[prior.resolute]\n{stated}\nassumption = "a"\nrationale = "b"\n')
    assert [fault for fault in faults if fault not in found] == []
    assert found.count("bad.toml") == len(faults)
