"""Who plays, in the scenario's own words? Our sentences are in those of the reference case, and translated here.

A scenario about other states says so in its table `[names]`, which `sim/scenario/naming.py` checks. Every sentence of
ours uses a closed vocabulary. A finished text is translated in one pass, whole words, the longest phrase first; what a
user or a source wrote is among the phrases and stands for itself, as do dotted names, options and commands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

Naming = Mapping[str, Any]
"""The table `[names]` as a scenario states it, under "listed" its stances, under "quoted" texts that are its own."""

Speaker = Callable[[str], str]
"""Turns a text of ours into the scenario's words."""

STANCE_LABELS = {"rule_out": "rule out", "ambiguous": "stay ambiguous", "commit": "commit"}
"""What the three stances are called where a scenario has no word of its own: what France does, in the infinitive."""

_SENDER, _RECEIVER = "France", "Russia"
_ADJECTIVES = {"sender": "French", "receiver": "Russian"}
_TYPES = ("resolute", "bluffing", "cautious", "opportunist")
_DOES = {
    "rule_out": ("rules trainers out", "rules out"),
    "ambiguous": ("stays ambiguous",),
    "commit": ("commits",),
}
_DO = {"rule_out": ("rule trainers out", "rule out"), "ambiguous": ("stay ambiguous",), "commit": ("commit",)}
_NOUNS = {"rule_out": "ruling out", "ambiguous": "ambiguity", "commit": "commitment"}
"""The stances as what a France does that takes one, as what both its types do, and as things."""

_RUNG_TEXTS = {
    "strike": ("Russia strikes",),
    "casualties": ("soldiers hit", "French soldiers hit"),
    "retaliation": ("France answers", "France retaliates"),
    "war": ("NATO in a war", "NATO–Russia war"),
    "backdown": ("France folds",),
    "abandonment": ("allies absent",),
}
"""What the rungs are called besides their names, where one is a text by itself."""

_WITHOUT_THE = {"a", "an", "the", "backed", "misjudged", *_TYPES}
"""Words after which a name loses its article: a resolute United States."""

_SUBJECTS = {"france", "russia", "types", "both", "it", "they", "would", "to"}
"""Words after which "commit" is what somebody does, and no name of a stance."""

_LEFT_ALONE = (
    r"--[\w-]+(?:[= ][^\s,;]+)?",
    r"\bsim (?:[a-z]+)(?: [^\s,;-][^\s,;]*)?",
    r"\b\w+(?:\.\w+)+",
)
"""Options, commands and dotted names: what a program reads."""

_IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}


def speaker(naming: Naming | None, *, plain: bool = False) -> Speaker:
    """Return what turns a text of ours into a scenario's words; into nothing else where there is no scenario.

    >>> cuba = {"sender": {"name": "the United States", "adjective": "American"}, "stances": {"commit": "draw a line"}}
    >>> said = speaker(cuba | {"quoted": ["What France taught"]})
    >>> said("France commits; a French answer, even a resolute France, France’s dead.")
    'The United States draws a line; an American answer, even a resolute United States, the United States’ dead.'
    >>> said("What France taught")
    'What France taught'
    """
    if not plain and (naming is None or not naming.keys() - {"listed", "quoted"}):
        return str
    return _speaker(json.dumps(naming or {}, sort_keys=True, ensure_ascii=False))


figure_speaker = partial(speaker, plain=True)
"""The same for the texts of a figure, in which a stance goes by no key of a file: “rule out”, not rule_out."""


def stance_label(naming: Naming | None, stance: str) -> str:
    """Return what a stance is called on screen, where it stands alone.

    >>> stance_label({}, "rule_out"), stance_label({"stances": {"quiet": "go in quietly"}}, "quiet")
    ('rule out', 'go in quietly')
    """
    own = (naming or {}).get("stances", {})
    return str(own.get(stance) or STANCE_LABELS.get(stance) or stance.replace("_", " "))


def slug(name: str) -> str:
    """Return a player's name as tables of parameters can spell it.

    >>> slug("the United States"), slug("Côte d’Ivoire")
    ('united_states', 'cote_d_ivoire')
    """
    import unicodedata

    plain = "".join(c for c in unicodedata.normalize("NFKD", bare(name)) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "_", plain.casefold()).strip("_")


def bare(name: str) -> str:
    """Return a name without its article.

    >>> bare("the Soviet Union"), bare("China")
    ('Soviet Union', 'China')
    """
    return re.sub(r"^[Tt]he ", "", name)


