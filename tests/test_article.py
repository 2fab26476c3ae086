"""Does the article's scenario rest on the register, and does the worked example of the model page hold? Content only.

Files are read with tomllib and markdown tables by hand, so that nothing here depends on the loaders. Deliberate breaks
tried: citing a claim for a parameter that it does not list, and 0.013 to 0.031 in the example's table of France.
"""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.beliefs.forms import FORMS
from sim.beliefs.scales import SCALES, WITHOUT_BAND
from sim.crisis.parameters import PARAMETER_BY_NAME, PARAMETERS, RECEIVER_TYPES, SENDER_TYPES
from sim.crisis.payoffs import chances, crisis_game
from sim.games.certificate import certificate
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import Equilibria

TOP = Path(__file__).parents[1]
REGISTER = tomllib.loads((TOP / "seeds/article.toml").read_text(encoding="utf-8"))
SCENARIO = tomllib.loads((TOP / "scenarios/macron-2024.toml").read_text(encoding="utf-8"))
MODEL_PAGE = (TOP / "docs/model.md").read_text(encoding="utf-8")
CLAIMS: list[dict[str, Any]] = REGISTER["claim"]
CLAIM_BY_ID = {claim["id"]: claim for claim in CLAIMS}
DIRECTIONS = {"raises risk", "lowers risk", "cuts both ways", "neutral"}
SOURCES = {
    "journalist",
    "François Heisbourg",
    "Emmanuel Macron as reported",
    "Joe Biden as reported",
    "reported fact",
}
KEYS = {"id", "paragraph", "claim", "source", "direction", "parameters"}


def leaf(tree: dict[str, Any], name: str) -> Any:  # noqa: ANN401 - a TOML value
    for part in name.split("."):
        tree = tree[part]
    return tree


def entry(name: str) -> dict[str, Any]:
    found = leaf(SCENARIO, name)
    assert isinstance(found, dict)
    return found


# The register


def test_the_register_has_at_least_forty_claims_with_unique_kebab_case_ids() -> None:
    assert len(CLAIMS) >= 40
    assert len(CLAIM_BY_ID) == len(CLAIMS)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in CLAIM_BY_ID)


def test_every_paragraph_of_the_article_has_a_claim_and_they_come_in_order() -> None:
    paragraphs = [claim["paragraph"] for claim in CLAIMS]
    assert set(paragraphs) == set(range(1, REGISTER["article"]["paragraphs"] + 1)) == set(range(1, 16))
    assert all(earlier <= later for earlier, later in pairwise(paragraphs))


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: str(claim["id"]))
def test_a_claim_has_the_documented_keys_and_words(claim: dict[str, Any]) -> None:
    assert claim.keys() >= KEYS
    assert claim.keys() <= KEYS | {"wording", "note"}
    assert claim["direction"] in DIRECTIONS
    assert claim["source"] in SOURCES
    assert claim["parameters"] or claim.get("note")
    assert len(set(claim["parameters"])) == len(claim["parameters"])
    assert set(claim["parameters"]) <= PARAMETER_BY_NAME.keys()
    assert len(claim.get("wording", "").split()) <= 4  # single terms, no quotations


def test_claims_of_every_direction_are_there_and_at_least_eight_lower_the_risk() -> None:
    directions = [claim["direction"] for claim in CLAIMS]
    assert set(directions) == DIRECTIONS
    assert directions.count("lowers risk") >= 8


def test_every_documented_source_speaks() -> None:
    assert {claim["source"] for claim in CLAIMS} == SOURCES


# The article's scenario


def test_the_scenario_gives_every_parameter_of_the_model_and_no_other() -> None:
    tables = [(name, SCENARIO[name]) for name in ("prior", "signal", "france", "russia", "escalation")]
    found = set()
    while tables:
        name, table = tables.pop()
        if set(FORMS) & table.keys():
            found.add(name)
        else:
            tables += [(f"{name}.{key}", child) for key, child in table.items()]
    assert found == {parameter.name for parameter in PARAMETERS}


@pytest.mark.parametrize("name", [parameter.name for parameter in PARAMETERS])
def test_an_entry_has_one_form_one_footing_and_a_rationale(name: str) -> None:
    given = entry(name)
    assert len(set(FORMS) & given.keys()) == 1
    assert ("evidence" in given) != ("assumption" in given)
    assert given.keys() <= {*FORMS} | {"confidence", "evidence", "assumption", "rationale"}
    assert given["rationale"].strip()
    assert given.get("evidence", given.get("assumption"))


