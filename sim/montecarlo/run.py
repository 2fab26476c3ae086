"""How likely is each rung of escalation, given what is uncertain? Draw, solve, sum up."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import replace

import numpy as np

from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import Stances
from sim.crisis.play import LAST_MOVES, Play
from sim.draws.blocks import REPLICATES, Block, parameter_values, uniforms
from sim.draws.tally import Counts, Tally
from sim.montecarlo import summary
from sim.montecarlo.beside import empty_site_summary, reading_summary, standing_summary
from sim.montecarlo.chunks import Chunk, joined, work
from sim.montecarlo.encounter import Values, evaluate
from sim.montecarlo.identity import fingerprint
from sim.montecarlo.job import CHUNK, Job, plan
from sim.montecarlo.precision import Precision
from sim.montecarlo.result import PLAYED, Result
from sim.scenario.given import Source
from sim.scenario.writing import scenario_toml
from sim.work.executors import Crew, RunError, Say, crew, finished
from sim.work.store import DamagedError, Store

Progress = Callable[[int, int, float], object]
QUANTAL_DRAWS = 128  # draws a replicate for which quantal response is solved too when equilibrium is played


def run(  # noqa: PLR0913 - each is asked for by name
    scenario: Source,
    draws: int | None = None,
    seed: int | None = None,
    keep_draws: bool = False,
    *,
    play: Play = Play(),  # noqa: B008 - frozen
    precision: Precision | float | str | None = None,
    workers: int = 1,
    executor: Executor | None = None,
    store: Store | None = None,
    chunk: int = CHUNK,
    progress: Progress | None = None,
    say: Say = lambda _: None,
) -> Result:
    """Return the probabilities of escalation of a scenario, with their Monte Carlo errors and ranges.

    For every draw of the uncertain parameters the probabilities are exact: under each doctrine, and in play: by default
    in the equilibrium that is best for France (`sender_best`), beside every refinement, quantal response, and the range
    over all equilibria.

    Parameters
    ----------
    scenario : Scenario, str or Path
        From `load_scenario`; or the name or file that it takes.
    draws : int, optional
        At least 1; rounded up to 16 · 2^k. By default the scenario's. With a precision, the most that are tried.
    seed : int, optional
        Seed of the draws, 0 or more. By default the scenario's.
    keep_draws : bool
        Whether to keep parameters and outcomes of every draw, at 8 bytes a number.
    play : Play
        Concept, refinement and rule of selection behind the headline figures.
    precision : Precision, float or str, optional
        Stop as soon as an error is small enough; the draws begin at 65,536 and double. By default the draws are fixed.
    workers : int
        Processes that share the work; with an executor, how many it has.
    executor : Executor, optional
        Where to do the work instead: anything that returns futures of `concurrent.futures`, such as dask's
        ``client.get_executor()``.
    store : Store, optional
        Where to keep finished chunks, from `sim.work.checkpoint.opened`; those that it holds are not computed again.
    chunk : int
        Blocks of draws that are handled together; changes no result.
    progress : callable, optional
        Called with the draws done, the draws to do and the 95 % half-width so far (of what `precision` names, or the
        largest of all probabilities; NaN where it cannot be told yet) after every chunk.
    say : callable, optional
        Is told of workers that were lost and of chunks that were damaged.

    Returns
    -------
    Result
        Same scenario, draws and seed give the same bits, whoever does the work and however it is cut.

    Raises
    ------
    ValueError
        If draws, seed or chunk are out of bounds.
    RunError
        If a chunk fails again and again.
    TypeError
        If draws or seed are no whole numbers.

    Examples
    --------
    >>> import sim
    >>> result = sim.run(sim.load_scenario("macron-2024"), draws=4096)
    >>> result.draws, sorted(result.doctrine)
    (4096, ['ambiguous', 'commit', 'rule_out'])
    """
    job = plan(scenario, draws, seed, play=play, precision=precision, chunk=chunk, keep_draws=keep_draws)
    return carry_out(job, workers=workers, executor=executor, store=store, progress=progress, say=say)


def carry_out(
    job: Job,
    *,
    workers: int = 1,
    executor: Executor | None = None,
    store: Store | None = None,
    progress: Progress | None = None,
    say: Say = lambda _: None,
) -> Result:
    """Return the result of a run that is planned; the arguments are those of `run`."""
    tally, strata, kept, done = job.tally(), job.strata(), list[Chunk](), 0
    with crew(workers, executor) as by:
        for upto in job.rounds():
            for each in _chunks(job, range(done, upto), by, store=store, say=say):
                tally.merge(each.part)
                strata += each.strata
                kept += [each] * job.keep_draws
                if progress:
                    to_do = min(job.draws, upto * job.chunk * job.block)
                    progress(tally.draws, to_do, _half_width(tally, job.precision))
            done = upto
            if job.precision and job.precision.half_width_of(tally) <= job.precision.half_width:
                break
    return _result(job, tally, strata, kept)


def _result(job: Job, tally: Tally, strata: Counts, kept: list[Chunk]) -> Result:
    """Return what is reported of the sums."""
    scenario, play, stances = job.scenario, job.play, job.scenario.stances
    return Result(
        **job.provenance() | {"draws": tally.draws, "versions": fingerprint(scenario, job.seed)},
        **{name: getattr(play, name) for name in PLAYED},
        stances=list(stances.names),
        struck=list(stances.struck),
        worst_case=scenario.worst_case,
        reference=scenario.reference,
        doctrine=summary.doctrine_summary(tally, stances),
        equilibrium=_with_quantal(summary.play_summary(tally, play, stances), job, tally.draws),
        readings=reading_summary(tally, stances),
        standing=standing_summary(tally, stances),
        empty_site=empty_site_summary(tally, stances),
        histograms=summary.histograms(tally, stances),
        drivers=summary.driver_summary(tally, job, strata),
        labels=summary.label_summary(tally, stances),
        notes=summary.notes(tally, job),
        text=scenario_toml(scenario, draws=tally.draws, seed=job.seed),
        sha256=scenario.sha256,
        parameters=joined(each.parameters for each in kept) if kept else None,
        outcomes=_by_play(joined(each.outcomes for each in kept), stances) if kept else None,
    )


def _half_width(tally: Tally, precision: Precision | None) -> float:
    """Return the half-width to show while the run goes on; NaN until every replicate has as many draws."""
    return (precision or Precision(1.0)).half_width_of(tally) if tally.even else float("nan")


def _chunks(job: Job, numbers: range, by: Crew | None, *, store: Store | None, say: Say) -> Iterator[Chunk]:
    """Yield chunks in their order: those that are stored, and those that must be computed."""
    stored = set(store.numbers()) if store else set()
    computed = _computed(job, [number for number in numbers if number not in stored], by, store=store, say=say)
    # Finished in any order, added up in this one: a sum of floating-point numbers depends on it.
    ready: dict[int, Chunk] = {}
    for number in numbers:
        if store and number in stored:
            yield _loaded(job, number, by, store=store, say=say)
            continue
        while number not in ready:
            ready.update([next(computed)])
        yield ready.pop(number)


def _computed(
    job: Job, numbers: Iterable[int], by: Crew | None, *, store: Store | None, say: Say
) -> Iterator[tuple[int, Chunk]]:
    """Yield chunks as they are finished, checked and stored."""
    own = fingerprint(job.scenario, job.seed)
    for number, chunk in finished(functools.partial(work, job), numbers, by, say=say):
        for name, version in chunk.made_with.items():
            if version != own[name]:
                what = f"{name} {version} there and {own[name]} here"
                raise RunError(f"a worker does not compute the bits that this process would: {what}")
        if store:
            store.keep(number, chunk.arrays())
        yield number, chunk


def _loaded(job: Job, number: int, by: Crew | None, *, store: Store, say: Say) -> Chunk:
    """Return a stored chunk, computed again if it is damaged or cut from other blocks than this run's."""
    wanted = [(block.replicate, block.size) for block in job.blocks(number)]
    try:
        chunk = Chunk.of(store.load(number))
        if list(zip(chunk.part.replicates.tolist(), chunk.part.sizes.tolist(), strict=True)) == wanted:
            return chunk
    except DamagedError as damage:
        say(f"{damage}; it is computed again")
    _, chunk = next(_computed(job, [number], by, store=store, say=say))
    return chunk


