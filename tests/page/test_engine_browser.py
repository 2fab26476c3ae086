"""Does a real browser say the same? Elsewhere V8 from a package is held against Python; here Chromium is.

Deliberate break that turned it red: columns read with their bytes in the other order.
"""

from __future__ import annotations

import json
from typing import Any

from page_draws import by_python, gaps

from sim.page.draws import carried
from sim.page.script import engine_script
from sim.scenario.scenario import load_scenario

DRAWS = 128


def test_headless_chromium_agrees_with_python(browser: Any) -> None:  # noqa: ANN401 - Playwright may not be there
    scenario = load_scenario("misperceived")
    script = (
        f"{engine_script()}\nconst draws = engine.drawsOf({json.dumps(carried(scenario, DRAWS))});\n"
        "const solved = engine.solveDraws(draws, { equilibria: true });"
    )
    page = browser.new_page()
    page.add_script_tag(content=script)
    found = page.evaluate("({ doctrine: solved.doctrine, equilibrium: solved.equilibrium })")
    page.close()
    expected = by_python(scenario, DRAWS, "type")
    assert gaps({key: expected[key] for key in found}, found) == []
