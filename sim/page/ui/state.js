/** Where does everything stand? The scenario chosen, what was moved by hand, the reading; kept in the address. */

/* global engine */
import { page, say } from "./words.js";

/**
 * A scenario as the page carries it, merged with what the first one has.
 * @typedef {Object} Carried
 * @property {string} name
 * @property {string} title
 * @property {string} worst_case
 * @property {string} head
 * @property {Object<string, string>} tables
 * @property {Object<string, any>} lines
 * @property {Object<string, number>} medians
 * @property {any} draws
 */

/** What the user has done: the one thing that everything else follows from. */
export const state = {
  /** @type {string} */ scenario: "",
  /** @type {Object<string, number>} By line, in the order in which they were moved. */ moved: {},
  /** @type {string} */ worstCase: "type",
};

/** @type {Map<string, Carried>} */
const known = new Map();
/** @type {(() => void)[][]} */
const listeners = [[], [], []];
const PHASES = { now: 0, soon: 1, later: 2 };
const LATER = 220; // milliseconds of rest after which the slower figures follow
const waiting = { frame: 0, timer: 0 };

/** Names and titles of all scenarios that can be chosen, the page's own first. */
export function choices() {
  return [page.base, ...page.presets].map(({ name, title }) => ({ name, title }));
}

/** The scenario that is chosen. @returns {Carried} */
export function scenario() {
  return named(state.scenario);
}

/** @param {string} name @returns {Carried} */
function named(name) {
  const found = known.get(name) ?? merged(name);
  known.set(name, found);
  return found;
}

/** @param {string} name @returns {Carried} */
function merged(name) {
  const other = page.presets.find((/** @type {any} */ each) => each.name === name);
  const told = { ...page.base, ...other };
  for (const key of ["tables", "lines", "medians", "values", "apart"]) {
    const all = { ...page.base[key], ...other?.[key] };
    told[key] = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
  }
  const [values, apart] = [told.values, told.apart].map((columns) =>
    Object.fromEntries(Object.entries(columns).map(([key, value]) => [key, typeof value === "string" ? page.columns[Number(value)] : value])),
  );
  return { ...told, draws: engine.drawsOf({ count: page.count, stances: page.scenario.stances, values, apart }) };
}

/** The draws of the page's own scenario, nothing moved. */
export function ownDraws() {
  return named(page.base.name).draws;
}

/** Whether all is as the run had it: the page's own scenario and reading, and nothing moved. */
export function asRun() {
  return state.scenario === page.base.name && state.worstCase === page.base.worst_case && !Object.keys(state.moved).length;
}

/** The draws as they are now. */
export function drawsNow() {
  return engine.withSettings(scenario().draws, state.moved);
}

/** The middle of every number, or where it was moved. @returns {Object<string, number>} */
export function pointNow() {
  const { medians, lines } = scenario();
  const point = { ...medians };
  for (const [line, value] of Object.entries(state.moved)) {
    for (const name of lines[line].parameters) point[name] = value;
  }
  return point;
}

/** Where a number stands. @param {string} line */
export function valueOf(line) {
  return state.moved[line] ?? scenario().lines[line].median;
}

/** Be told of changes: at once, a moment later, or once the hand rests. @param {"now"|"soon"|"later"} when @param {() => void} listener */
export function onChange(when, listener) {
  listeners[PHASES[when]].push(listener);
}

/** Fix a number. @param {string} line @param {number} value */
export function move(line, value) {
  state.moved[line] = value;
  changed();
}

/** Let a number be uncertain again, or all of them. @param {string} [line] */
export function reset(line) {
  if (line === undefined) state.moved = {};
  else delete state.moved[line];
  changed();
}

/** @param {string} name */
export function choose(name) {
  state.scenario = name;
  state.worstCase = scenario().worst_case;
  const { lines } = scenario();
  const kept = Object.entries(state.moved).filter(([line]) => line in lines);
  state.moved = Object.fromEntries(kept.map(([line, value]) => [line, within(lines[line], value)]));
  changed();
}

/** @param {string} reading */
export function doubt(reading) {
  state.worstCase = reading;
  changed();
}

/** Tell everybody. */
export function changed() {
  if (!waiting.frame) waiting.frame = requestAnimationFrame(redraw);
}

function redraw() {
  waiting.frame = 0;
  listeners[0].forEach((listener) => listener());
  clearTimeout(waiting.timer);
  waiting.timer = setTimeout(() => {
    if (waiting.frame) return; // the hand still moves: the next frame comes here again
    listeners[1].forEach((listener) => listener());
    waiting.timer = setTimeout(() => {
      history.replaceState(null, "", fragment());
      listeners[2].forEach((listener) => listener());
    }, LATER);
  });
}

/** Draw everything again, as after a change of theme or size. */
export function redrawAll() {
  listeners.flat().forEach((listener) => listener());
}

/** The state as the end of an address. */
export function fragment() {
  const told = new URLSearchParams();
  if (state.scenario !== page.base.name) told.set("scenario", state.scenario);
  if (state.worstCase !== scenario().worst_case) told.set("worst_case", state.worstCase);
  for (const [line, value] of Object.entries(state.moved)) told.set(line, String(value));
  return `#${told}`;
}

/** Take the state from the address; what is not known, or no number in reach, is left out. */
export function readFragment() {
  const told = new URLSearchParams(location.hash.slice(1));
  const name = told.get("scenario") ?? page.base.name;
  state.scenario = choices().some((each) => each.name === name) ? name : page.base.name;
  const { lines, worst_case: own } = scenario();
  const reading = told.get("worst_case") ?? own;
  state.worstCase = ["type", "outcome"].includes(reading) ? reading : own;
  state.moved = {};
  for (const [line, text] of told) {
    const value = Number(text);
    if (line in lines && text !== "" && Number.isFinite(value)) {
      state.moved[line] = within(lines[line], value);
    }
  }
}

/** @param {{low: number, high: number}} line @param {number} value */
function within(line, value) {
  return Math.min(Math.max(value, line.low), line.high);
}

/** The scenario as it is now, as a file that `sim run` takes. */
export function asToml() {
  const { head, tables } = scenario();
  const draws = asRun() ? page.run.draws : page.count;
  const reading = head.replace(/^worst_case = .*$/m, `worst_case = ${JSON.stringify(state.worstCase)}`).replace(/^draws = .*$/m, `draws = ${draws}`);
  const parts = Object.entries(tables).map(([name, body]) => `[${name}]\n${name in state.moved ? fixed(name) : body}`);
  return `${[reading, ...parts].join("\n\n")}\n`;
}

/** @param {string} line */
function fixed(line) {
  const value = state.moved[line];
  const reason = JSON.stringify(say("sliders.hand"));
  const number = Number.isInteger(value) ? value.toFixed(1) : String(value);
  return `value = ${number}\nassumption = ${reason}\nrationale = ${reason}`;
}