@pytest.mark.parametrize("name", [parameter.name for parameter in PARAMETERS])
def test_a_cited_claim_is_in_the_register_and_bears_on_the_parameter(name: str) -> None:
    for cited in entry(name).get("evidence", []):
        assert name in CLAIM_BY_ID[cited]["parameters"], cited


def test_most_claims_carry_a_number() -> None:
    cited = {claim for parameter in PARAMETERS for claim in entry(parameter.name).get("evidence", [])}
    assert len(cited) >= 36


# The pages


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("evidence.md", "Of the {count} numbers {assumed} rest on assumptions."),
        ("first-scenario.md", "fine: {count} parameters"),
        ("first-scenario.md", "of its {count} numbers are assumptions"),
        ("sweep.md", "two of {count} parameters"),
    ],
)
def test_the_pages_that_count_the_numbers_count_them_right(page: str, words: str) -> None:
    assumed = sum("assumption" in entry(parameter.name) for parameter in PARAMETERS)
    told = words.format(count=len(PARAMETERS), assumed=assumed)
    assert told in (TOP / "docs" / page).read_text(encoding="utf-8"), f"docs/{page} must say: {told}"


def test_the_scenario_readme_shows_every_form_and_names_every_scale_and_refused_word() -> None:
    readme = (TOP / "scenarios/README.md").read_text(encoding="utf-8")
    for form in FORMS:
        assert f"| `{form}` | `{form} = " in readme, f"the table of scenarios/README.md has no row of {form}"
    assert all(f'"{scale}"' in readme for scale in SCALES)
    refused = set(re.findall("[a-z]+", readme.split("**Refused words.**")[1].split(" say that ")[0].lower()))
    assert refused == {*WITHOUT_BAND, "and"}


@pytest.mark.parametrize("name", PARAMETER_BY_NAME)
def test_the_model_page_explains_the_parameter(name: str) -> None:
    assert f"| `{name}` |" in MODEL_PAGE


def test_the_scenario_readme_lists_every_scenario() -> None:
    listed = (TOP / "scenarios/README.md").read_text(encoding="utf-8")
    assert all(f"({path.name})" in listed for path in (TOP / "scenarios").glob("*.toml"))


def example() -> dict[str, float]:
    block = re.search(r"```toml\n(.*?)```", MODEL_PAGE, flags=re.DOTALL)
    assert block
    numbers = tomllib.loads(block[1])
    return {parameter.name: leaf(numbers, parameter.name) for parameter in PARAMETERS}


def numbers(heading: str) -> dict[str, list[float]]:
    """Read the table whose first cell is `heading`: numbers by row label; of a computation the result, no words."""
    body = MODEL_PAGE.split(f"| {heading} |")[1].split("\n\n")[0].splitlines()[2:]
    cells = [[cell.strip(" `") for cell in row.strip("|").split("|")] for row in body]
    plain = [[cell.split("=")[-1].split("(")[0].replace("−", "-").strip() for cell in row] for row in cells]
    return {row[0]: [float(cell) for cell in row[1:] if re.fullmatch(r"-?[\d.]+", cell)] for row in plain}


def test_the_example_has_the_chances_and_the_conduct_that_the_page_states() -> None:
    after = chances(example())
    np.testing.assert_allclose(after.hit, [0, 0.1, 0.5], rtol=1e-12)
    np.testing.assert_allclose(after.war[1:], 0.06, rtol=1e-12)
    assert after.stands[:, 1:].tolist() == [[False, False], [True, True]]


@pytest.mark.parametrize(("t", "name"), list(enumerate(SENDER_TYPES)))
def test_the_example_gives_france_the_payoffs_on_the_page(t: int, name: str) -> None:
    sender = crisis_game(example()).sender[t]
    np.testing.assert_allclose([sender[0, 0], *sender[1:].ravel()], numbers("France")[name], rtol=1e-12)


@pytest.mark.parametrize(("k", "name"), list(enumerate(RECEIVER_TYPES)))
def test_the_example_gives_russia_the_payoffs_on_the_page_with_and_without_its_doubt(k: int, name: str) -> None:
    for doubt, heading in ((0.0, "Russia, before its doubt"), (0.5, "Russia, with its doubt")):
        receiver = crisis_game(example() | {"signal.ambiguous.ambiguity": doubt}).receiver[k]  # (t, m, a)
        computed = [x for m in (1, 2) for x in (receiver[0, m, 0], *receiver[:, m, 1])]
        printed = numbers(heading)[name]
        np.testing.assert_allclose(computed[: len(printed)], printed, rtol=1e-12)


