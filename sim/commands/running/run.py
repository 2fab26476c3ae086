"""The main job: how likely is each rung of escalation under each stance?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim import __version__
from sim.commands.delivery import FULL, JSON, TABLE, Slides, add_figures, present, refuse_two, with_slides
from sim.commands.ending import (
    FAILED,
    TROUBLE,
    WRONG_INPUT,
    interrupted,
    leave,
    reason,
    refuse,
    tell,
    trouble,
    unusable,
)
from sim.commands.options import DRAWS, SEED, WORKERS, examples, on_scenario, with_play
from sim.commands.spelling import changed, spelt, to_type

if TYPE_CHECKING:
    from sim.crisis.play import Play
    from sim.montecarlo.job import Job
    from sim.montecarlo.precision import Precision
    from sim.montecarlo.result import Result
    from sim.scenario.scenario import Scenario
    from sim.telling.answer import Answer
    from sim.work.store import Store


@dataclass(frozen=True)
class Means:
    """How the work is done, where it is kept and how it is printed: nothing here changes a result."""

    as_json: bool
    full: bool
    workers: int
    dask: str | None
    resume: bool
    force: bool
    out: Path | None
    page: bool
    no_figure: bool
    slides: Slides
    quiet: bool
    table: str | None


def read_precision(_: click.Context, option: click.Parameter, given: str | None) -> Precision | None:
    """Read a half-width and what it is of."""
    if given is None:
        return None
    from sim.montecarlo.precision import read_precision as read

    try:
        return read(given)
    except ValueError as fault:
        raise click.BadParameter(f"{fault}.", param=option) from None


PRECISION = click.option(
    "--precision",
    metavar="[[PLAY.]RUNG=]X",
    callback=read_precision,
    help="Draw until a 95 % half-width is at most X, such as commit.war=0.0005; of all probabilities if none is named.",
)
DASK = click.option("--dask", metavar="ADDRESS", help="Scheduler of a dask cluster that does the work.")
RESUME = click.option("--resume", is_flag=True, help="Go on with an interrupted run; refuse if it was another one.")
FORCE = click.option("--force", is_flag=True, help="Replace another run in the folder, finished or not.")
OUT = click.option("--out", type=click.Path(path_type=Path), help="Folder to save in.  [default: runs/NAME-HASH]")
PAGE = click.option("--page", is_flag=True, help="Save the page of the run too, as page.html: see sim page.")
NO_FIGURE = click.option(
    "--no-figure", is_flag=True, help="Leave the figure out, which takes 0.4 s: sim open draws it when asked."
)
QUIET = click.option("--quiet", is_flag=True, help="Say nothing on standard error unless something goes wrong.")


@click.command(
    short_help="Escalation probabilities by stance, with errors and ranges.",
    epilog=examples("sim run --refinement d1", "sim run macron-2024 --draws 4096 --set prior.resolute=0.5 --out bold"),
)
@on_scenario
@JSON
@FULL
@TABLE
@with_play
@DRAWS
@SEED
@PRECISION
@WORKERS
@DASK
@RESUME
@FORCE
@OUT
@with_slides
@PAGE
@NO_FIGURE
@QUIET
def run(
    scenario: Scenario,
    play: Play,
    draws: int | None,
    seed: int | None,
    precision: Precision | None,
    **means: object,
) -> None:
    """Print how likely each rung of escalation is under each stance, and how sure that is.

    Where France chooses its stance, the headline is the selected one of the admitted equilibria, or quantal response;
    what every refinement and quantal response give stands beside it.

    Also saves a run folder: result.json, table.csv, scenario.toml, manifest.json, and the figure as ladder.png,
    .svg and .csv. Its default name holds a hash of scenario, draws, seed, version and play, so that the same inputs
    give the same folder. While a run lasts, finished chunks are kept there, and after an interruption the same command
    goes on from them; --resume insists on it. Workers and clusters change no result.
    """
    from sim.montecarlo.job import identity, plan
    from sim.montecarlo.told.table import answer
    from sim.work.checkpoint import opened

    how = Means(**means)  # type: ignore[arg-type]
    refuse_two(as_json=how.as_json, full=how.full, table=how.table)
    shaped = how.no_figure and how.slides != Slides()
    refuse(shaped, "--steps, --label and --labels say how figures are saved: --no-figure saves none")
    try:
        job = plan(scenario, draws, seed, play=play, precision=precision)
    except ValueError as fault:
        raise unusable(fault) from None
    folder = how.out or default_folder(job)
    with explained(folder), opened(folder, identity(job), resume=how.resume, force=how.force, say=told(how)) as store:
        done = finished_run(job, folder, how)
        result = done or carried_out(job, store, how)
        if done:
            present(answer(result), lambda: None, as_json=how.as_json, full=how.full, table=how.table)
            add_page(job, result, folder, how)
        else:
            keep(result, answer(result), job=job, store=store, how=how)
    if not how.quiet:
        drawn = next((f", {each.name}" for each in sorted(folder.glob("ladder*.png"), reverse=True)), "")
        drawn += "; the page is page.html there" * how.page
        click.echo(f"Saved in {folder}: {result.draws:,} draws, seed {result.seed}{drawn}.", err=True)
        click.echo(f"Next: {to_type(*following(job, folder, full=how.full))}", err=True)


def following(job: Job, folder: Path, *, full: bool) -> list[str]:
    """Return the command after a run: what a file of one's own changes, or else what the run says beside its screen."""
    from sim.scenario.library import bundled_scenarios, extended
    from sim.scenario.scenario import load_scenario

    scenario, play = job.scenario, spelt(job.play)
    if full:
        return ["solve", *play]
    file = scenario.path
    if file in bundled_scenarios().values() or not extended(file) or load_scenario(file).sha256 != scenario.sha256:
        return ["show", str(folder)]
    drawn = {"--draws": (job.draws, scenario.draws), "--seed": (job.seed, scenario.seed)}
    given = [word for option, (used, own) in drawn.items() if used != own for word in (option, str(used))]
    return ["compare", *play, *given]


