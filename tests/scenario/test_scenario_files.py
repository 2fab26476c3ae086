"""Does a file that cannot be read, or that leads astray, give one clear message and never a traceback?

Deliberate breaks that turned tests red: the check for links that lead out of the folder removed; RecursionError let
through; positions counted in bytes.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenario_texts import REGISTER, SMALL, written

from sim.scenario.file.documents import LARGEST_FILE
from sim.scenario.library import bundled, bundled_scenarios
from sim.scenario.scenario import ScenarioError, load_scenario
from sim.telling.faults import Fault


def said(path: str | Path) -> str:
    """Return everything that is said against a file, without its folder."""
    with pytest.raises(ScenarioError, match=r"\w") as caught:
        load_scenario(path, register=REGISTER)
    return str(caught.value).replace(f"{Path(path).parent}/", "")


def said_of(folder: Path, content: str | bytes) -> str:
    """Return everything that is said against a file with some content."""
    return said(written(folder, content))


NAMES = f"    bundled scenarios: {', '.join(bundled_scenarios())}"


@pytest.mark.parametrize("name", ["nowhere.toml", "x" * 300, "a\0b", "nowhere/x.toml", "\ud800"])
def test_a_file_that_is_not_there_is_met_with_the_names_of_those_that_are(name: str) -> None:
    shown = said(name)
    assert shown.encode()
    assert shown.endswith(NAMES) or "cannot be read: File name too long" in shown


def test_a_name_that_is_nearly_right_is_recognised(tmp_path: Path) -> None:
    assert said("macron2024") == "macron2024: there is no such file\n    did you mean 'macron-2024'?"
    (tmp_path / "my-crisis.toml").touch()  # nearer than any-crisis, which is bundled
    assert (
        said(tmp_path / "my-criss.toml") == "my-criss.toml: there is no such file\n    did you mean 'my-crisis.toml'?"
    )


def test_a_bundled_name_wins_over_the_folder_and_a_path_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "macron-2024").mkdir()
    written(tmp_path, SMALL, "macron-2024.toml")
    assert load_scenario("macron-2024").path == bundled("scenarios") / "macron-2024.toml"
    assert load_scenario("macron-2024.toml") == load_scenario(Path("macron-2024.toml"))
    assert load_scenario("macron-2024.toml").path == Path("macron-2024.toml")


def test_a_folder_is_no_scenario(tmp_path: Path) -> None:
    expected = f"{tmp_path.name}: this is a folder, not a file\n    name a .toml file in it"
    assert said(tmp_path) == expected


def test_a_device_is_no_scenario() -> None:
    assert said("/dev/null") == "null: this is not a regular file"


@pytest.mark.parametrize("content", ["", "  \n\n\t", "\ufeff"])
def test_an_empty_file_is_called_empty(tmp_path: Path, content: str) -> None:
    assert said_of(tmp_path, content) == "bad.toml: the file is empty\n    start from a copy of a bundled scenario"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xff\xfea\0", "bad.toml: the file must be UTF-8 text; it is UTF-16\n    save it as UTF-8"),
        (b"\x7fELF\0\0", "bad.toml: the file must be UTF-8 text; it is binary (byte 4 is 0)"),
        (
            b'# ok\ntitle = "caf\xc3\xa9 caf\xe9"\r\nseed = 7',
            "bad.toml:2:18: the file must be UTF-8 text; byte 23 is 0xe9\n"
            '    2 | title = "café caf\ufffd"\n'
            "      |                  ^  save it as UTF-8",
        ),
        (b"#" * (LARGEST_FILE + 1), f"bad.toml: the file must have at most {LARGEST_FILE} bytes; it has more"),
        (
            b"seed = 1\nx = " + b"9" * 5000,
            "bad.toml:2:5: a number has too many digits to be read\n    2 | x = " + "9" * 106 + "\n      |     ^",
        ),
        ("x = " + "[" * 5000 + "]" * 5000, "bad.toml: lists or tables are nested too deeply"),
        ("x = " + "{x = " * 5000 + "1" + "}" * 5000, "bad.toml: lists or tables are nested too deeply"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_toml_text_says_why(tmp_path: Path, content: bytes | str, expected: str) -> None:
    assert said_of(tmp_path, content) == expected


def test_a_whole_number_beyond_floating_point_is_out_of_size(tmp_path: Path) -> None:
    written(tmp_path, SMALL, "base.toml")
    first = said_of(tmp_path, f'extends = "base.toml"\nfrance.humiliation = 1{"0" * 400}').split("\n")[0]
    assert (
        first == "bad.toml:2:22: france.humiliation must be at most 1e+06 in size; it is a whole number of many digits"
    )


def test_a_misspelt_form_is_one_fault_and_not_also_a_missing_form(tmp_path: Path) -> None:
    written(tmp_path, SMALL, "base.toml")
    entry = '{pret = [1, 2, 3], assumption = "a", rationale = "r"}'
    shown = said_of(tmp_path, f'extends = "base.toml"\nfrance.humiliation = {entry}')
    assert shown.split("\n")[::2] == [
        "bad.toml:2:23: unknown key 'pret'",
        "      |                       ^^^^  did you mean 'pert'?",
    ]


@pytest.mark.parametrize(
    ("content", "place", "expected"),
    [
        ("seed = \n", "1:8", "not TOML: invalid value"),
        ("seed 7\n", "1:6", "not TOML: expected '=' after a key in a key/value pair"),
        ("seed = 7\nseed = 8\n", "2:9", "not TOML: cannot overwrite a value"),
        ("[france]\n[france]\n", "2:8", "not TOML: cannot declare ('france',) twice"),
        ("seed = 7 draws = 8\n", "1:10", "not TOML: expected newline or end of document after a statement"),
        ("x = [1, 2\n", "1:5", "not TOML: unclosed array"),
        ('x = "a\n', "1:7", "not TOML: a quote is missing"),
        ('x = "a', "1:7", "not TOML: a quote is missing"),
        ('x = "\x1b[31m"\n', "1:6", "not TOML: illegal character '\\x1b'"),
    ],
)
def test_a_syntax_fault_has_its_place(tmp_path: Path, content: str, place: str, expected: str) -> None:
    first, line, caret = said_of(tmp_path, content).split("\n")
    assert first == f"bad.toml:{place}: {expected}"
    number, column = map(int, place.split(":"))
    assert line == f"{number:>5} | {content.splitlines()[number - 1]}".replace("\x1b", "\ufffd")
    assert caret.index("^") == 8 + column - 1


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    text = ("\ufeff" + SMALL + "title = '''a\nb'''\n").replace("\n", "\r\n")
    scenario = load_scenario(written(tmp_path, text), register=REGISTER)
    assert scenario.title == "a\nb"
    faulty = "\ufeffsede = 7\r\n" + SMALL.replace("\n", "\r\n")
    assert said_of(tmp_path, faulty).startswith("bad.toml:1:1: unknown key 'sede'\n    1 | sede = 7\n      | ^^^^  did")


OUTSIDE = "name a bundled scenario, or a file in the same folder or below"


@pytest.mark.parametrize("name", ["../x.toml", "/etc/x.toml", "a/../../x.toml", "..\\x.toml", "C:\\x.toml", "\\0.toml"])
def test_a_file_cannot_extend_one_outside_its_folder(tmp_path: Path, name: str) -> None:
    name = name.replace("\\0", "\0")
    quoted = '"\\u0000.toml"' if "\0" in name else f"'{name}'"
    shown = said_of(tmp_path, f"extends = {quoted}")
    message = f"extends must name a file; {name!r} leads out of the folder of this one"
    carets = "^" * len(quoted)
    expected = f"bad.toml:1:11: {message}\n    1 | extends = {quoted}\n      |           {carets}  {OUTSIDE}"
    assert shown == expected


def test_a_link_cannot_lead_out_of_the_folder_either(tmp_path: Path) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    (folder / "link.toml").symlink_to(written(tmp_path, SMALL, "outer.toml"))
    shown = said_of(folder, 'extends = "link.toml"')
    assert "'link.toml' leads out of the folder of this one through a link" in shown


def test_links_in_a_circle_are_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.toml").symlink_to(tmp_path / "b.toml")
    (tmp_path / "b.toml").symlink_to(tmp_path / "a.toml")
    assert said_of(tmp_path, 'extends = "a.toml"').startswith("bad.toml:1:11: extends must name a file; 'a.toml' ")


def test_a_file_that_is_extended_and_missing_is_looked_for_nearby(tmp_path: Path) -> None:
    written(tmp_path, SMALL, "base.toml")
    shown = said_of(tmp_path, 'seed = 7\nextends = "bose.toml"')
    message = "extends must name a file; 'bose.toml' does not exist (did you mean 'base.toml'?)"
    assert shown.startswith(f'bad.toml:2:11: {message}\n    2 | extends = "bose.toml"\n      |           ^^^^^^^^^^^  ')


@pytest.mark.parametrize("size", [1, 2, 3])
def test_files_that_extend_each_other_in_a_loop_are_refused(tmp_path: Path, size: int) -> None:
    for number in range(size):
        written(tmp_path, f'extends = "f{(number + 1) % size}.toml"\n', f"f{number}.toml")
    loop = " extends ".join(f"f{number % size}" for number in range(size + 1))
    expected = (
        f'f{size - 1}.toml:1:11: extends must not lead back to a file that is read\n    1 | extends = "f0.toml"\n'
    )
    assert said(tmp_path / "f0.toml") == f"{expected}      |           ^^^^^^^^^  {loop}"


def test_faults_of_all_files_are_shown_the_child_first(tmp_path: Path) -> None:
    written(tmp_path, f"sede = 7\n{SMALL}", "base.toml")
    shown = said_of(tmp_path, 'drows = 3\nextends = "base.toml"\n[france]\nhumiliation = -1\n')
    places = [line.partition(" ")[0] for line in shown.split("\n") if ".toml:" in line]
    assert places == ["bad.toml:1:1:", "bad.toml:4:15:", "base.toml:1:1:"]


def test_a_chain_that_breaks_reports_no_missing_parameters(tmp_path: Path) -> None:
    written(tmp_path, "x = [", "base.toml")
    assert [line for line in said_of(tmp_path, 'extends = "base.toml"').split("\n") if "toml:" in line] == [
        "base.toml:1:5: not TOML: unclosed array"
    ]


def test_a_file_below_and_a_bundled_scenario_can_be_extended(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    written(tmp_path / "below", SMALL + 'extends = "macron-2024"', "base.toml")
    scenario = load_scenario(written(tmp_path, 'extends = "below/base.toml"'), register=None)
    assert scenario.medians()["prior.resolute"] == 0.25
    assert scenario.draws == load_scenario("macron-2024").draws


def test_the_caret_stands_under_wide_and_combining_characters_and_tabs() -> None:
    rendered = str(Fault("f", "m", "", 1, 6, "\t漢e\u0301 xyz", 3)).split("\n")
    assert rendered[2] == "      | \t     ^^^".replace("     ^^^", "    ^^^")


def test_a_long_line_is_shown_around_its_caret() -> None:
    source = "a" * 500 + "BAD" + "c" * 500
    _, line, caret = str(Fault("f", "m", "hint", 7, 501, source, 3)).split("\n")
    start = caret.index("^")
    assert line[start : start + 3] == "BAD"
    assert len(line) < 130
    assert caret.endswith("^^^  hint")


WORDS = '''""" [[ ]] nan 1e999 1979-05-27 true 0.3 extends seed prior.resolute signal commit france evidence'''
PIECES = st.sampled_from(
    [*WORDS.split(), *"[]{}=.,\"'#\n\t\\ \0\ufeff\u00e9-1", "'''", "rationale", "interval", "likelihood"]
)