def _with_quantal(played: summary.Summary, job: Job, draws: int) -> summary.Summary:
    """Set quantal response beside the rest, with either last move, from the first few draws of every replicate."""
    # It takes far longer than equilibria do.
    scenario, stances = job.scenario, job.scenario.stances
    size = min(QUANTAL_DRAWS, draws // REPLICATES)
    few = [Block(replicate, 0, size) for replicate in range(REPLICATES)]
    parts = list(uniforms(job.seed, few, scenario.dimensions))
    parameters = parameter_values(scenario, np.concatenate(parts, axis=-1))
    moves: summary.Summary = {}
    told = {outcome: f"selected.{outcome}" for outcome in OUTCOMES}
    for move in LAST_MOVES:
        tally = Tally((), (), (*told.values(), "failed"))
        quantal = replace(job.play, concept="quantal", last_move=move)
        # At once: small batches cost as much.
        values = evaluate(parameters, worst_case=scenario.worst_case, play=quantal, stances=stances)
        tally.add_blocks(range(REPLICATES), values)
        figures: summary.Summary = {outcome: tally.mean(name) for outcome, name in told.items()}
        figures |= {"rationality": job.play.rationality, "draws": tally.draws, "failed_share": tally.mean("failed")}
        moves[move] = figures
    if job.play.concept != "quantal":
        played["by_refinement"]["quantal"] = moves[job.play.last_move]
    return played | {"last_move": moves}


def _by_play(values: Values, stances: Stances) -> dict[str, Values]:
    """Sort quantities by doctrine, with equilibrium play as "selected"."""
    return {
        play: {name: values[f"{play}.{name}"] for name in (*OUTCOMES, "france_payoff")}
        for play in (*stances.names, "selected")
    }
