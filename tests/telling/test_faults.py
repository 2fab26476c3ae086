"""Is a fault shown so that a screen holds it, and the caret stays under its place?

Deliberate break: a hint that stays beside the caret turned it red.
"""

from __future__ import annotations

from sim.telling.faults import Fault


def test_on_a_screen_no_line_of_a_fault_is_wider_than_it_and_the_caret_stays_under_its_place() -> None:
    source = "prior.resolute = { interval = [0.2, 0.3], assumption = 'A long one, about many things', rationale = 1 }"
    column = source.index("rationale") + 1
    fault = Fault("own.toml", "it is wrong", "write something else in its place, " * 4, 3, column, source, width=9)
    for width in (40, 80, 200):
        said = fault.shown(width).splitlines()
        assert max(map(len, said)) <= width
        marks = next(line for line in said if "^" in line)
        assert said[1][marks.index("^") :].startswith("rationale")
        told = [line.removeprefix("      |").strip() for line in said[said.index(marks) :]]
        assert " ".join(" ".join(told).replace("^", "").split()) == " ".join(fault.hint.split())
    assert str(fault).splitlines()[2].endswith(fault.hint.strip())
