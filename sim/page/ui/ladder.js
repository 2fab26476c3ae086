/** How far up the ladder does each stance let the crisis go? The figure that moves with the hand. */

import { barChart } from "./bars.js";
import { h, paint } from "./dom.js";
import { show } from "./figure.js";
import { asRun, onChange, scenario, state } from "./state.js";
import { baseOf, count, frequency, grouped, listed, page, say, stanceName, upper } from "./words.js";
import { doctrines, exposed, play, ruleOptions, stances, struck, unmoved } from "./world.js";

export const RUNGS = ["strike", "casualties", "retaliation", "war", "nuclear"];
const BARS = 2; // rungs that are drawn as bars; the others are too rare for that
const CHOOSES = "equilibrium";

/** What was drawn last, and what was drawn before the hand began to move. @type {{now: any, before: any}} */
const drawn = { now: null, before: null };

/** The colour of a stance, or of play. @param {string} stance */
export function colourOf(stance) {
  return paint(stance === CHOOSES ? "chosen" : page.stances[stance].colour);
}

/**
 * Keep what stands now as what it is compared with, always in the page's own draws, so that what is seen to move is the
 * number and not the number of draws; nothing, if all is as at first.
 * @param {boolean} [nothing]
 */
export function keepBefore(nothing = false) {
  drawn.before = nothing ? null : asRun() ? unmoved() : drawn.now;
}

/** How often under each stance, in words: "26 (ambiguous) and 29 (commit)". @param {any} found @param {number} base */
export function strikesTold(found, base) {
  const each = struck.map((stance) => say("ladder.each", { count: count(found[stance].strike, base), stance: stanceName(stance) }));
  return listed(each);
}

/** What stood there before the hand began to move, in words. */
export function beforeTold() {
  if (!drawn.before) return "";
  const base = baseOf(struck.map((stance) => drawn.now.doctrine[stance].strike));
  return say("sliders.before", { listed: strikesTold(drawn.before.doctrine, base) });
}

/** @param {HTMLElement} place */
export function ladder(place) {
  const caveat = h("div", { class: "caveat", id: "caveat" });
  const frame = h("div", {});
  place.append(frame);
  const redraw = show(frame, {
    id: "ladder-figure",
    level: "h2",
    finding,
    note: undefined,
    command: commandNow,
    table,
    draw: (width, em) => barChart(width, em, groups()),
  });
  const figure = /** @type {HTMLElement} */ (frame.querySelector("figure"));
  const was = h("p", { class: "before small" });
  figure.querySelector(".finding")?.after(was, caveat);
  const caption = h("figcaption", {});
  figure.querySelector(".stage")?.after(caption);
  onChange("now", () => {
    drawn.now = { doctrine: doctrines(), chosen: drawn.now?.chosen ?? null };
    was.textContent = beforeTold();
    redraw();
  });
  onChange("soon", () => {
    drawn.now = { doctrine: doctrines(), chosen: play().selected };
    redraw();
  });
  onChange("later", () => {
    caveat.replaceChildren(...caveats());
    caption.textContent = `${basis()} ${drawn.before ? say("ladder.ghost") : ""}`;
  });
}

/** Which draws are these the means of, and what do the others say? */
function basis() {
  const told = (/** @type {(stance: string) => number} */ strike) => listed(struck.map((stance) => say("ladder.each", { count: count(strike(stance)), stance: stanceName(stance) })));
  const own = told((stance) => unmoved().doctrine[stance].strike);
  const run = told((stance) => page.run.doctrine[stance].strike.mean);
  return say(asRun() ? "ladder.caption_run" : "ladder.caption_own", { count: grouped(page.count), draws: grouped(page.run.draws), run, own });
}

/** The command that gives the same numbers, as far as one line can. */
export function commandNow() {
  const name = state.scenario === page.base.name ? page.scenario.command : state.scenario;
  const settings = Object.entries(state.moved).map(([line, value]) => ` --set ${line}=${value}`);
  if (state.worstCase !== scenario().worst_case) return "";
  return `sim run ${name} --draws ${asRun() ? page.run.draws : page.count} --seed ${page.run.seed}${ruleOptions()}${settings.join("")}`;
}

function finding() {
  const found = drawn.now.doctrine;
  const chances = struck.map((stance) => found[stance].strike);
  const base = baseOf(chances);
  const hits = listed(struck.map((stance) => count(found[stance].casualties, base)));
  return `${say("ladder.finding", { listed: strikesTold(found, base), base: grouped(base) })} ${say("ladder.hits", { listed: hits })}`;
}

function caveats() {
  const quiet = stances.filter((stance) => !struck.includes(stance));
  const told = [];
  if (struck.length) {
    const strikes = { type: exposed("type"), outcome: exposed("outcome") };
    const base = baseOf(Object.values(strikes).flatMap((found) => struck.map((stance) => found[stance].strike)));
    const [type, outcome] = Object.values(strikes).map((found) => listed(struck.map((stance) => count(found[stance].strike, base))));
    told.push(say(struck.length > 1 ? "ladder.exposure" : "ladder.exposure_one", { type, outcome, base: grouped(base) }));
  }
  if (quiet.length) told.push(say("ladder.zero", { stances: upper(listed(quiet.map(stanceName))) }));
  return [h("strong", {}, say("ladder.caveat_title")), h("p", {}, [...told, say("ladder.assumed")].join(" "))];
}

function groups() {
  const { now, before: was } = drawn;
  return RUNGS.map((rung) => {
    const bars = struck.map((stance) => barOf(stance, now.doctrine[stance][rung], was?.doctrine[stance][rung]));
    if (rung === RUNGS[0]) {
      const quiet = stances.filter((stance) => !struck.includes(stance));
      bars.push(...quiet.map((stance) => ({ ...barOf(stance, 0, undefined), told: "", name: `${stanceName(stance)}: ${say("ladder.zero_bar")}`, empty: true })));
    }
    if (now.chosen) bars.push(barOf(CHOOSES, now.chosen[rung], was?.chosen?.[rung]));
    return { label: upper(say(`rungs.${rung}`)), bars, inLine: RUNGS.indexOf(rung) >= BARS };
  });
}

/** @param {string} stance @param {number} value @param {number|undefined} ghost */
function barOf(stance, value, ghost) {
  const name = stance === CHOOSES ? say("ladder.chooses") : stanceName(stance);
  const moved = ghost !== undefined && ghost !== value ? { ghost } : {};
  return { name, told: frequency(value), value, colour: colourOf(stance), ...moved };
}

function table() {
  const { doctrine, chosen } = drawn.now;
  const plays = [...stances.map((stance) => [stanceName(stance), doctrine[stance]]), ...(chosen ? [[say("ladder.chooses"), chosen]] : [])];
  const columns = [say("ladder.rung"), ...plays.map(([name]) => name)];
  const outcomes = Object.keys(page.strings.rungs);
  return { columns, rows: outcomes.map((outcome) => [say(`rungs.${outcome}`), ...plays.map(([, found]) => found[outcome])]) };
}
