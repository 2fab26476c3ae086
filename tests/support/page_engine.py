"""How do tests run the page's engine? In V8, from a package: no browser, no Node."""

from __future__ import annotations

import atexit
import json
from functools import cache
from typing import Any

from py_mini_racer import MiniRacer

from sim.page.script import engine_script


@cache
def engine() -> MiniRacer:
    """Return the engine, loaded once."""
    racer = MiniRacer()
    atexit.register(racer.close)  # left to the interpreter's end, its threads can wait for each other for ever
    racer.eval(engine_script())
    return racer


def called(function: str, *arguments: object) -> Any:  # noqa: ANN401 - JSON
    """Return what a function of the engine says."""
    return evaluated(f"engine.{function}({', '.join(json.dumps(each) for each in arguments)})")


def evaluated(expression: str) -> Any:  # noqa: ANN401 - JSON
    """Return the value of an expression, as JSON has it."""
    return json.loads(str(engine().eval(f"JSON.stringify({expression})")))


def keep(name: str, expression: str) -> None:
    """Keep the value of an expression in the engine under a name."""
    engine().eval(f"globalThis.{name} = {expression}; undefined")
