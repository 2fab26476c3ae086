"""Which names does a shell offer when somebody presses Tab? Those of the file at hand, read without checking it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.commands.spelling import TYPED

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def scenario_names(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return bundled scenarios and games, and files beneath the folder that is being typed."""
    from sim.lookup.catalogue import games, scenarios

    named = {each.name: each.title for each in [*scenarios(), *games()]}
    return _items({**_files(typed), **named}, typed)


def run_names(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the runs here."""
    from sim.lookup.catalogue import RUNS, saved_runs

    return _items({run.folder.as_posix(): run.title for run in saved_runs(Path(RUNS))[0]}, typed)


def parameter_names(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the numbers of the scenario at hand."""
    from sim.lookup.unchecked import parameter_labels

    return _items(parameter_labels(_at_hand(context)), typed)


def settings(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the numbers of the scenario at hand, each with the = that a value follows."""
    named = {f"{each.value}=": each.help or "" for each in parameter_names(context, parameter, typed)}
    return _items(named, typed)


def stance_names(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the stances of the scenario at hand."""
    from sim.lookup.unchecked import stance_labels

    return _items(stance_labels(_at_hand(context)), typed)


def voice_names(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the voices of the scenario at hand, each with the = that a value follows."""
    from sim.lookup.unchecked import voices

    return _items({f"{name}=": "" for name in voices(_at_hand(context))}, typed)


def rung_names(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the rungs, each with the = that a probability follows."""
    from sim.telling.vocabulary import EVENTS

    return _items({f"{name}=": said for name, said in EVENTS.items()}, typed)


def term_names(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the terms of the glossary, and names that stand for themselves; the words of one term are one."""
    from sim.lookup.terms import glossary
    from sim.lookup.unchecked import parameter_labels

    terms = {term.name: term.says for term in glossary()}
    return _items({**terms, **parameter_labels(_at_hand(context))}, typed)


def claim_names(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the claims that the scenario at hand may cite, and its numbers."""
    from sim.lookup.unchecked import claim_texts

    return _items(claim_texts(_at_hand(context)), typed) + parameter_names(context, parameter, typed)


def _at_hand(context: click.Context) -> str:
    """Return the first scenario on the line that can be read; if there is none, the article's case.

    Half a line cannot be taken apart into options and arguments, so that all of its words are looked at.
    """
    from sim.lookup.unchecked import read
    from sim.scenario.library import bundled_scenarios
    from sim.telling.faults import ScenarioError

    known = bundled_scenarios()
    for word in context.find_root().meta.get(TYPED, ())[1:]:
        if word in known:
            return str(word)
        try:
            if word.endswith(".toml") and read(word):
                return str(word)
        except ScenarioError:  # what is wrong with a file is told when it is run, not while its name is typed
            continue
    return "macron-2024"


def _files(typed: str) -> Mapping[str, str]:
    """Return scenario files, games and folders that begin as typed."""
    folder = Path(typed).parent if not typed.endswith(("/", "\\")) else Path(typed)
    if not folder.is_dir():
        return {}
    inside = [each for each in folder.iterdir() if not each.name.startswith(".")]
    folders = {f"{each.as_posix()}/": "" for each in inside if each.is_dir() and typed}
    return folders | {each.as_posix(): "a file here" for each in inside if each.suffix in (".toml", ".efg")}


def _items(names: Mapping[str, str], typed: str) -> list[CompletionItem]:
    """Return the names that begin as typed, each with a word on it."""
    from click.shell_completion import CompletionItem  # only a shell needs it

    folded = typed.casefold()
    return [
        CompletionItem(name, help=help or None) for name, help in names.items() if name.casefold().startswith(folded)
    ]
