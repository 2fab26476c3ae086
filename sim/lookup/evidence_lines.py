"""How is it told which numbers rest on which claims?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sim.lookup.lines import LINES, WIDTH, cut, filled
from sim.lookup.number_lines import claim_lines, details, fullest, without_claims
from sim.lookup.numbers import Number, Numbers, matching
from sim.scenario.evidence import Claim, article
from sim.telling.faults import near_words


def overview(numbers: Numbers) -> list[str]:
    """Return on one screen who says how much, and the claims on which most numbers rest."""
    used = {name: numbers.resting_on(name) for name in numbers.claims}
    by_article = any(each.paragraph and used[each.id] for each in numbers.claims.values())
    named = filled(f"The article: {article()}; its claims are in our words.") if by_article else []
    lines = [*filled(_counted(numbers)), *named, "", f"{'who says it':<44}{'claims':>8}{'cited':>8}{'numbers':>10}"]
    voices = Counter(each.source for each in numbers.claims.values() if used[each.id])
    for source in sorted(voices, key=lambda each: -len(_numbers_of(numbers, each))):
        claims = [each for each in numbers.claims.values() if each.source == source]
        cited = sum(bool(used[each.id]) for each in claims)
        lines.append(f"  {cut(source, 41):<42}{len(claims):>8}{cited:>8}{len(_numbers_of(numbers, source)):>10}")
    lines = [*lines[: LINES - 8], "", "Claims on which most numbers rest"]
    most = sorted((each for each in numbers.claims.values() if used[each.id]), key=lambda each: -len(used[each.id]))
    for each in most[: max(LINES - len(lines), 0)]:
        lines.append(cut(f"  {len(used[each.id]):>2}  {each.id}: {each.claim}", WIDTH))
    return lines


def every(numbers: Numbers) -> list[str]:
    """Return every number with the ids of its claims, then every claim with its numbers."""
    lines = filled(_counted(numbers))
    lines += _cited_by(numbers, numbers.every)
    for claim in numbers.claims.values():
        lines += ["", *_claim(numbers, claim)]
    return lines


def _cited_by(numbers: Numbers, some: Sequence[Number]) -> list[str]:
    """Return numbers with the ids of their claims."""
    lines = []
    for number in some:
        on = ", ".join(number.entry.evidence) or number.footing
        lines += [numbers.spelt(number), *filled(on, "    ", "")]
    return lines


def about(numbers: Numbers, word: str, *, full: bool) -> tuple[list[str], str]:
    """Return a claim, or numbers with theirs, in full or as fits; and what a word was taken for if it is only near."""
    if word in numbers.claims:
        return _claim(numbers, numbers.claims[word]), ""
    found, taken = matching(numbers, word)
    close = near_words(word, list(numbers.claims), 1)
    if (taken or not found) and close:
        return _claim(numbers, numbers.claims[close[0]]), close[0]
    if full or not found:
        return details(numbers, found), taken
    return fullest((details, without_claims, _cited_by), numbers, found), taken


def as_data(numbers: Numbers, word: str | None) -> dict[str, Any]:
    """Return the claims, and the numbers that rest on them, as JSON can hold it; those of one word, if there is one."""
    some = matching(numbers, word)[0] if word and word not in numbers.claims else list(numbers.every)
    claims = [each for each in numbers.claims.values() if not word or each.id == word or _cited(each, some, word)]
    return {
        "schema": 1,
        "scenario": numbers.scenario.name,
        "claims": [
            {
                **vars(each),
                "parameters": list(each.parameters),
                "rests": [one.name for one in numbers.resting_on(each.id)],
            }
            for each in claims
        ],
    }


def _cited(claim: Claim, some: list[Number], word: str) -> bool:
    """Whether one of the numbers that a word names cites a claim."""
    return bool(word) and len(some) > 0 and any(claim.id in each.entry.evidence for each in some)


def _counted(numbers: Numbers) -> str:
    """Return how many numbers rest on what."""
    entries = [each.entry for each in numbers.every]
    cited, assumed = sum(bool(each.evidence) for each in entries), sum(bool(each.assumption) for each in entries)
    rest = len(entries) - cited - assumed
    given = f", {rest} are given or left to a default" if rest else ""
    return (
        f"{numbers.scenario.name}: of {len(entries)} numbers {cited} rest on claims, {assumed} on assumptions{given}."
    )


def _numbers_of(numbers: Numbers, source: str) -> set[str]:
    """Return the names of the numbers that rest on what somebody says."""
    said = {each.id for each in numbers.claims.values() if each.source == source}
    return {each.name for each in numbers.every if said & {*each.entry.evidence}}


def _claim(numbers: Numbers, claim: Claim) -> list[str]:
    """Return a claim, what it says about the risk, and the numbers that rest on it."""
    lines = [*claim_lines(claim), *filled(f"Taken alone it says about the risk: {claim.direction}.", "  ")]
    lines += filled(f"Its hedge: {claim.wording}", "  ") if claim.wording else []
    lines += filled(f"Note: {' '.join(claim.note.split())}", "  ") if claim.note else []
    resting = numbers.resting_on(claim.id)
    lines += [f"  Numbers of {numbers.scenario.name} that rest on it{':' if resting else ': none'}"]
    for each in resting:
        lines += filled(f"{numbers.spelt(each)}: {numbers.said(each.label)}", "    ")
    return lines