def quoting(naming: Naming | None, texts: Iterable[str]) -> Naming | None:
    """Return a naming in which further texts stand for themselves: they are a source's.

    >>> speaker(quoting({"protege": "Taiwan"}, ["Ukraine, 2024"]))("Ukraine, 2024: no Ukraine")
    'Ukraine, 2024: no Taiwan'
    """
    if naming is None:
        return None
    said = speaker(naming)
    added = [text for text in texts if said(text) != text]
    return {**naming, "quoted": [*naming.get("quoted", ()), *added]} if added else naming


def in_common(namings: Sequence[Naming]) -> Naming:
    """Return how several scenarios are spoken of together: in their common words, or as sender and receiver."""
    tables = [{key: value for key, value in each.items() if key != "quoted"} for each in namings]
    quoted = dict.fromkeys(text for each in namings for text in each.get("quoted", ()))
    shared = tables[0] if all(each == tables[0] for each in tables) else _NEUTRAL
    return {**shared, **({"quoted": [*quoted]} if quoted else {})}


_NEUTRAL: dict[str, Any] = {
    "sender": {"name": "the sender", "adjective": "sender’s"},
    "receiver": {"name": "the receiver", "adjective": "receiver’s"},
    "protege": "the protégé",
    "deployed": "those who are sent",
    "hit": "the soldiers",
    "war": "war between the two",
    "alliance": "the allies",
}


@lru_cache(maxsize=64)
def _speaker(naming: str) -> Speaker:
    """Return the translation of one table."""
    table = json.loads(naming)
    phrases = {phrase: word for phrase, word in _phrases(table) if phrase != word}
    labels, alone = dict(_labels(table)), dict(_alone(table))
    quoted = [rf"(?<!\w){_at_any_width(text)}(?!\w)" for text in table.get("quoted", ()) if text.split()]
    kept = "|".join([*sorted(quoted, key=len, reverse=True), *_LEFT_ALONE])
    known = sorted({*phrases, *labels, *alone}, key=len, reverse=True)
    if not known:
        return str
    words = "|".join(f"(?:{_either_case(phrase)})" for phrase in known)
    pattern = re.compile(
        rf"(?P<kept>{kept})|(?<![\w.\-=/])(?P<article>[Aa]n? )?(?P<word>{words})(?P<own>['’]s)?(?![\w=/]|-\w|\.\w)"
    )
    whole = {ours: label for rung, label in table.get("rungs", {}).items() for ours in _RUNG_TEXTS.get(rung, ())}
    return lambda text: whole.get(text) or pattern.sub(lambda found: _translated(found, phrases, labels, alone), text)


def _translated(
    found: re.Match[str], phrases: Mapping[str, str], labels: Mapping[str, str], alone: Mapping[str, str]
) -> str:
    """Return what stands for one phrase of ours where it was found."""
    if found["kept"] is not None:
        return found[0]
    phrase, before = " ".join(found["word"].split()), found.string[: found.start("word")]
    capital = not any(phrase in each for each in (phrases, labels, alone))
    phrase = phrase[0].lower() + phrase[1:] if capital else phrase
    if phrase in alone and _stands_alone(found):
        return alone[phrase]
    if phrase not in phrases and phrase not in labels:
        return found[0]
    previous = re.search(r"([\w’']+)\s+$", before)
    if phrase in labels and (phrase not in phrases or not previous or previous[1].casefold() not in _SUBJECTS):
        return _as_label(found, labels[phrase], capital=capital)
    word = phrases[phrase]
    if found["article"] or (previous and previous[1].casefold() in _WITHOUT_THE):
        word = bare(word)
    if found["own"]:
        word += found["own"][0] if word.endswith("s") else found["own"]
    article = f"{'an' if _vowel(word) else 'a'} " if found["article"] else ""
    starts = phrase[0].isupper() and not article and re.search(r"(?:^|[.?!]\s+|^\W+)$", before) is not None
    said = f"{article}{word}"
    return said[0].upper() + said[1:] if capital or starts or (found["article"] or "").startswith("A") else said


def _stands_alone(found: re.Match[str]) -> bool:
    """Whether a word is a text by itself, or the first line of one, as in the cell of a table; or a number follows."""
    before, rest = found.string[: found.start()], found.string[found.end() :]
    return (re.match(r"\*? ?(?:$|\n)", rest) is not None and not before.strip()) or re.match(r" \d", rest) is not None


def _as_label(found: re.Match[str], label: str, *, capital: bool) -> str:
    """Return a label, in quotation marks if it has several words and stands in a sentence."""
    before, rest = found.string[: found.start()], found.string[found.end() :]
    apart = re.search(r"(?:^|\n|[(“→·|:–]\s?)$", before) or rest.startswith(":") or " " not in label
    label = label[0].upper() + label[1:] if capital else label
    return f"{found['article'] or ''}{label if apart else f'“{label}”'}{found['own'] or ''}"


