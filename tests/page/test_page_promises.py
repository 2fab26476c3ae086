"""Does the page keep its promises in a real browser? Alone on a disk, by any hand, in any light, for any reader.

Deliberate breaks that turned a test red: an image from another host in the template; `dangerous` text set as markup;
a slider without its label; a colour of text too near to the paper; arrow keys that always step; a slider wider than a
phone.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

Pages = Callable[..., Path]
Opened = Callable[..., Any]

CASE = "macron-2024"
GAME = "textbook/beer-quiche"
SLIDERS = "#few input[type=range]"
LARGEST = 3_000_000
SMALLEST_TARGET = 24  # pixels in either direction, as WCAG 2.2 asks of what is touched


def everything_used(page: Any) -> None:  # noqa: ANN401
    """Use every kind of control once."""
    page.locator("#guess-value").press("ArrowRight")
    page.click("#lock")
    page.locator(SLIDERS).first.press("ArrowRight")
    page.locator("#scenario").select_option(index=1)
    page.locator("input[name=doubt][value=outcome]").check()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.locator("#find").fill("strike")
    page.locator("#axis-y").select_option(index=3)
    page.locator("#at-x").press("ArrowRight")
    page.locator("#regimes .stage svg").click(position={"x": 300, "y": 120})
    for side in ("receiver", "sender"):
        page.click(f"#play-{side}")
        page.locator("#table [data-action]").first.click()
    page.click("#copy-toml")
    page.click("#reset-all")
    page.click("#theme")
    page.click("#present")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")


# ------------------------------------------------------------------------------------------------- alone on a disk


def test_it_asks_the_network_for_nothing_and_says_nothing_to_the_console(pages: Pages, seen: Opened) -> None:
    found = seen(pages(CASE))
    everything_used(found.page)
    found.settle()
    assert found.requests == [pages(CASE).as_uri()]
    assert found.said == []


@pytest.mark.parametrize("source", [CASE, GAME])
def test_it_is_small_enough_to_mail_and_names_no_other_host(pages: Pages, source: str) -> None:
    text = pages(source, whole=True).read_text(encoding="utf-8")
    assert len(text.encode()) < LARGEST
    head = text.partition('<script type="application/json"')[0]
    assert "://" not in head
    assert "default-src 'none'" in head


def test_the_first_picture_is_there_and_its_time_is_told_and_it_prints_on_a4(
    pages: Pages, seen: Opened, record_property: Callable[[str, object], None]
) -> None:
    found = seen(pages(CASE))
    first = found.page.evaluate("performance.getEntriesByType('paint').map(each => each.startTime)[0]")
    drawn = found.page.evaluate("Number(document.body.dataset.first)")
    record_property("milliseconds to the first paint and of the first solution", (first, drawn))
    assert found.page.locator("#ladder-figure svg .bar").count() > 3
    assert drawn > 0
    printed = found.page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    assert 3 <= printed.count(b"/Type /Page\n") <= 20
    assert b"595" in printed  # points: the width of A4


def test_what_a_scenario_says_is_text_and_never_markup(pages: Pages, seen: Opened, tmp_path: Path) -> None:
    dangerous = "</script><img src=x onerror=document.body.dataset.hacked=1>{{ 7*7 }}"
    file = tmp_path / "dangerous.toml"
    file.write_text(f'extends = "{CASE}"\nname = "dangerous"\ntitle = "{dangerous}"\ndescription = "{dangerous}"\n')
    page = seen(pages(str(file))).page
    assert page.locator("h1").text_content() == dangerous
    assert page.title() == dangerous
    assert page.locator("img").count() == 0
    assert page.evaluate("document.body.dataset.hacked") is None


# ---------------------------------------------------------------------------------------------------- by any hand


def value_of(page: Any, locator: str = SLIDERS) -> float:  # noqa: ANN401
    """Return where the first slider stands."""
    return float(page.locator(locator).first.input_value())


def box(page: Any, locator: str = SLIDERS) -> tuple[float, float, float, float]:  # noqa: ANN401
    """Return where an element is, in view."""
    element = page.locator(locator).first
    element.scroll_into_view_if_needed()
    place = element.bounding_box()
    return place["x"], place["y"], place["width"], place["height"]


def test_sliders_move_the_figure_by_mouse_touch_and_keys_and_reset(pages: Pages, seen: Opened) -> None:
    found = seen(pages(CASE), touch=True)
    page = found.page
    told = page.locator("#ladder-figure .finding")
    first, start = told.text_content(), value_of(page)
    x, y, width, height = box(page)
    page.mouse.move(x + width / 2, y + height / 2)
    page.mouse.down()
    page.mouse.move(x + width * 0.9, y + height / 2, steps=3)
    page.mouse.up()
    by_mouse = value_of(page)
    page.wait_for_timeout(100)
    assert by_mouse > start
    assert told.text_content() != first
    assert page.locator("#ladder-figure .ghost").count() > 0
    page.touchscreen.tap(x + width * 0.3, y + height / 2)
    by_touch = value_of(page)
    page.locator(SLIDERS).first.press("ArrowLeft")
    assert value_of(page) < by_touch < by_mouse
    page.locator("#few .reset").first.click()
    page.wait_for_timeout(100)
    assert value_of(page) == start
    assert told.text_content() == first


def test_the_ghost_of_a_row_of_keys_is_where_it_began(pages: Pages, seen: Opened) -> None:
    page = seen(pages(CASE)).page
    for _ in range(5):
        page.locator(SLIDERS).first.press("ArrowRight")
    page.wait_for_timeout(100)
    assert "28 (stay ambiguous) and 29 (commit)" in page.locator("#ladder-figure .before").text_content()


def test_everything_that_can_be_used_is_reached_by_the_tab_key_and_named(pages: Pages, seen: Opened) -> None:
    page = seen(pages(CASE)).page
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.wait_for_timeout(100)
    # One tab stop for a group of radio buttons, and none for what does not show.
    wanted = page.evaluate(
        "[...document.querySelectorAll('a, button, select, input, summary, textarea')].filter(each => "
        "each.checkVisibility() && !(each.type === 'radio' && !each.checked)).length"
    )
    reached = page.evaluate("""async () => {
        const found = new Set();
        document.addEventListener('focusin', event => found.add(event.target));
        window.found = found;
    }""")
    assert reached is None
    for _ in range(wanted + 60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body") and page.evaluate("window.found.size") > wanted:
            break
    missed = page.evaluate(
        "[...document.querySelectorAll('a, button, select, input, summary, textarea')].filter(each => "
        "each.checkVisibility() && !(each.type === 'radio' && !each.checked) && !window.found.has(each))"
        ".map(each => each.outerHTML.slice(0, 90))"
    )
    assert missed == []


def test_a_phone_shows_everything_within_its_width_and_under_a_thumb(pages: Pages, seen: Opened) -> None:
    page = seen(pages(CASE), size="phone", touch=True).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.evaluate(
        "least => [...document.querySelectorAll('button, select, input, nav a')].filter(each => "
        "each.checkVisibility() && each.type !== 'radio').map(each => [each.id || each.textContent, "
        "each.getBoundingClientRect()]).filter(([, at]) => at.height < least || at.width < least)",
        SMALLEST_TARGET,
    )
    assert small == []
    page.locator("#lock").tap()
    assert "You said 50" in page.locator(".answer").text_content()
    page.locator("#play-sender").tap()
    page.locator("#table [data-action]").first.tap()
    assert page.locator("#table").text_content()


def test_ten_crises_are_played_to_their_end_and_judged_on_either_side(pages: Pages, seen: Opened) -> None:
    page = seen(pages(CASE)).page
    for side in ("receiver", "sender"):
        page.locator(f"#play-{side}").press("Enter")
        assert page.locator("#table tbody tr").count() < 10
        for _ in range(40):
            action = page.locator("#table [data-action]").last
            if action.get_attribute("data-action") == "again":
                break
            action.press("Enter")
        told = page.locator("#table").text_content()
        assert "of 10 crises" in told
        assert page.locator("#table .implied").count() >= 1
        assert page.locator("#table .ask").text_content().startswith("For the room:")
        assert page.locator("#table tbody tr").count() == 10


# ------------------------------------------------------------------------------------------- for any reader, anywhere


@pytest.mark.parametrize("source", [CASE, GAME])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious(pages: Pages, seen: Opened, source: str, dark: bool) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    page = seen(pages(source), dark=dark).page
    if source == CASE:
        page.click("#lock")
        page.click("#play-receiver")
    page.evaluate(
        "document.querySelectorAll('details.reason, details.behind').forEach((each, i) => { each.open = !(i % 5) })"
    )
    page.evaluate(axe)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    serious = [
        (each["id"], [node["html"][:120] for node in each["nodes"]][:3])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_presentation_steps_by_arrow_keys_and_clicker_but_leaves_sliders_their_keys(pages: Pages, seen: Opened) -> None:
    page = seen(pages(CASE)).page
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.click("#present")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > size
    assert page.locator("#place").text_content().startswith("1 of ")
    page.keyboard.press("ArrowRight")
    assert page.locator("#place").text_content().startswith("2 of ")
    start = value_of(page)
    page.locator(SLIDERS).first.press("ArrowRight")
    assert value_of(page) > start
    assert page.locator("#place").text_content().startswith("2 of ")
    page.keyboard.press("PageDown")
    assert page.locator("#place").text_content().startswith("3 of ")
    assert page.locator("section:visible").count() == 1
    page.keyboard.press("ArrowLeft")
    assert page.locator("#place").text_content().startswith("2 of ")
    page.keyboard.press("Escape")
    assert page.locator("section:visible").count() > 3


@pytest.mark.parametrize("size", ["projector", "hall"])
def test_the_ladder_and_its_sliders_fit_on_one_slide(pages: Pages, seen: Opened, size: str) -> None:
    page = seen(pages(CASE), size=size).page
    page.click("#present")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(100)
    bottom = page.evaluate("document.querySelector('#ladder-figure svg').getBoundingClientRect().bottom")
    last = page.evaluate("[...document.querySelectorAll('#few .row')].pop().getBoundingClientRect().bottom")
    assert max(bottom, last) <= page.viewport_size["height"]


def test_every_figure_has_alternative_text_a_table_a_command_and_two_downloads_svg_and_csv(
    pages: Pages, seen: Opened
) -> None:
    page = seen(pages(CASE)).page
    page.evaluate("document.querySelectorAll('details.behind').forEach(each => { each.open = true })")
    page.wait_for_timeout(100)
    figures = page.evaluate(
        "[...document.querySelectorAll('figure')].map(each => [each.id, each.querySelector('svg').getAttribute("
        "'aria-label')?.length ?? 0, each.querySelectorAll('td').length, each.querySelector('code')?.textContent, "
        "each.querySelectorAll('.buttons button').length])"
    )
    assert len(figures) == 12
    wrong = [each for each in figures if each[1] < 40 or each[2] < 3 or not each[3].startswith("sim ") or each[4] != 2]
    assert wrong == []
    saved = []
    for number in (0, 1):
        with page.expect_download() as waiting:
            page.locator("#ladder-figure .buttons button").nth(number).click()
        saved.append((waiting.value.suggested_filename, Path(waiting.value.path()).read_text(encoding="utf-8")))
    (drawing, svg), (table, csv) = saved
    assert (drawing, table) == ("ladder-figure.svg", "ladder-figure.csv")
    assert svg.startswith("<svg")
    assert "26 of 100" in svg
    assert csv.splitlines()[1].startswith("Russia strikes,0,0.26")
