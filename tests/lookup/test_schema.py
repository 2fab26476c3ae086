"""Do editors that know TOML take our files with the schema, and mark what is wrong in others?

Taplo and Tombi check files by the schema that the line on top of each names; Tombi is asked as a language server too.
Deliberate breaks that turned a test red: a form left out of a kind; a number that takes other keys; a key of the
reader that is not in the schema; two forms allowed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from language_server import opened
from places import ROOT
from scenario_texts import PLAYERS

from sim.cli import main
from sim.crisis.parameters import PARAMETERS
from sim.lookup.schema import game_schema, scenario_schema
from sim.scenario.entries import ScenarioKeys
from sim.scenario.file.checking import TOP_KEYS
from sim.scenario.library import bundled_games, bundled_scenarios
from sim.scenario.scenario import load_scenario
from sim.telling.faults import ScenarioError

FILE = "scenario.schema.json"
CHECKERS = {"taplo": ("check",), "tombi": ("lint", "--offline")}

SOUND = f"""
extends = "macron-2024"
title = "Sound"
draws = 64
history = {{ held = 2, stance = "ambiguous" }}
prior.opportunist = 0.3
{PLAYERS}[claims.press-club]
claim = "Said."
source = "Somebody"
[prior.resolute]
likelihood = "unlikely"
scale = "icd203"
confidence = "low"
evidence = ["press-club"]
rationale = "R"
[united_states.war_cost]
lognormal = [10.0, 2.0]
assumption = "A"
rationale = "R"
[china.failed_strike_cost]
normal = [0.1, 0.2]
assumption = "A"
rationale = "R"
[signal.commit]
deployment = 1
pinpoint = {{ pert = [0.0, 0.1, 0.5], assumption = "A", rationale = "R" }}
[correlation]
"signal.ambiguous.pinpoint ~ signal.commit.pinpoint" = 0.5
[voice.author]
at = 1.0
"prior.opportunist" = 0.5
"""

FOOTING = 'assumption = "A", rationale = "R"'
WRONG = {
    "an unknown key": "sede = 7",
    "text for a number": 'draws = "many"',
    "a probability above 1": "prior.resolute = 1.5",
    "a cost below 0": "france.humiliation = -1",
    "a misspelt number": "signal.commit.pinpiont = 0.3",
    "three ends": f"prior.resolute = {{ interval = [0.1, 0.2, 0.3], {FOOTING} }}",
    "two forms": f"prior.resolute = {{ interval = [0.1, 0.2], value = 0.1, {FOOTING} }}",
    "no rationale": 'prior.resolute = { interval = [0.1, 0.2], assumption = "A" }',
    "no footing": 'prior.resolute = { interval = [0.1, 0.2], rationale = "R" }',
    "two footings": f'prior.resolute = {{ interval = [0.1, 0.2], evidence = ["bluff-may-be-seen"], {FOOTING} }}',
    "a form of another kind": f'france.training_value = {{ likelihood = "likely", {FOOTING} }}',
    "an unknown scale": f'prior.resolute = {{ likelihood = "likely", scale = "icd", {FOOTING} }}',
    "a pair too close": 'correlation = { "prior.resolute ~ prior.opportunist" = 1.5 }',
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the schema, as the command writes it."""
    place = tmp_path_factory.mktemp("schema")
    done = call("schema", "--out", str(place / FILE))
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"#:schema ./{FILE}" in done.stderr
    return place


def call(*words: str) -> Result:
    """Call the program."""
    return CliRunner().invoke(main, words)


