/** How sure are we? Three kinds of uncertainty apart, drivers beside evidence, what happened elsewhere, what holds up. */

import { barChart } from "./bars.js";
import { h, paint } from "./dom.js";
import { show } from "./figure.js";
import { RUNGS, colourOf } from "./ladder.js";
import { footing } from "./sliders.js";
import { scenario } from "./state.js";
import { baseOf, count, frequency, grouped, lineName, page, say, stanceName, upper } from "./words.js";
import { ruleOptions, ruleTold, stances, struck, unmoved } from "./world.js";
import { part } from "./why.js";

const ERRORS = 2.131449545559323; // half-width of a 95 % interval in standard errors, for 16 replicates

/** @param {HTMLElement} place */
export function sure(place) {
  place.append(h("div", { class: "slide heading" }, h("h2", {}, say("sure.title")), h("p", {}, say("sure.intro", { draws: grouped(page.run.draws) }))));
  if (struck.length) world(place);
  theory(place);
  exact(place);
  drivers(place);
  if (page.facts.length && struck.length) facts(place);
  robust(place);
}

/** The command of the run. @param {string} name */
function command(name) {
  const settings = Object.entries(page.run.settings).map(([parameter, value]) => ` --set ${parameter}=${value}`);
  return `sim ${name} ${page.scenario.command}${settings.join("")}`;
}

function ofRun() {
  return `${command("run")} --draws ${page.run.draws} --seed ${page.run.seed}${ruleOptions()}`;
}

/** @param {HTMLElement} place */
function world(place) {
  const of = (/** @type {string} */ stance, /** @type {string} */ rung) => page.run.doctrine[stance][rung];
  const last = struck[struck.length - 1];
  show(part(place), {
    id: "world",
    level: "h2",
    finding: () => `${say("sure.world")}. ${say("sure.world_finding", { stance: stanceName(last), low: count(of(last, "strike").q05), high: count(of(last, "strike").q95) })}`,
    note: say("sure.world_why"),
    command: ofRun(),
    table: () => ({
      columns: [say("ladder.stance"), say("ladder.rung"), "mean", "q05", "q50", "q95"],
      rows: struck.flatMap((stance) => RUNGS.map((rung) => [stanceName(stance), say(`rungs.${rung}`), ...["mean", "q05", "q50", "q95"].map((key) => of(stance, rung)[key])])),
    }),
    draw: (width, em) => {
      const groups = RUNGS.slice(0, 3).map((rung) => ({
        label: upper(say(`rungs.${rung}`)),
        bars: struck.map((stance) => {
          const { mean, q05, q95 } = of(stance, rung);
          return { name: stanceName(stance), told: `${count(q05)} – ${count(q95)}`, value: mean, colour: colourOf(stance), range: /** @type {[number, number]} */ ([q05, q95]) };
        }),
      }));
      return barChart(width, em, groups);
    },
  });
}

/** @param {HTMLElement} place */
function theory(place) {
  const { range, by_refinement: refined, selected } = page.run.equilibrium;
  if (!range) return; // quantal play has no range of equilibria
  const [low, high] = range.strike;
  const base = baseOf([high]);
  const told = { low: count(low, base), high: count(high, base), base: grouped(base) };
  show(part(place), {
    id: "theory",
    level: "h2",
    finding: () => `${say("sure.theory")}. ${say(told.low === told.high ? "sure.theory_finding_one" : "sure.theory_finding", told)}`,
    note: say("sure.theory_why", { rule: ruleTold() }),
    command: ofRun(),
    table: () => ({
      columns: [say("ladder.rung"), say("ladder.chooses"), "min", "max", ...Object.keys(refined)],
      rows: RUNGS.map((rung) => [say(`rungs.${rung}`), selected[rung].mean, ...range[rung], ...Object.values(refined).map((/** @type {any} */ each) => each[rung])]),
    }),
    draw: (width, em) => {
      const bars = RUNGS.slice(0, 3).map((rung) => ({
        name: say(`rungs.${rung}`),
        told: `${count(range[rung][0])} – ${count(range[rung][1])}`,
        value: selected[rung].mean,
        colour: colourOf("equilibrium"),
        range: range[rung],
      }));
      return barChart(width, em, [{ label: upper(say("ladder.chooses")), bars }]);
    },
  });
}