def test_the_break_even_beliefs_of_the_example_are_those_on_the_page() -> None:
    receiver = crisis_game(example()).receiver
    gain = receiver[..., 1] - receiver[..., 0]  # (k, t, m)
    belief = gain[:, 0] / (gain[:, 0] - gain[:, 1] + (gain[:, 0] == gain[:, 1]))  # (k, m); rule_out has no strike
    printed = numbers("break-even belief")
    assert np.all(gain[0, :, 1] < 0)
    np.testing.assert_allclose(belief[0, 2:], printed["cautious"], atol=5e-5)
    np.testing.assert_allclose(belief[1, 1:], printed["opportunist"], atol=5e-5)


def test_over_endings_nobody_in_the_example_strikes_after_ambiguous() -> None:
    receiver = crisis_game(example(), worst_case="outcome").receiver[:, :, 1]  # (k, t, a)
    assert np.all(receiver[..., 1] < receiver[..., 0])


@pytest.mark.parametrize(("m", "stance"), [(1, "ambiguous"), (2, "commit")])
def test_the_doctrines_of_the_example_have_the_ladder_on_the_page(m: int, stance: str) -> None:
    game, after, prior = crisis_game(example()), chances(example()), np.array([0.7, 0.3])
    gain = np.einsum("t,kt->k", prior, game.receiver[:, :, m, 1] - game.receiver[:, :, m, 0])
    strike = float(game.receiver_prior @ (gain > 0))
    hit = strike * after.hit[m]
    stood = hit * float(prior @ after.stands[:, m])
    war = stood * after.war[m]
    payoff = prior @ (game.sender[:, m] @ [1 - strike, strike])
    ladder = [strike, hit, stood, war, war * after.nuclear, hit - stood, hit * (1 - after.backing[m]), payoff]
    np.testing.assert_allclose(numbers("doctrine")[stance], ladder, rtol=1e-10)


def worked_equilibria() -> Equilibria:
    """Both equilibria of the page, from closed forms."""
    opportunist, cut = 0.25, 0.675 / 1.22
    mixing, tau = 0.3 / 0.7 * (1 - cut) / cut, 0.13 / 0.85 / opportunist
    pooled = np.array([[0, 1, 0], [0, 1, 0]])
    mixed = np.array([[0, 1 - mixing, mixing], [0, 0, 1]])
    strike = np.array([[[0, 0, 1], [0, 1, 1]], [[0, 0, 0], [0, 1, tau]]])  # (e, k, m)
    resolute = np.array([[0.3, 0.3, 0], [0.3, 0, cut]])  # (e, m)
    return Equilibria(
        game=np.array([0, 0]),
        family=np.array(["pooling", "semi_separating"]),
        strategy=np.stack([pooled, mixed]).astype(float),
        belief=np.stack([1 - resolute, resolute], axis=-1),
        response=np.stack([1 - strike, strike], axis=-1),
        sender_value=np.array([[0.07, 0.07825], [0.07, 0.2 - 0.435 * 0.13 / 0.85]]),
        degenerate=np.array([False, False]),
    )


def test_the_worked_equilibria_pass_the_certificate_and_are_the_ones_on_the_page() -> None:
    worked = worked_equilibria()
    gains = certificate(crisis_game(example()), worked)
    np.testing.assert_allclose([gains.sender_gain, gains.receiver_gain, gains.bayes_error], 0, atol=1e-12)
    for e, (family, printed) in enumerate(numbers("equilibrium").items()):
        assert family == worked.family[e]
        strike = np.array([0.75, 0.25]) @ worked.response[e, :, 1:, 1]
        values = worked.sender_value[e]
        computed = [*worked.strategy[e, :, 2], *strike, *values, values @ [0.7, 0.3]]
        np.testing.assert_allclose(printed, computed, atol=5.1e-5)


def test_the_solver_finds_the_two_worked_equilibria_and_no_other() -> None:
    found, worked = perfect_bayesian(crisis_game(example())), worked_equilibria()
    assert found.family.tolist() == worked.family.tolist()
    np.testing.assert_allclose(found.strategy, worked.strategy, atol=1e-12)
    np.testing.assert_allclose(found.sender_value, worked.sender_value, atol=1e-12)
