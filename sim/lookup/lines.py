"""How does a plain text fit a screen?"""

from __future__ import annotations

import textwrap

WIDTH, LINES = 80, 24  # of a screen on which everything is to be seen at once, the next command under it


def filled(text: str, before: str = "", hanging: str = "  ", *, width: int = WIDTH) -> list[str]:
    """Return a text in lines; all but the first begin further right.

    >>> filled("many words " * 8, "  ")[1][:8]
    '    many'
    """
    return textwrap.wrap(text, width, initial_indent=before, subsequent_indent=before + hanging, break_on_hyphens=False)


def cut(text: str, most: int) -> str:
    """Return a text as far as there is room.

    >>> cut("many words", 7)
    'many w…'
    """
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