def verdict(checker: str, file: Path) -> tuple[bool, str]:
    """Return whether a checker takes a file, and what it says."""
    command = [str(Path(sys.executable).with_name(checker)), *CHECKERS[checker], str(file)]
    done = subprocess.run(command, cwd=file.parent, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def with_schema(folder: Path, name: str, text: str) -> Path:
    """Return a file with the line on top that names the schema."""
    file = folder / f"{re.sub('[^a-z0-9]+', '-', name)}.toml"
    file.write_text(f"#:schema ./{FILE}\n{text}", encoding="utf-8")
    return file


@pytest.mark.parametrize("checker", CHECKERS)
def test_every_bundled_scenario_is_taken(folder: Path, checker: str) -> None:
    for name, path in bundled_scenarios().items():
        taken, said = verdict(checker, with_schema(folder, name, path.read_text(encoding="utf-8")))
        assert taken, f"{name}: {said}"
        assert "does not allow" not in said


@pytest.mark.parametrize("checker", CHECKERS)
def test_a_file_with_all_that_may_stand_in_one_is_taken_as_the_reader_takes_it(folder: Path, checker: str) -> None:
    file = with_schema(folder, "sound", SOUND)
    assert load_scenario(file).title == "Sound"
    assert verdict(checker, file) == (True, verdict(checker, file)[1])


@pytest.mark.parametrize("checker", CHECKERS)
@pytest.mark.parametrize("what", WRONG)
def test_what_the_reader_refuses_is_marked(folder: Path, what: str, checker: str) -> None:
    file = with_schema(folder, what, f'extends = "macron-2024"\n{WRONG[what]}\n')
    refused(checker, file)


@pytest.mark.parametrize("checker", CHECKERS)
def test_a_file_that_extends_none_and_lacks_numbers_is_marked(folder: Path, checker: str) -> None:
    refused(checker, with_schema(folder, "alone", 'title = "Alone"\n[prior]\nresolute = 0.5\n'))


def refused(checker: str, file: Path) -> None:
    """Check that the reader refuses a file, and a checker marks it."""
    with pytest.raises(ScenarioError, match=re.escape(file.name)):
        load_scenario(file)
    taken, said = verdict(checker, file)
    assert not taken
    assert file.name in said


@pytest.mark.parametrize("checker", CHECKERS)
def test_games_have_a_schema_of_their_own(tmp_path: Path, checker: str) -> None:
    (tmp_path / FILE).write_text(call("schema", "--game").stdout, encoding="utf-8")
    for name, path in bundled_games().items():
        taken, said = verdict(checker, with_schema(tmp_path, name, path.read_text(encoding="utf-8")))
        assert taken, f"{name}: {said}"
    text = bundled_games()["textbook/spence"].read_text(encoding="utf-8")
    assert not verdict(checker, with_schema(tmp_path, "wrong", text.replace("prior = ", "priors = ")))[0]


def test_an_editor_explains_a_number_and_offers_those_that_are_not_yet_stated(folder: Path) -> None:
    text = 'extends = "macron-2024"\n[signal.commit]\npinpoint = 0.3\n\n'
    file = with_schema(folder, "edited", text)
    document = {"uri": file.as_uri()}
    command = [str(Path(sys.executable).with_name("tombi")), "lsp", "--offline"]
    with opened(command, folder) as server:
        whole = file.read_text(encoding="utf-8")
        server.tell("textDocument/didOpen", textDocument=document | {"languageId": "toml", "version": 1, "text": whole})
        at = {"line": 3, "character": 3}
        for _ in range(100):  # a server that has not read the schema yet has nothing to say
            if said := server.ask("textDocument/hover", textDocument=document, position=at):
                break
            time.sleep(0.1)
        found = server.ask("textDocument/completion", textDocument=document, position={"line": 4, "character": 0})
    assert "chance that a strike finds them (λ)" in said["contents"]["value"]
    offered = {item["label"] for item in (found if isinstance(found, list) else found["items"])}
    numbers = {each.name.rpartition(".")[2] for each in PARAMETERS if each.name.startswith("signal.commit.")}
    assert offered == numbers - {"pinpoint"}


def test_the_schema_has_every_key_and_number_of_the_reader() -> None:
    schema = scenario_schema()
    assert {*ScenarioKeys.model_fields, *TOP_KEYS} <= schema["properties"].keys()
    for parameter in PARAMETERS:
        at = schema
        for part in parameter.name.split("."):
            at = schema["definitions"]["stance"] if "$ref" in at else at
            at = next((each for each in at.get("anyOf", ()) if "properties" in each), at)
            at = at["properties"][part]
        assert parameter.symbol in at["description"]
        assert at["allOf"] == [{"$ref": f"#/definitions/{parameter.kind}_number"}]


def test_every_reference_leads_somewhere_and_every_key_at_the_top_is_explained() -> None:
    schema = scenario_schema()
    named = set(re.findall(r'"#/definitions/(\w+)"', json.dumps(schema)))
    assert named == schema["definitions"].keys()
    assert all(len(each["description"]) > 10 for each in schema["properties"].values() if "properties" not in each)
    assert json.loads(call("schema").stdout) == schema
    assert json.loads(call("schema", "--game").stdout) == game_schema()


def test_a_schema_is_overwritten_only_by_force(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_text("precious", encoding="utf-8")
    assert call("schema", "--out", str(file)).exit_code == 2
    assert file.read_text(encoding="utf-8") == "precious"
    assert call("schema", "--out", str(file), "--force").exit_code == 0


def test_the_manual_says_which_line_goes_on_top() -> None:
    text = (ROOT / "scenarios" / "README.md").read_text(encoding="utf-8")
    assert f"sim schema --out {FILE}" in text
    assert f"#:schema ./{FILE}" in text


def test_a_new_file_has_the_line_where_the_schema_lies_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    call("new", "first")
    call("schema", "--out", FILE)
    call("new", "second")
    assert not (tmp_path / "first.toml").read_text(encoding="utf-8").startswith("#:schema")
    assert (tmp_path / "second.toml").read_text(encoding="utf-8").startswith(f"#:schema ./{FILE}\n")
    for checker in CHECKERS:
        assert verdict(checker, tmp_path / "second.toml")[0]