/** @param {HTMLElement} place */
function exact(place) {
  const most = () => Math.max(...struck.flatMap((stance) => RUNGS.map((rung) => ERRORS * page.run.doctrine[stance][rung].se)), 0);
  const mine = unmoved().doctrine;
  const off = Math.max(...struck.flatMap((stance) => RUNGS.map((rung) => Math.abs(mine[stance][rung] - page.run.doctrine[stance][rung].mean))), 0);
  const points = (/** @type {number} */ share) => +(100 * share).toPrecision(2);
  show(part(place), {
    id: "exact",
    level: "h2",
    finding: () => `${say("sure.exact")} ${say("sure.exact_finding", { most: points(most()), off: points(off), count: grouped(page.count) })}`,
    note: say("sure.exact_why"),
    command: ofRun(),
    table: () => ({
      columns: [say("ladder.stance"), say("ladder.rung"), say("sure.exact_run"), say("sure.exact_error"), say("sure.exact_page")],
      rows: struck.flatMap((stance) => RUNGS.map((rung) => [stanceName(stance), say(`rungs.${rung}`), page.run.doctrine[stance][rung].mean, ERRORS * page.run.doctrine[stance][rung].se, mine[stance][rung]])),
    }),
    draw: (width, em) => {
      const groups = RUNGS.slice(0, 2).flatMap((rung) =>
        struck.map((stance) => {
          const { mean, se } = page.run.doctrine[stance][rung];
          const own = mine[stance][rung];
          const bars = [
            { name: say("sure.exact_run"), told: `${points(mean)} ± ${points(ERRORS * se)}`, value: mean, colour: colourOf(stance), range: /** @type {[number, number]} */ ([mean - ERRORS * se, mean + ERRORS * se]) },
            { name: say("sure.exact_page"), told: `${points(own)}`, value: own, colour: paint("pale") },
          ];
          return { label: `${upper(say(`rungs.${rung}`))}: ${stanceName(stance)}`, bars };
        }),
      );
      return barChart(width, em, groups, { most: Math.max(...struck.map((stance) => page.run.doctrine[stance].strike.mean), 0.01) * 1.2 });
    },
  });
}

/** @param {HTMLElement} place */
function drivers(place) {
  const told = page.drivers.filter((/** @type {any} */ each) => each.share > 0);
  if (!told.length) return;
  const rests = (/** @type {string} */ line) => {
    const claims = scenario().lines[line].evidence.length;
    if (!claims) return say("sure.rests_assumption");
    return claims === 1 ? say("sure.rests_claim") : say("sure.rests_claims", { count: claims });
  };
  show(part(place), {
    id: "drivers",
    level: "h2",
    finding: () => say("sure.drivers_finding", { label: lineName(told[0].line), share: Math.round(100 * told[0].share), footing: rests(told[0].line) }),
    note: say("sure.drivers_why"),
    command: command("sensitivity"),
    table: () => ({
      columns: [say("sources.number"), say("ladder.probability"), say("sources.claims")],
      rows: told.map((/** @type {any} */ { line, share }) => [lineName(line), share, rests(line)]),
    }),
    draw: (width, em) => {
      const groups = told.map((/** @type {any} */ { line, share }) => ({
        label: lineName(line),
        bars: [{ name: footing(page.base.lines[line]), told: say("sliders.of_100", { count: Math.round(100 * share) }), value: share, colour: paint(page.base.lines[line].evidence.length ? "blue" : "assumed") }],
      }));
      return barChart(width, em, groups, { most: Math.max(told[0].share * 1.1, 0.1) });
    },
  });
}

/** @param {HTMLElement} place */
function facts(place) {
  const least = 1e-5;
  const last = struck[struck.length - 1];
  const below = page.facts.filter((/** @type {any} */ { value, models }) => models[last] && models[last].mean < value).length;
  show(part(place), {
    id: "facts",
    level: "h2",
    finding: () => `${say("sure.facts")}. ${say("sure.facts_finding", { facts: page.facts.length, stance: stanceName(last), below })}`,
    note: say("sure.facts_why"),
    command: command("plausible"),
    table: () => ({
      columns: [say("sure.fact"), say("sure.says"), ...struck.map((stance) => `${say("sure.model")}: ${stanceName(stance)}`), say("sure.differs")],
      rows: page.facts.map((/** @type {any} */ { title, value, models, differs, source }) => [title, value, ...struck.map((stance) => models[stance]?.mean ?? "–"), `${differs} (${source})`]),
    }),
    draw: (width, em) => {
      const legend = [["the_fact", paint("ink")], ...struck.map((stance) => [stance, colourOf(stance)])];
      const key = { label: "", inLine: true, bars: legend.map(([name, colour]) => ({ name: "", told: name === "the_fact" ? say("sure.says") : stanceName(name), value: 0, colour })) };
      const groups = page.facts.map((/** @type {any} */ { title, value, interval, models }) => ({
        label: title,
        overlaid: true,
        bars: [
          { name: "", told: frequency(value), value, colour: paint("ink"), ...(interval ? { range: interval } : {}) },
          ...struck.flatMap((stance) => (models[stance] ? [{ name: stanceName(stance), told: frequency(models[stance].mean), value: models[stance].mean, colour: colourOf(stance) }] : [])),
        ],
      }));
      return barChart(width, em, [key, ...groups], { most: 1, least, log: true });
    },
  });
}

/** @param {HTMLElement} place */
function robust(place) {
  const { best, finding } = page.robustness;
  const kinds = Object.entries({ france_payoff: "sure.robust_with", payoff_without_stance_value: "sure.robust_without" });
  show(part(place), {
    id: "robust",
    level: "h2",
    finding: () => `${say("sure.robust")} ${finding}`,
    note: say("sure.robust_why"),
    command: command("robustness"),
    table: () => ({ columns: [say("ladder.stance"), ...kinds.map(([, key]) => say(key))], rows: stances.map((stance) => [stanceName(stance), ...kinds.map(([kind]) => best[kind][stance])]) }),
    draw: (width, em) => {
      const groups = kinds.map(([kind, key]) => ({
        label: upper(say(key)),
        bars: stances.map((stance) => ({ name: stanceName(stance), told: frequency(best[kind][stance]), value: best[kind][stance], colour: colourOf(stance) })),
      }));
      return barChart(width, em, groups);
    },
  });
}
