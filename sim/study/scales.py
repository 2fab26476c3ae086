"""What do words of probability mean in numbers? Published scales, as data.

ICD 203: Office of the Director of National Intelligence (2015), Intelligence Community Directive 203.
PHIA: UK Professional Head of Intelligence Assessment (2025), probability yardstick.
Kent: Sherman Kent (1964), "Words of estimative probability", Studies in Intelligence.
IPCC: Mastrandrea et al. (2010), Guidance note on consistent treatment of uncertainties.
"""

from __future__ import annotations

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
}
"""Bands in percent by scale and words; ``/`` parts synonyms. Kent's are his centres plus and minus his spreads."""

DEFAULT_SCALE = "icd203"
"""Scale of a likelihood that names none."""

CONFIDENCE = {"low": 0.50, "medium": 0.66, "high": 0.90}
"""Share of readers' numbers that falls in the band: low for a journalist's own words, high for an official product that
prints its scale (Wintle et al. 2019 found 32 % in the ICD band unaided and 66 % with the numbers printed)."""

DEFAULT_CONFIDENCE = "low"
"""Confidence of a likelihood that states none."""

WITHOUT_BAND = ("can", "conceivable", "could", "may", "maybe", "might", "perhaps", "plausible", "possible", "possibly")
"""Words that say that something can happen and not how likely it is."""


def words(scale: str) -> tuple[str, ...]:
    """Return every word of a scale, synonyms apart, least likely first.

    Examples
    --------
    >>> words("kent")
    ('almost certainly not', 'probably not', 'about even', 'probable', 'almost certain')
    """
    return tuple(word for label in SCALES[scale] for word in label.split(" / "))


def band(scale: str, word: str) -> tuple[float, float] | None:
    """Return the band of a word as probabilities, or None if the scale lacks the word.

    Parameters
    ----------
    scale : str
        Key of `SCALES`.
    word : str
        A word of the scale, in any case and spacing; a whole ``a / b`` label will do.

    Examples
    --------
    >>> band("icd203", "Highly  Improbable"), band("icd203", "could")
    ((0.05, 0.2), None)
    """
    asked = " ".join(word.casefold().split())
    for label, (low, high) in SCALES[scale].items():
        if asked == label or asked in label.split(" / "):
            return low / 100, high / 100
    return None
