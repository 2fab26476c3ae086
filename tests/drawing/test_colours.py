"""Can the colours be told apart by whoever looks? Distances of the stances' colours with each kind of colour vision.

Colours as a protanope, a deuteranope and a tritanope see them: Machado, Oliveira and Fernandes (2009), "A
physiologically-based model for simulation of color vision deficiency", doi:10.1109/TVCG.2009.113, at full severity.

Deliberate break that turned a test red: bluish green as the fourth colour beside the three of the doctrines;
a grey for nature's branches as light as the receiver's purple.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.drawing.parts import COLOURS, colours
from sim.solve.figures.tree import MOVERS

VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
LEAST = 20.0
"""Distance in CIELAB that nobody overlooks; one is the least that can be seen at all."""


def linear(colour: str) -> NDArray[np.float64]:
    """Return the light of a colour of sRGB."""
    code = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)


def lab(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where light lies in CIELAB."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    share = to_xyz @ np.clip(light, 0, 1) / np.array([0.9505, 1.0, 1.089])
    x, y, z = np.where(share > 0.008856, np.cbrt(share), 7.787 * share + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


FOUR = ("rule_out", "quiet", "ambiguous", "commit")


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("names", [FOUR, ("silence", "hint", "promise", "tripwire")])
def test_four_stances_are_told_apart_with_any_colour_vision(vision: str, names: tuple[str, ...]) -> None:
    seen = [lab(VISION[vision] @ linear(each)) for each in colours(names).values()]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) > LEAST


@pytest.mark.parametrize("vision", [*VISION, "grey"])
def test_who_moves_in_a_tree_is_told_apart_with_any_colour_vision_and_in_grey(vision: str) -> None:
    light = {mover: linear(colour) for mover, colour in MOVERS.items()}
    grey = np.tile([0.2126, 0.7152, 0.0722], (3, 1))
    seen = [lab((grey if vision == "grey" else VISION[vision]) @ each) for each in light.values()]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) > LEAST


def test_large_letters_in_them_can_be_read_on_white() -> None:
    luminance = [np.array([0.2126, 0.7152, 0.0722]) @ linear(each) for each in colours(FOUR).values()]
    assert min(1.05 / (each + 0.05) for each in luminance) >= 3.0  # WCAG 2, large text


def test_a_doctrine_keeps_its_colour_and_others_take_what_is_left() -> None:
    assert {name: colour for name, colour in colours(FOUR).items() if name != "quiet"} == COLOURS
    assert colours(("quiet", "commit")) == {"quiet": "#0072B2", "commit": "#D55E00"}
    assert len(set(colours(tuple("abcde")).values())) == 5
    assert list(colours(tuple("abcdefg"))) == list("abcdefg")
