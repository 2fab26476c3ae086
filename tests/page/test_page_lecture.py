"""Can a lecture be held with the page? Before a room by keys alone, and by the thumb of a student.

Deliberate breaks that turned a test red: buttons of a slide that keep the arrow keys; rows that a search had hidden
shown again once a number moved; a guess that leaves room for the answer below it; type that does not shrink to fit.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Pages = Callable[..., Path]
Opened = Callable[..., Any]

CASE = "macron-2024"
SLIDERS = "#few input[type=range]"


def test_what_was_looked_for_stays_found_while_it_is_moved(pages: Pages, seen: Opened) -> None:
    page = seen(pages(CASE)).page
    page.locator("#more summary").first.click()
    page.locator("#find").fill("chance that allies back")
    for _ in range(3):
        page.locator("#all .row:visible input").first.press("ArrowRight")
    page.wait_for_timeout(100)
    assert page.locator("#all .row:visible").count() == 2
    assert page.locator("#all .row.moved:visible").count() == 1


@pytest.mark.parametrize("size", ["projector", "hall", "phone"])
def test_the_first_screen_does_not_give_the_answer_away_and_below_stances_are_named_though_bars_are_not_seen(
    pages: Pages, seen: Opened, size: str
) -> None:
    page = seen(pages(CASE), size=size).page
    assert page.locator("#ladder").bounding_box()["y"] > page.viewport_size["height"]
    names = page.locator("#ladder-figure svg text.column").all_text_contents()
    assert names == ["stay ambiguous", "commit", "France chooses"]


def test_a_phone_has_the_answer_in_view_once_the_guess_is_locked(pages: Pages, seen: Opened) -> None:
    page = seen(pages(CASE), size="phone", touch=True).page
    page.locator("#lock").tap()
    at = page.locator(".answer .big").bounding_box()
    assert 0 < at["y"] < at["y"] + at["height"] < page.viewport_size["height"]


def test_nobody_is_caught_on_a_button_or_a_slider_of_a_slide(pages: Pages, seen: Opened) -> None:
    page = seen(pages(CASE)).page
    page.click("#present")
    page.locator("#lock").press("Enter")
    assert page.locator(".answer .big").count() == 1
    page.keyboard.press("ArrowRight")
    assert page.locator("#place").text_content().startswith("2 of ")
    page.locator(SLIDERS).first.press("ArrowRight")
    page.keyboard.press("Escape")
    assert page.locator("#place").text_content().startswith("2 of ")
    page.keyboard.press("ArrowRight")
    assert page.locator("#place").text_content().startswith("3 of ")


def test_no_slide_with_a_figure_is_cut_off_below(pages: Pages, seen: Opened) -> None:
    page = seen(pages(CASE)).page
    page.click("#present")
    cut: dict[str, int] = {}
    for _ in range(14):
        page.keyboard.press("PageDown")
        figure = page.locator(".slide.current figure")
        if figure.count():
            below = page.evaluate("document.documentElement.scrollHeight - innerHeight")
            cut |= {figure.get_attribute("id"): below} if below > 0 else {}
    assert cut == {}
