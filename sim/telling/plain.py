"""How is a character shown where the terminal has none for it? As plain letters that say the same, if there are any."""

from __future__ import annotations

import codecs
import io
import unicodedata

# What stands for signs that our sentences and tables use; letters, digits and lines of tables are found otherwise.
PLAIN = {
    "–": "-", "—": "-", "−": "-", "‑": "-", "·": "*", "•": "*", "→": "->", "←": "<-", "↑": "^", "↓": "v",
    "×": "x", "÷": "/", "±": "+-", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "√": "sqrt", "∞": "inf", "…": "...",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "‛": "'", "‘": "'", "’": "'", "‚": "'", "†": "+",
}  # fmt: skip

ERRORS = "sim.plain"  # name under which encoders know `in_plain`


def in_plain(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for the characters that an encoding lacks, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(character: str) -> str:
    """Return plain letters for one character: a question mark if there are none."""
    if character in PLAIN:
        return PLAIN[character]
    name = unicodedata.name(character, "")
    if name.startswith("BOX DRAWINGS"):
        return "+" if " AND " in name else "|" if "VERTICAL" in name else "-"
    if name.startswith("GREEK") and name.count(" ") == 3:
        letter = name.split()[-1].replace("LAMDA", "LAMBDA")
        return letter.capitalize() if "CAPITAL" in name else letter.lower()
    parts = (PLAIN.get(part, part) for part in unicodedata.normalize("NFKD", character))
    return "".join(parts).encode("ascii", "ignore").decode() or "?"


def speak_plainly(stream: io.TextIOWrapper) -> None:
    """Let a stream say plainly what it has no character for."""
    # Under its own name ASCII is taken by click for a mistake, and written over in UTF-8.
    ascii_only = codecs.lookup(stream.encoding).name == "ascii"
    stream.reconfigure(encoding=_ASCII if ascii_only else None, errors=ERRORS)


_ASCII = "sim_ascii"


def _find(name: str) -> codecs.CodecInfo | None:
    """Return the codec of ASCII under a name of its own."""
    own = codecs.lookup("ascii")
    return codecs.CodecInfo(*own, own.incrementalencoder, own.incrementaldecoder, _ASCII) if name == _ASCII else None


codecs.register(_find)
codecs.register_error(ERRORS, in_plain)