def survives(folder: Path, content: bytes) -> None:
    """Load what may be nonsense: anything but a scenario or a well-formed error is a failure."""
    path = folder / "fuzz.toml"
    path.write_bytes(content)
    try:
        load_scenario(path, register=REGISTER)
    except ScenarioError as error:
        str(error).encode()
        if not error.faults or any(len(str(fault).split("\n")) > 3 for fault in error.faults):
            raise AssertionError(str(error)) from error


FUZZ = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)


@FUZZ
@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_text_breaks_the_reader(tmp_path: Path, text: str) -> None:
    survives(tmp_path, text.encode())


@FUZZ
@given(st.binary(max_size=60))
def test_no_bytes_break_the_reader(tmp_path: Path, content: bytes) -> None:
    survives(tmp_path, content)


SOUND = (bundled("scenarios") / "macron-2024.toml").read_text(encoding="utf-8")


@FUZZ
@given(st.lists(st.tuples(st.integers(0, len(SOUND)), st.integers(0, 12), PIECES), min_size=1, max_size=4))
def test_no_change_to_a_sound_file_breaks_the_reader(tmp_path: Path, changes: list[tuple[int, int, str]]) -> None:
    text = SOUND
    for start, length, piece in changes:
        text = text[:start] + piece + text[start + length :]
    survives(tmp_path, text.encode())


LEAF = (
    st.none().map(lambda _: "nan")
    | st.integers().map(str)
    | st.floats().map(str)
    | st.sampled_from(["true", '"x"', "[]"])
)
NESTED = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"))
KEYS = ["prior.resolute", "signal.commit", "france.humiliation.pert", "russia", "evidence", "draws", "title", "extends"]


@FUZZ
@given(st.dictionaries(st.sampled_from(KEYS), NESTED, min_size=1))
def test_no_value_of_a_known_key_breaks_the_reader(tmp_path: Path, values: dict[str, str]) -> None:
    survives(tmp_path, "".join(f"{key} = {value}\n" for key, value in values.items()).encode())
