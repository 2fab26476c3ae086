"""Does any scenario file end in a traceback, or in a run that cannot be read back? `fuzz_scenarios.py N SEED` asks."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

from fuzzing import NUMBERS, TEXTS, FoundError, ask, playground, run_as_program
from places import ROOT

import sim
from sim.beliefs.forms import ABOUT, FORMS_OF_KIND
from sim.crisis.parameters import PARAMETERS
from sim.scenario.game_file import GameFile, load
from sim.scenario.writing import scenario_toml
from sim.telling.faults import ScenarioError

WHOLE = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "scenarios").rglob("*.toml"))]
LENGTHS = {"value": 1} | {form: len(each.numbers) for form, each in ABOUT.items() if each.numbers}
WORDS = ("title", "description")
NAMES = ("mine", "my two", "été", "-", "a" * 70, "日本", "x.y", "\x7f", "new\nline")
_TOKEN = re.compile(r'"[^"\n]*"|[-+\w.]+|\S')


def fuzz(count: int, seed: int) -> Counter[str]:
    """Try files: some of bundled ones with something changed, some that extend one and state numbers of their own."""
    told: Counter[str] = Counter()
    for number in range(seed, seed + count):
        chance = random.Random(number)
        text = _own(chance) if chance.random() < 0.6 else _changed(chance)
        with playground() as place:
            file = place / f"{chance.choice(NAMES)}.toml"
            file.write_bytes(_damaged(chance, text) if chance.random() < 0.1 else text.encode(errors="replace"))
            try:
                told[_tried(file, whole=number % 10 == 0)] += 1
            except FoundError as found:
                raise FoundError(f"case {number}: {found}\n{text[-3000:]}") from found
    return told


def _tried(file: Path, *, whole: bool) -> str:
    """Read a file and write it as a run would, so that it can be read again; some go the whole way of a run."""
    if whole:
        return _run(file)
    try:
        scenario = load(str(file))
    except ScenarioError as error:
        if not str(error).strip():
            raise FoundError("it is refused without a word") from error
        return "refused"
    if isinstance(scenario, GameFile):
        return "a game"
    Path("again.toml").write_text(scenario_toml(scenario, draws=16, seed=scenario.seed), encoding="utf-8")
    again = sim.load_scenario("again.toml")
    if (again.sha256, again.name, again.seed) != (scenario.sha256, scenario.name, scenario.seed):
        raise FoundError("the scenario that was saved is another one")
    return "read again"


def _run(file: Path) -> str:
    """Run a file, and read what was saved."""
    done = ask("run", str(file), "--draws", "16", "--quiet", "--out", "here")
    if done.exit_code:
        if Path("here").exists() and done.exit_code == 2:
            raise FoundError("a refused file leaves a folder")
        return {1: "not solved", 2: "not run"}[done.exit_code]
    if sim.load_scenario("here/scenario.toml").sha256 != sim.load_result("here").sha256:
        raise FoundError("the scenario that was saved is another one")
    if ask("replay", "here", "--draw", "7").exit_code:
        raise FoundError("the run cannot be replayed")
    return "run"


def _own(chance: random.Random) -> str:
    """Return a file that states some parameters itself, often soundly."""
    lines = ['extends = "macron-2024"']
    for key in chance.sample(("title", "description", "seed", "encounters_per_year", "history", "draws"), 2):
        value = {"seed": str(2**63 - chance.randint(0, 2)), "history": "{ held = 3 }", "draws": "16"}.get(key)
        given = _quoted(chance.choice(TEXTS)) if key in WORDS else chance.choice(NUMBERS[2:4])
        lines.append(f"{key} = {value or given}")
    for parameter in chance.sample(PARAMETERS, chance.randint(1, 3)):
        top = parameter.high if parameter.high == 1 else chance.choice((3.0, 100.0, 1e6))
        stated = _stated(chance, chance.choice(FORMS_OF_KIND[parameter.kind]), top)
        reason = _quoted(chance.choice(TEXTS) if chance.random() < 0.05 else "so it is")
        lines += [f"[{parameter.name}]", stated, f"assumption = {reason}", f"rationale = {reason}"]
    if chance.random() < 0.3:
        pairs = [chance.sample(PARAMETERS, 2) for _ in range(chance.randint(1, 3))]
        lines += ["[correlation]", *(f'"{one.name} ~ {two.name}" = {chance.uniform(-1, 1):.2f}' for one, two in pairs)]
    return "\n".join(lines)


def _stated(chance: random.Random, form: str, top: float) -> str:
    """Return a form with numbers up to a largest, mostly in their order."""
    if form not in LENGTHS:
        return f'{form} = "{chance.choice(("likely", "very unlikely", "even chance"))}"'
    drawn = [round(chance.uniform(0, top), 4) for _ in range(LENGTHS[form])]
    rising = sorted(drawn) if chance.random() < 0.95 else drawn
    numbers = [str(each) if chance.random() < 0.97 else chance.choice(NUMBERS) for each in rising]
    return f"{form} = [{', '.join(numbers)}]" if numbers[1:] else f"{form} = {numbers[0]}"


def _quoted(text: str) -> str:
    """Return a text as TOML has it."""
    return '"' + "".join(f"\\u{ord(c):04x}" if c in '"\\\n\x7f' or c < " " else c for c in text) + '"'


def _changed(chance: random.Random) -> str:
    """Return a bundled file with lines moved and tokens replaced."""
    lines = chance.choice(WHOLE).split("\n")
    for _ in range(chance.choice((1, 1, 1, 2, 5, 20))):
        at = chance.randrange(len(lines))
        kind = chance.randrange(4)
        if kind == 0:
            del lines[at : at + chance.randint(1, 3)]
        elif kind == 1:
            lines.insert(at, chance.choice(lines or [""]))
        else:
            tokens = list(_TOKEN.finditer(lines[at]))
            token = chance.choice(tokens) if tokens else None
            new = chance.choice(
                (*NUMBERS, *map(_quoted, TEXTS), "[]", "{}", "true", "2024-01-01", "[[[1]]]", "=", "#", "")
            )
            start, end = token.span() if token else (0, 0)
            lines[at] = lines[at][:start] + new + lines[at][end:]
        lines = lines or [""]
    return "\n".join(lines)


def _damaged(chance: random.Random, text: str) -> bytes:
    """Return a text with some bytes changed."""
    content = bytearray(text.encode(errors="replace") or b" ")
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content[: chance.randint(0, len(content))] if chance.random() < 0.2 else content)


if __name__ == "__main__":
    run_as_program(fuzz)
