"""Do figures and sentences say what the comparison says? Marks, titles, labels to be read; pixels are for eyes.

Deliberate break that turned tests red: the ring drawn at the 95 % quantile.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from matplotlib import style
from matplotlib.axes import Axes
from some_robustness import bold, real, sure, tied
from some_solutions import faults, finished, svg

import sim
from sim.analyses.robustness.figures import figures
from sim.analyses.robustness.table import answer
from sim.analyses.robustness.words import flips_finding, plain, regret_finding, rules_told
from sim.crisis.parameters import STANCES
from sim.drawing.saving import files_of
from sim.telling.names import figure_speaker
from sim.telling.rendering import in_html

RESULTS: dict[str, Callable[[], sim.Robustness]] = {
    "payoff": lambda: real(),
    "strike": lambda: real("strike"),
    "war": lambda: real("war"),
    "bold": bold,
    "tied": tied,
    "sure": sure,
}


def at(axes: Axes) -> dict[str, float]:
    """Return where each mark stands."""
    return {str(line.get_label()): float(np.asarray(line.get_xdata())[0]) for line in axes.get_lines()}


def legible(axes: Axes, result: sim.Robustness) -> list[str]:
    """Return what cannot be read, besides the stamp, which is small on purpose."""
    return [fault for fault in faults(axes) if fault != f"small: {result.stamp()}"]


@pytest.mark.parametrize("name", RESULTS)
def test_the_marks_are_mean_and_quantile_and_the_largest_regret_is_ringed(name: str) -> None:
    result = RESULTS[name]()
    axes = sim.figures.robustness(result)
    for stance, each in result.regret[result.by].items():
        for mark in ("mean", "q95", "max"):
            assert at(axes)[f"{mark}:{stance}"] == each[mark]
    rings = [line for line in axes.get_lines() if str(line.get_label()).startswith("max:")]
    assert {line.get_markerfacecolor() for line in rings} == {"none"}
    assert axes.get_title(loc="left").replace("\n", " ") == regret_finding(result)


@pytest.mark.parametrize("name", RESULTS)
def test_all_that_is_written_on_the_strips_can_be_read(name: str) -> None:
    result = RESULTS[name]()
    with style.context(sim.figures.STYLE):
        assert legible(sim.figures.robustness(result, ax=finished()), result) == []


@pytest.mark.parametrize("name", ["payoff", "strike", "war", "bold"])
def test_all_that_is_written_on_the_flips_can_be_read(name: str) -> None:
    result = RESULTS[name]()
    with style.context(sim.figures.STYLE):
        axes = sim.figures.flips(result, ax=finished())
        assert legible(axes, result) == []
    assert axes.get_title(loc="left").replace("\n", " ") == figure_speaker({})(flips_finding(result))


def test_a_line_runs_over_the_leads_and_a_ring_marks_each_flip() -> None:
    axes, result = sim.figures.flips(bold()), bold()
    flipped = [each.flip.parameter for each in result.ranking.shifts if each.flip.shift is not None]
    lines = {str(line.get_label()): line for line in axes.get_lines()}
    assert flipped
    assert [name for name in lines if name.startswith("flip:")] == [f"flip:{name}" for name in flipped[:6]]
    first = result.ranking.shifts[0]
    drawn = np.sort(np.asarray(lines[f"lead:{first.flip.parameter}"].get_xdata())).tolist()
    assert drawn[0] == min((*first.flip.leads, first.flip.least_lead))
    assert drawn[1] == max((*first.flip.leads, result.ranking.lead))
    written = [text.get_text() for text in axes.texts]
    assert f"{plain(first.new_median or 0.0)}: {first.flip.overtaken_by} leads" in written


@pytest.mark.parametrize("result", [tied(), sure()], ids=["tied", "sure"])
def test_flips_without_shifts_are_refused_and_no_file_is_made(result: sim.Robustness) -> None:
    with pytest.raises(ValueError, match="result must have shifted beliefs; "):
        sim.figures.flips(result)
    assert sorted(files_of(figures(result), print)) == ["regrets.csv", "regrets.png", "regrets.svg"]


def test_drawing_in_given_axes_changes_no_other_figure_and_gives_the_same_bytes() -> None:
    def drawn() -> str:
        with style.context(sim.figures.STYLE):
            return svg(sim.figures.robustness(real(), ax=finished()))

    assert drawn() == drawn()


def test_the_files_hold_all_that_is_drawn() -> None:
    files = files_of(figures(real()), print)
    assert sorted(files) == [f"{name}.{end}" for name in ("flips", "regrets") for end in ("csv", "png", "svg")]
    rows = list(csv.DictReader(io.StringIO(files["regrets.csv"].decode())))
    assert len(rows) == 3 * 103
    table = {row["parameter"]: row for row in csv.DictReader(io.StringIO(files["flips.csv"].decode()))}
    for each in real().ranking.shifts:
        row = table[each.flip.parameter]
        assert (float(row["lead_down"]), float(row["lead_up"])) == each.flip.leads
        assert row["shift"] == ("" if each.flip.shift is None else repr(each.flip.shift))


# --------------------------------------------------------------------------------------------------------- sentences


def made(**changes: tuple[float, float, float]) -> sim.Robustness:
    """Return a comparison with best, mean and 95 % quantile of some stances made up."""
    figures = {
        stance: each | (dict(zip(("best", "mean", "q95"), changes[stance], strict=True)) if stance in changes else {})
        for stance, each in real().regret["france_payoff"].items()
    }
    return replace(real(), regret=real().regret | {"france_payoff": figures})


@pytest.mark.parametrize(
    ("stances", "finding"),
    [
        (
            {"rule_out": (0.2, 0.4, 1.0), "ambiguous": (0.55, 0.1, 2.0), "commit": (0.25, 0.5, 1.5)},
            "Ambiguity is best for France in 55 of 100 draws but regrets most when it is wrong: in 5 of 100 by 2.00 or "
            "more",
        ),
        (
            {"rule_out": (0.2, 0.4, 1.0), "ambiguous": (0.55, 0.1, 2.0), "commit": (0.25, 0.5, 2.5)},
            "Ambiguity is best for France in 55 of 100 draws and regrets least on average; in bad draws ruling out "
            "regrets less",
        ),
        (
            {"rule_out": (0.2, 0.05, 1.0), "ambiguous": (0.55, 0.1, 2.0), "commit": (0.25, 0.5, 2.5)},
            "Ambiguity is best for France in 55 of 100 draws, but ruling out regrets less on average",
        ),
        (
            {"rule_out": (0.1, 0.4, 2.0), "ambiguous": (0.9, 0.003, 0.0), "commit": (0.0, 0.5, 2.0)},
            "Ambiguity is best for France in 90 of 100 draws and regrets least: below 0.01 on average, up to 0 in 95 "
            "of 100",
        ),
        (
            {"rule_out": (0.0, 0.4, 2.0), "ambiguous": (1.0, 0.0, 0.0), "commit": (0.0, 0.5, 2.0)},
            "Ambiguity is best for France in all draws",
        ),
    ],
)
def test_the_title_is_the_finding(stances: dict[str, tuple[float, float, float]], finding: str) -> None:
    assert regret_finding(made(**stances)) == finding


def test_a_lead_within_its_error_is_no_finding() -> None:
    result = replace(real(), ranking=replace(real().ranking, told_apart=False, shifts=()))
    assert regret_finding(result).endswith("on average it is level with another stance as far as these draws can tell")
    assert flips_finding(result).endswith("cannot be told apart on average by these draws: no flips are sought")


def test_too_few_draws_are_said_to_be_too_few() -> None:
    result = sim.robustness(sim.load_scenario("macron-2024"), 64, 0)
    assert flips_finding(result) == "These draws are too few to tell of any flip: 100 must count in effect"


def test_stances_that_are_the_same_are_called_equally_good() -> None:
    assert regret_finding(tied()) == "Ambiguous and commit are equally good in every draw by casualties"


def test_the_paragraph_names_who_recommends_what_and_what_hangs_on_few_draws() -> None:
    rules = real().criteria
    assert rules_told(real()).startswith("Laplace: ambiguous; maximin: rule_out; maximin, trimmed: rule_out; Hurwicz")
    alike = {name: replace(each, recommends=("ambiguous",)) for name, each in rules.items()}
    agreed = rules_told(replace(real(), criteria=alike))
    assert agreed.endswith("minimax regret, trimmed: ambiguous. All rules agree.")
    rules = alike
    firm = {name: replace(each, firm=True) for name, each in rules.items()}
    others = firm | {"trimmed_maximin": replace(firm["maximin"], recommends=("rule_out",))}
    both = others | {"maximin": others["trimmed_maximin"]}
    shaken = both | {"hurwicz": replace(firm["hurwicz"], firm=False)}
    for criteria, end in (
        (both, "The rules disagree: which to follow is a choice of attitude, not of evidence."),
        (others, "The rules disagree, and maximin hangs on a few extreme draws: other draws may say otherwise."),
        (shaken, "The rules disagree, and Hurwicz hangs on a few extreme draws: other draws may say otherwise."),
    ):
        assert rules_told(replace(real(), criteria=criteria)).endswith(end)


def test_the_answer_has_a_table_a_question_and_escapes_its_text() -> None:
    told = answer(replace(real(), title="<b>"))
    assert len(told.tables) == 7
    assert len(answer(tied()).tables) == 6
    assert "&lt;b&gt;" in in_html(told)
    rules = next(panel for panel in told.tables if "rules" in panel.question)
    assert rules.rows[0][0] == "Laplace"
    assert (rules.rows[0][-1], rules.rows[2][-1]) == ("yes", "·")


def test_the_texts_for_the_blind_have_every_number_that_is_labelled() -> None:
    said = sim.figures.robustness_alt_text(real())
    for stance in STANCES:
        assert f"{'rule out' if stance == 'rule_out' else stance}: mean " in said
    assert "what the stance itself is worth (rule out): median −0.05 → " in sim.figures.flips_alt_text(real())


def test_numbers_of_any_size_are_short() -> None:
    assert [plain(x) for x in (0.0, -0.0, 3.0, -123456.0, 1e-9)] == ["0", "0", "3", "−120,000", "1e−09"]
