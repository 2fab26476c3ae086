"""What must be done to the pages that hosts of repositories show, so that they make a site?

Formulas become MathML, so that nothing is fetched to show them. README and the like, which lie outside docs/, become
pages of their own, as does the glossary of `sim explain`; links to files that are no pages become plain text. Lists get
the empty line, and fences the single word, that Python's Markdown wants.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any

from latex2mathml.converter import convert
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent.parent
OUTSIDE = {
    "README.md": "index.md",
    "scenarios/README.md": "library.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
}
"""Pages that lie outside docs/, by path in the repository, and their names in the site."""

GLOSSARY = "glossary.md"
STYLE = "own.css"
_STYLE = """\
.wy-nav-content { max-width: 60rem; }
.wy-table-responsive table td, .wy-table-responsive table th { white-space: normal; }
.rst-content code.literal, .rst-content :not(pre) > code { color: #1f4e79; }
"""

_CODE = re.compile(
    r"^(?P<fence>```+).*?^(?P=fence)\s*?$|(?P<tick>`+)(?!`).*?(?<!`)(?P=tick)(?!`)", re.MULTILINE | re.DOTALL
)
_FORMULA = re.compile(
    r"\$\$(?P<block>.+?)\$\$|(?<![\\$\w])\$(?P<inline>[^\s$](?:(?:(?!\n\n)[^$])*[^\s$])?)\$(?!\w)", re.DOTALL
)
_LINK = re.compile(r"(?<!!)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^)\s]+)\)")
_IMAGE = re.compile(r"!\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
_HELD = "formulaheld{}x"

formulas: dict[str, list[str]] = {}
"""MathML by page, for the places held for it."""


def on_files(files: Files, config: Any) -> Files:  # noqa: ANN401 - a dictionary of MkDocs
    """Add the pages from outside docs/, and the glossary."""
    for source, name in OUTSIDE.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        files.append(File.generated(config, name, content=text))
    files.append(File.generated(config, GLOSSARY, content=glossary()))
    files.append(File.generated(config, STYLE, content=_STYLE))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:  # noqa: ANN401
    """Return a page as the site's Markdown reads it."""
    name = page.file.src_uri
    source = next((outside for outside, inside in OUTSIDE.items() if inside == name), f"docs/{name}")
    held = formulas[name] = []

    def prose(text: str) -> str:
        text = _IMAGE.sub(lambda found: _image(found, source), text)
        text = _LINK.sub(lambda found: _link(found, source, files), text)
        return _FORMULA.sub(lambda found: _hold(found, held), text)

    return outside_code(spaced(re.sub(r"^(```\w+) .*$", r"\1", markdown, flags=re.MULTILINE)), prose)


def on_page_content(html: str, page: Any, config: Any, files: Files) -> str:  # noqa: ANN401
    """Return a page with its formulas put in."""
    for number, formula in enumerate(formulas.pop(page.file.src_uri)):
        html = html.replace(_HELD.format(number), formula)
    return html


def on_post_build(config: Any) -> None:  # noqa: ANN401
    """Leave out the page that servers show for a wrong address: its own addresses would be a server's."""
    Path(config["site_dir"], "404.html").unlink(missing_ok=True)


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return a text changed wherever it is no code.

    >>> outside_code("a `a` a", str.upper)
    'A `a` A'
    """
    parts, end = [], 0
    for code in _CODE.finditer(text):
        parts += [change(text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, change(text[end:])])


def spaced(text: str) -> str:
    r"""Return a text with an empty line before each list, without which it would be none.

    >>> spaced("These:\n- one\n- two\n")
    'These:\n\n- one\n- two\n'
    """
    item = re.compile(r"(?:[-*]|\d+\.) ")
    lines: list[str] = []
    fenced = False
    for line in text.split("\n"):
        fenced ^= line.startswith("```")
        before = lines[-1] if lines else ""
        if not fenced and item.match(line) and before and not item.match(before) and before[0] not in " |>":
            lines.append("")
        lines.append(line)
    return "\n".join(lines)


def glossary() -> str:
    """Return the terms of `sim explain` as a page."""
    from sim.lookup.terms import glossary as terms

    entries = []
    for term in sorted(terms(), key=lambda each: each.name.casefold()):
        see = f" See also: {', '.join(term.see)}." if term.see else ""
        where = f" [More]({term.where.removeprefix('docs/')})." if term.where.startswith("docs/") else ""
        entries.append(f"**{term.name}.** {term.says}{see}{where}\n")
    return "\n".join(["# Glossary", "", "What `sim explain TERM` says of each term.", "", *entries])


def _link(found: re.Match[str], source: str, files: Files) -> str:
    """Return a link to another page, or its text where it leads to a file that is no page of the site."""
    target, hash_, anchor = found["target"].partition("#")
    if "://" in target or not target:
        return found[0]
    path = normpath(str(PurePosixPath(source).parent / target))
    inside = OUTSIDE.get(path, path.removeprefix("docs/"))
    if inside.endswith(".md") and files.get_file_from_path(inside):
        return f"[{found['text']}]({inside}{hash_}{anchor})"
    return found["text"]


def _image(found: re.Match[str], source: str) -> str:
    """Return an image as it lies beside the pages."""
    path = normpath(str(PurePosixPath(source).parent / found["target"]))
    return f"![{found['text']}]({path.removeprefix('docs/')})"


def _hold(found: re.Match[str], held: list[str]) -> str:
    """Return a place for a formula, which is kept as MathML."""
    block = found["block"] is not None
    held.append(convert(found["block"] or found["inline"], display="block" if block else "inline"))
    place = _HELD.format(len(held) - 1)
    return f"\n\n{place}\n\n" if block else place