def _labels(table: Naming) -> Iterator[tuple[str, str]]:
    """Yield the stances and what they are called wherever they stand."""
    listed = [stance for stance in table.get("listed", ()) if "_" in stance]
    for stance in ("rule_out", *listed, *table.get("stances", {})):
        yield stance, stance_label(table, stance)


def _alone(table: Naming) -> Iterator[tuple[str, str]]:
    """Yield what has a label where it stands alone, and is a word like others in a sentence."""
    if "ambiguous" not in table.get("stances", {}):
        yield "ambiguous", STANCE_LABELS["ambiguous"]
    yield from table.get("rungs", {}).items()


def _phrases(table: Naming) -> Iterator[tuple[str, str]]:
    """Yield our phrases and the scenario's."""
    for role, ours in (("sender", _SENDER), ("receiver", _RECEIVER)):
        if own := table.get(role):
            yield ours, own["name"]
            yield _ADJECTIVES[role], own["adjective"]
    single = {"protege": "Ukraine", "deployed": "trainers"}
    yield from ((ours, table[key]) for key, ours in single.items() if key in table)
    if own := table.get("rungs", {}).get("nuclear"):
        yield "nuclear use", own
    yield from table.get("types", {}).items()
    yield from _of_war(table)
    yield from _of_people(table)
    yield from _of_stances(table)


def _of_people(table: Naming) -> Iterator[tuple[str, str]]:
    """Yield what is said of who is hit, of allies, and of a strike."""
    if own := table.get("hit"):
        yield "soldiers", own
        if own[0].isupper() or own.startswith("the "):  # they are nobody's: not the sender's, as soldiers are
            yield from (("French soldiers", own), ("its soldiers", own))
    if own := table.get("allies"):
        one = re.sub(r"ies$", "y", own) if own.endswith("ies") else own.removesuffix("s")
        yield from (("allies", own), ("ally", one), ("allied", one))
    if own := table.get("strike"):
        stem = own.removesuffix("e")
        yield from (("strike", own), ("strikes", f"{own}s"), ("struck", f"{stem}ed"), ("striking", f"{stem}ing"))


def _of_war(table: Naming) -> Iterator[tuple[str, str]]:
    """Yield what is said of a war between the two."""
    players = [table.get(role, {}).get("name") for role in ("sender", "receiver")]
    war = table.get("war") or ("–".join(map(bare, players)) + " war" if all(players) else None)
    if war:
        yield from (("NATO–Russia war", war), ("NATO–Russia wars", f"{war}s"), ("NATO in a war", war))
        yield "NATO–Russia hostilities", f"{'an' if _vowel(war) else 'a'} {war}"
    if alliance := table.get("alliance") or ("the alliance" if war else None):
        yield "NATO", alliance


def _of_stances(table: Naming) -> Iterator[tuple[str, str]]:
    """Yield what a sender does that takes a stance."""
    for stance, label in table.get("stances", {}).items():
        yield from ((phrase, _does(label)) for phrase in _DOES.get(stance, (f"takes the stance {stance}",)))
        yield from ((phrase, label) for phrase in _DO.get(stance, (f"take the stance {stance}",)))
        if stance in _NOUNS:
            yield _NOUNS[stance], f"“{label}”" if " " in label else label
    if (deployed := table.get("deployed")) and "rule_out" not in table.get("stances", {}):
        yield from (("rules trainers out", f"rules {deployed} out"), ("rule trainers out", f"rule {deployed} out"))


def _does(label: str) -> str:
    """Return what a single sender does.

    >>> _does("keep silent"), _does("deny"), _does("be vague")
    ('keeps silent', 'denies', 'is vague')
    """
    verb, space, rest = label.partition(" ")
    if verb in _IRREGULAR:
        return f"{_IRREGULAR[verb]}{space}{rest}"
    ending = "es" if re.search(r"(?:s|x|z|ch|sh)$", verb) else "s"
    return f"{re.sub(r'(?<=[^aeiou])y$', 'ie', verb)}{ending}{space}{rest}"


def _vowel(word: str) -> bool:
    """Whether a word begins with the sound of a vowel, so that "an" stands before it."""
    if re.match(r"(?:uni|use|usu|eu|one\b|US\b|U\.S|UK\b|U\.K)", word, re.IGNORECASE):
        return False
    return re.match(r"[aeiouáàâéèêíîóôúû]|honest|heir|hour", word, re.IGNORECASE) is not None


def _either_case(phrase: str) -> str:
    """Return a pattern of a phrase that may begin a sentence; its blanks may be line ends."""
    first = phrase[0]
    head = f"[{first}{first.upper()}]" if first.islower() else re.escape(first)
    return head + _at_any_width(phrase[1:])


def _at_any_width(text: str) -> str:
    """Return a pattern of a text whose blanks may be line ends."""
    return r"\s+".join(map(re.escape, text.split()))