def keep(result: Result, said: Answer, *, job: Job, store: Store, how: Means) -> None:
    """Save a result, print it, and add its figures and its page last: nobody need wait for them to read it."""
    from sim.work.folders import Place

    def draw() -> None:
        if not how.no_figure:
            add_figures(said, Place(store.folder, "run"), told(how), slides=how.slides)
        add_page(job, result, store.folder, how)

    try:
        save = partial(result.save, store.folder, force=True)
        present(said, save, as_json=how.as_json, full=how.full, table=how.table)
    except (BrokenPipeError, SystemExit):  # click and Rich end so where nobody reads on; what is saved is to be whole
        draw()
        raise
    draw()


def add_page(job: Job, result: Result, folder: Path, how: Means) -> None:
    """Save the page of a run beside it, if it is wanted."""
    if how.page:
        from sim.page.building import crisis_page  # it takes longer to load than a figure to lay out
        from sim.work.folders import Place

        Place(folder, "run").add({"page.html": crisis_page(job.scenario, result).encode()})


def default_folder(job: Job) -> Path:
    """Return the folder that is the same for the same inputs and different for others."""
    inputs = [job.scenario.sha256, job.draws, job.seed, __version__, *changed(job.play).values()]
    inputs += [repr(job.precision)] if job.precision else []
    return Path("runs", f"{job.scenario.name}-{hashlib.sha256(json.dumps(inputs).encode()).hexdigest()[:8]}")


def told(how: Means) -> Callable[[str], None]:
    """Return what to call with news of a run."""
    return (lambda _: None) if how.quiet else tell


def finished_run(job: Job, folder: Path, how: Means) -> Result | None:
    """Return the result in a folder if it is this job's and was to be gone on with; refuse to lose another's."""
    from sim.montecarlo.result import load_result
    from sim.work.manifest import MANIFEST, edited

    if not (folder / MANIFEST).exists() or how.force:
        return None
    hint = "--force replaces it, --out names another folder"
    try:
        result, changed = load_result(folder), edited(folder)
    except ValueError as fault:
        raise FileExistsError(f"{folder} holds a run that cannot be read: {fault}; {hint}") from None
    if changed:
        raise FileExistsError(f"{folder} holds a run whose {changed[0]} was changed after it was saved; {hint}")
    different = result.differences(job)
    if different and how.out:
        raise FileExistsError(f"{folder} holds another run: {different}; {hint}")
    if different or not how.resume:
        return None
    told(how)(f"the run in {folder} was finished already")
    return result


def carried_out(job: Job, store: Store, how: Means) -> Result:
    """Run a job where it is wanted, keeping its chunks."""
    from sim.montecarlo import run as montecarlo
    from sim.telling.progress import progress
    from sim.work.cluster import cluster

    with cluster(how.dask) as (executor, threads), progress("Solving", wanted=not how.quiet) as report:
        workers = threads if executor else how.workers
        return montecarlo.carry_out(job, workers=workers, executor=executor, store=store, progress=report, say=tell)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Say what ended a run, and how to go on if any of it is left."""
    from sim.work.checkpoint import ResumeError
    from sim.work.cluster import ClusterError
    from sim.work.executors import RunError

    try:
        yield
    except (FileExistsError, BrokenPipeError):
        raise
    except ResumeError as fault:
        leave(f"sim: {fault}\n--force in place of --resume replaces them; --out names another folder.", WRONG_INPUT)
    except KeyboardInterrupt:
        interrupted(left_in(folder))
    except (RunError, ClusterError) as fault:
        leave(f"sim: the run failed: {fault}; {left_in(folder)}", FAILED)
    except TROUBLE as fault:
        leave(f"sim: {trouble(fault)}; {left_in(folder)}", FAILED)
    except OSError as fault:
        leave(f"sim: the run could not be kept: {reason(fault)}; {left_in(folder)}", FAILED)


def left_in(folder: Path) -> str:
    """Return what a folder holds of a run that ended early."""
    from sim.work.checkpoint import kept
    from sim.work.manifest import MANIFEST

    chunks = kept(folder)
    if not chunks:
        return f"an answer is in {folder}" if (folder / MANIFEST).exists() else "nothing was saved"
    each = "1 finished chunk is" if chunks == 1 else f"{chunks} finished chunks are"
    return f"{each} kept in {folder}: the same command, with --resume, goes on from there"
