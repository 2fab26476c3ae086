"""Do the four figures of findings show the run? Bars, dots and squares against its numbers.

Deliberate breaks that turned a test red: the strikes of the other reading; quantiles of the other stance; squares
rounded down, so that what happens has none.
"""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.colors import to_rgba
from some_results import made, real
from some_scenarios import certain
from some_solutions import faults, finished

import sim
from sim.drawing.parts import RULE
from sim.montecarlo.beside import EXPOSURES
from sim.montecarlo.told.findings import figures
from sim.montecarlo.told.of_findings import quantiles

FIGURES = ("promise", "exposure", "icons", "dots")


def lines(axes: Axes) -> dict[str, np.ndarray]:
    """Return where the marks of each line stand."""
    return {str(line.get_label()): np.asarray(line.get_xdata()) for line in axes.get_lines()}


def test_a_promise_is_drawn_imposed_and_chosen() -> None:
    result, axes = real(), sim.figures.promise(real())
    bars = {str(bar.get_label()): bar[0].get_width() for bar in axes.containers}
    assert bars == {
        "imposed": result.doctrine["commit"]["strike"]["mean"],
        "imposed where chosen": result.equilibrium["imposed_where_sent"]["commit"],
        "chosen": result.equilibrium["by_signal"]["commit"]["strike"],
    }
    title = axes.get_title(loc="left").replace("\n", " ")
    assert title == "Russia strikes in 28 of 100 crises if commit is imposed on France, in 11 if it chose it"


def test_exposure_is_drawn_in_both_readings() -> None:
    result, axes = real(), sim.figures.exposure(real())
    for stance in result.struck:
        expected = [by[kind][stance]["strike"]["mean"] for kind in EXPOSURES for by in result.readings.values()]
        assert lines(axes)[stance].tolist() == expected
    assert "equally exposed Russia strikes in 29 and 28 of 100" in axes.get_title(loc="left").replace("\n", " ")


@pytest.mark.parametrize(
    ("means", "squares", "full"),
    [
        ((0.02, 0.11), 100, (2, 11)),
        ((0.0049, 0.002), 1000, (5, 2)),
        ((0.2, 0.0001), 100, (20, 1)),
        ((0.3, 0), 100, (30, 0)),
    ],
)
def test_of_so_many_squares_as_many_are_full_as_crises_get_so_far(
    means: tuple[float, float], squares: int, full: tuple[int, int]
) -> None:
    axes = sim.figures.icons(made(ambiguous={"casualties": means[0]}, commit={"casualties": means[1]}))
    squared = [each for each in axes.collections if isinstance(each, PatchCollection)]
    arrays = [each for each in squared if not str(each.get_label()).startswith("_")]  # without what stands first
    assert [str(each.get_label()) for each in arrays] == ["ambiguous", "commit"]
    empty = np.array(to_rgba(RULE))
    drawn = [np.asarray(each.get_facecolor()) for each in arrays]
    assert {len(each) for each in drawn} == {squares}
    assert tuple(int((~np.isclose(each, empty).all(axis=1)).sum()) for each in drawn) == full


def test_what_is_too_rare_for_squares_is_refused_with_the_reason() -> None:
    with pytest.raises(ValueError, match=r"must come in 2 of 1,000 crises .* squares; it comes in 1 in"):
        sim.figures.icons(made(ambiguous={"war": 1e-5}), "war")


def test_fifty_dots_a_stance_stand_at_the_quantiles() -> None:
    result, axes = real(), sim.figures.dots(real())
    for stance in result.struck:
        drawn = quantiles(result, stance, "strike", 50)
        assert len(lines(axes)[stance]) == len(drawn) == 50
        edges = np.asarray(result.histograms["edges"])
        for number, name in ((2, "q05"), (12, "q25"), (25, "q50"), (37, "q75")):
            bin_of = [
                int(np.searchsorted(edges, value)) for value in (drawn[number], result.doctrine[stance]["strike"][name])
            ]
            assert abs(bin_of[0] - bin_of[1]) <= 1
        assert np.diff(drawn).min() >= 0
        assert (np.array(drawn) == 0).mean() == pytest.approx(result.histograms[stance]["strike"][0], abs=0.02)


@pytest.mark.parametrize("name", FIGURES)
def test_all_can_be_read_and_the_text_for_the_blind_begins_with_the_title(name: str) -> None:
    with style.context(sim.figures.STYLE):
        axes = getattr(sim.figures, name)(real(), ax=finished())
        assert [fault for fault in faults(axes) if "seed" not in fault] == []
    title = axes.get_title(loc="left").replace("\n", " ")
    assert getattr(sim.figures, f"{name}_alt_text")(real()).startswith(f"{title}. ")


def test_without_a_target_there_is_none_of_them_and_with_one_no_comparison() -> None:
    assert figures(sim.run(certain(ambiguous=0, commit=0), 64)) == []
    alone = sim.run(certain(ambiguous=0), 64)
    assert "exposure" not in [figure.name for figure in figures(alone)]
    with pytest.raises(ValueError, match="result must have two stances with a target to be compared; it has 1"):
        sim.figures.exposure(alone)
    with pytest.raises(ValueError, match=r"outcome must be one of strike, .*; it is 'peace'"):
        sim.figures.dots(real(), "peace")
