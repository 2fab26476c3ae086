"""Do the pages make a site that can be read without a network? Built as `dev.py docs` does, strictly: no dead link.

Deliberate breaks that turned a test red: highlighting left on, which fetches a script; the hook for formulas left out;
a page that the navigation does not list; a fence with a second word.
"""

from __future__ import annotations

import doctest
import importlib.util
import re
import subprocess
import sys
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from places import DOCS, ROOT

import dev

pytest.importorskip("mkdocs", reason="the extra docs is not installed")
pytest.importorskip("latex2mathml", reason="the extra docs is not installed")

FETCHED = {
    ("script", "src"), ("link", "href"), ("img", "src"), ("img", "srcset"), ("iframe", "src"), ("source", "src"),
    ("video", "src"), ("audio", "src"), ("object", "data"), ("embed", "src"), ("form", "action"), ("use", "href"),
}  # fmt: skip
"""Tags and attributes that make a browser fetch, where the address is elsewhere."""

ELSEWHERE = re.compile(r"(?:https?:)?//")


class Page(HTMLParser):
    """What a page fetches and links to, and its text outside code and scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.text: list[str] = []
        self.inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.inside += [tag] * (tag in ("pre", "code", "script"))
        canonical = ("rel", "canonical") in attrs
        self.fetched += [value or "" for name, value in attrs if (tag, name) in FETCHED and not canonical]
        self.links += [value or "" for name, value in attrs if (tag, name) == ("a", "href")]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            self.inside.remove(tag)

    def handle_data(self, data: str) -> None:
        self.text += [data] * (not self.inside)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site, built without a warning."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(dev.SITE), "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    """Return the pages of the site, by name."""
    found = {path.name: Page(path.read_text(encoding="utf-8")) for path in site.glob("*.html")}
    assert len(found) > 25
    return found


def test_no_page_fetches_anything_from_outside(site: Path, pages: dict[str, Page]) -> None:
    assert {name: bad for name, page in pages.items() if (bad := [*filter(ELSEWHERE.match, page.fetched)])} == {}
    assert all(page.fetched for page in pages.values())
    for style in site.rglob("*.css"):
        text = style.read_text(encoding="utf-8", errors="ignore")
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import\s+(?:url\()?['\"]?(?:https?:)?//", text), style
    for script in site.rglob("*.js"):
        text = script.read_text(encoding="utf-8", errors="ignore")
        assert not re.search(r"(?:importScripts|fetch|open)\(\s*['\"][^'\"]*//|\.src\s*=\s*['\"](?:https?:)?//", text)


def test_every_page_of_the_docs_is_there_and_none_leads_to_a_file_that_is_not(
    site: Path, pages: dict[str, Page]
) -> None:
    assert {f"{path.stem}.html" for path in DOCS.glob("*.md")} <= pages.keys()
    assert {"index.html", "library.html", "glossary.html", "changelog.html", "contributing.html"} <= pages.keys()
    for name, page in pages.items():
        own = [link.partition("#")[0] for link in page.links if not re.match(r"[a-z]+:", link)]
        assert [link for link in own if link and not (site / link).exists()] == [], name


def test_formulas_are_there_as_mathematics(pages: dict[str, Page]) -> None:
    written = re.sub(r"```.*?```|`[^`]*`", "", (DOCS / "model.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    pieces = written.count("$") - 2 * len(re.findall(r"\$\$.*?\$\$", written, flags=re.DOTALL))
    assert pages["model.html"].tags.count("math") == pieces / 2 > 100
    for name, page in pages.items():
        said = " ".join(page.text)
        assert "formulaheld" not in said, name
        assert not re.search(r"\$\\|\\(?:frac|text|mu|pi)\b|\$\$", said), name


def test_lists_tables_and_fences_are_what_they_are_in_the_repository(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        said = "".join(page.text)
        assert "```" not in said, name
        assert not re.search(r"^\|.*\|$|^[-*] \w", said, flags=re.MULTILINE), name
    assert pages["scenarios.html"].tags.count("table") >= 5


def test_the_glossary_has_every_term_of_sim_explain(pages: dict[str, Page]) -> None:
    terms = tomllib.loads((ROOT / "sim" / "lookup" / "glossary.toml").read_text(encoding="utf-8"))
    said = " ".join(" ".join(pages["glossary.html"].text).split())
    assert [term for term in terms if f"{' '.join(term.split())}." not in said] == []


def test_the_examples_of_the_hooks_hold() -> None:
    spec = importlib.util.spec_from_file_location("hooks", ROOT / "docs" / "site" / "hooks.py")
    assert spec
    assert spec.loader
    hooks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hooks)
    assert doctest.testmod(hooks).failed == 0
    assert doctest.testmod(hooks).attempted >= 2


def test_git_ignores_what_is_built() -> None:
    assert "build/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "site_dir: ../../build/site" in (ROOT / dev.SITE).read_text(encoding="utf-8")
