"""What do words of probability mean in numbers? Published scales, as data.

ICD 203: Office of the Director of National Intelligence (2015), Intelligence Community Directive 203.
PHIA: UK Professional Head of Intelligence Assessment (2025), probability yardstick.
Kent: Sherman Kent (1964), "Words of estimative probability", Studies in Intelligence.
IPCC: Mastrandrea et al. (2010), Guidance note on consistent treatment of uncertainties.
Readers: lower and upper quartile of what 46 readers of an open survey in 2015 would write for each phrase, in whole
percent (github.com/zonination/perceptions, probly.csv). "About even" is not among them: both its quartiles are 50.
"""

from __future__ import annotations

import re
from fractions import Fraction

# Bands in percent by scale and words; ``/`` parts synonyms. Kent's are his centres plus and minus his spreads.
SCALES: dict[str, dict[str, tuple[int, int]]] = {
    "icd203": {
        "almost no chance / remote": (1, 5),
        "very unlikely / highly improbable": (5, 20),
        "unlikely / improbable": (20, 45),
        "roughly even chance / roughly even odds / roughly even": (45, 55),
        "likely / probable": (55, 80),
        "very likely / highly probable": (80, 95),
        "almost certain / nearly certain": (95, 99),
    },
    "phia": {
        "remote chance": (0, 5),
        "highly unlikely": (10, 20),
        "unlikely": (25, 35),
        "realistic possibility": (40, 50),
        "likely / probable": (55, 75),
        "highly likely": (80, 90),
        "almost certain": (95, 100),
    },
    "kent": {
        "almost certainly not": (2, 12),
        "probably not": (20, 40),
        "about even": (40, 60),
        "probable": (63, 87),
        "almost certain": (87, 99),
    },
    "ipcc": {
        "exceptionally unlikely": (0, 1),
        "extremely unlikely": (0, 5),
        "very unlikely": (0, 10),
        "unlikely": (0, 33),
        "about as likely as not": (33, 66),
        "more likely than not": (50, 100),
        "likely": (66, 100),
        "very likely": (90, 100),
        "extremely likely": (95, 100),
        "virtually certain": (99, 100),
    },
    "readers": {
        "almost no chance": (1, 5),
        "highly unlikely": (5, 10),
        "chances are slight": (10, 15),
        "little chance": (10, 20),
        "improbable": (7, 28),
        "unlikely": (10, 29),
        "we doubt": (15, 33),
        "probably not": (20, 39),
        "better than even": (55, 60),
        "likely": (65, 75),
        "we believe": (60, 80),
        "probable": (65, 79),
        "probably": (65, 80),
        "very good chance": (75, 85),
        "highly likely": (84, 95),
        "almost certainly": (90, 98),
    },
}

DEFAULT_SCALE = "icd203"  # scale of a likelihood that names none

CONFIDENCE = {"low": 0.50, "medium": 0.66, "high": 0.90}
"""Share of readers' numbers that falls in the band: low for a journalist's own words, high for an official product that
prints its scale (Wintle et al. 2019 found 32 % in the ICD band unaided and 66 % with the numbers printed)."""

DEFAULT_CONFIDENCE = "low"  # confidence of a likelihood that states none

# Bands that share no more say different things: "about even" (40-60 %) is not "better than even" (55-60 %).
LEAST_IN_COMMON = Fraction(1, 4)

# Words that say that something can happen and not how likely it is.
WITHOUT_BAND = ("can", "conceivable", "could", "may", "maybe", "might", "perhaps", "plausible", "possible", "possibly")


def words(scale: str) -> tuple[str, ...]:
    """Return every word of a scale, synonyms apart, least likely first."""
    return tuple(word for label in SCALES[scale] for word in label.split(" / "))


def band(scale: str, word: str) -> tuple[float, float] | None:
    """Return the band of a word as probabilities, or None if the scale lacks the word."""
    if (label := label_of(scale, word)) is None:
        return None
    low, high = SCALES[scale][label]
    return low / 100, high / 100


def plain(word: str) -> str:
    """Return a word as scales have it: in small letters, with single spaces for what stands between its parts."""
    return " ".join(re.sub(r"[-_\u2010\u2011]", " ", word).casefold().split())


def label_of(scale: str, word: str) -> str | None:
    """Return the label under which a scale lists a word, such as "likely / probable", or None if it lacks the word."""
    asked = plain(word)
    return next((label for label in SCALES[scale] if asked == label or asked in label.split(" / ")), None)


def counterparts(word: str, scale: str, other: str) -> tuple[str, ...]:
    """Return the words of another scale that say what a word says on its own.

    The same word if the other scale has it: the word is what the source said. Otherwise those whose band overlaps most
    with the word's, as a share of what either covers, and by more than `LEAST_IN_COMMON`.
    """
    label = label_of(scale, word)
    for same in (plain(word), *(label.split(" / ") if label else ())):
        if label_of(other, same):
            return (same.split(" / ")[0],)
    if label is None:
        return ()
    shared = {each: _in_common(SCALES[scale][label], band) for each, band in SCALES[other].items()}
    most = max(shared.values())
    return tuple(each.split(" / ")[0] for each, share in shared.items() if share == most > LEAST_IN_COMMON)


def _in_common(one: tuple[int, int], other: tuple[int, int]) -> Fraction:
    """Return the overlap of two bands as a share of what either covers; exact, so that a tie is one."""
    overlap = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return Fraction(overlap, one[1] - one[0] + other[1] - other[0] - overlap)
