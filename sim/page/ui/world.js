/** What does the engine say of where things stand? Each answer is found once a change, and only if it is asked for. */

/* global engine */
import { drawsNow, onChange, pointNow, state } from "./state.js";
import { page } from "./words.js";

/** @type {Map<string, any>} Answers to what stands now. */
const answers = new Map();

/** The stances with a target. @type {string[]} */
export const struck = page.kind === "crisis" ? page.run.struck : [];

/** All stances, in their order. @type {string[]} */
export const stances = page.kind === "crisis" ? page.run.stances : [];

/** Forget what was found: something moved. Must be told first of all. */
export function follow() {
  onChange("now", () => answers.clear());
}

/** @template T @param {string} name @param {() => T} solve @returns {T} */
function once(name, solve) {
  if (!answers.has(name)) answers.set(name, solve());
  return answers.get(name);
}

/** What follows if the sender is held to each stance, in one reading of the worst case. @param {string} [worstCase] */
export function doctrines(worstCase = state.worstCase) {
  return once(`doctrine ${worstCase}`, () => engine.solveDraws(drawsNow(), { worstCase }).doctrine);
}

/** The same with every stance as exposed as the reference. @param {string} worstCase */
export function exposed(worstCase) {
  const equalExposure = page.scenario.reference;
  return once(`exposed ${worstCase}`, () => engine.solveDraws(drawsNow(), { worstCase, equalExposure }).doctrine);
}

/** What follows if the sender chooses its stance, knowing its type. */
export function play() {
  return once("play", () => engine.solveDraws(drawsNow(), { worstCase: state.worstCase, equilibria: true }).equilibrium);
}

/** The one game in which every number is in its middle, or where it was moved. */
export function central() {
  return once("central", () => solved(pointNow()));
}

/** One game, solved. @param {Object<string, number>} point */
export function solved(point) {
  return engine.solvePoint(point, page.scenario.stances, { worstCase: state.worstCase });
}
