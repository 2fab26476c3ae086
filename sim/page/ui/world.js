/** What does the engine say of where things stand? Each answer is found once a change, and only if it is asked for. */

/* global engine */
import { asRun, drawsNow, onChange, ownDraws, pointNow, state } from "./state.js";
import { page, say } from "./words.js";

/** Which equilibria are admitted, and which of them is played: as in the run. */
const RULE = page.kind === "crisis" ? { refinement: page.run.refinement, select: page.run.select } : {};

/** @type {Map<string, any>} Answers to what stands now. */
const answers = new Map();

/** The stances with a target. @type {string[]} */
export const struck = page.kind === "crisis" ? page.run.struck : [];

/** All stances, in their order. @type {string[]} */
export const stances = page.kind === "crisis" ? page.run.stances : [];

/** @param {Object<string, any>} found By outcome, its mean and more. */
const means = (found) => Object.fromEntries(Object.entries(found).flatMap(([outcome, { mean }]) => (mean === undefined ? [] : [[outcome, mean]])));

/** The means of the run, as the engine would give them. */
const runDoctrine = page.kind === "crisis" ? Object.fromEntries(stances.map((stance) => [stance, means(page.run.doctrine[stance])])) : {};
const runPlay = page.kind === "crisis" ? { ...page.run.equilibrium, selected: means(page.run.equilibrium.selected) } : {};

/** @type {any} Found once, since it never changes. */
let own = null;

/** Forget what was found: something moved. Must be told first of all. */
export function follow() {
  onChange("now", () => answers.clear());
}

/** @template T @param {string} name @param {() => T} solve @returns {T} */
function once(name, solve) {
  if (!answers.has(name)) answers.set(name, solve());
  return answers.get(name);
}

/** What to add to a command for them. */
export function ruleOptions() {
  const options = { refinement: "none", select: "sender_best", concept: "equilibrium" };
  return Object.entries(options).map(([name, usual]) => (page.run[name] === usual ? "" : ` --${name} ${page.run[name]}`)).join("");
}

/** Which equilibrium is played, in words. */
export function ruleTold() {
  const admitted = page.run.refinement === "none" ? "" : ` ${say("rules.admitted", { refinement: say(`rules.${page.run.refinement}`) })}`;
  return say(`rules.${page.run.select}`) + admitted;
}

/**
 * What follows if the sender is held to each stance, in one reading of the worst case: the means of the run as long as
 * all is as it had it, then those of the page's own draws.
 * @param {string} [worstCase]
 */
export function doctrines(worstCase = state.worstCase) {
  if (asRun()) return worstCase === state.worstCase ? runDoctrine : page.run.readings[worstCase].as_stated;
  return once(`doctrine ${worstCase}`, () => engine.solveDraws(drawsNow(), { worstCase }).doctrine);
}

/** The same with every stance as exposed as the reference. @param {string} worstCase */
export function exposed(worstCase) {
  if (asRun()) return page.run.readings[worstCase].equal_exposure;
  const equalExposure = page.scenario.reference;
  return once(`exposed ${worstCase}`, () => engine.solveDraws(drawsNow(), { worstCase, equalExposure }).doctrine);
}

/** What follows if the sender chooses its stance, knowing its type. */
export function play() {
  if (asRun()) return runPlay;
  return once("play", () => engine.solveDraws(drawsNow(), { ...RULE, worstCase: state.worstCase, equilibria: true }).equilibrium);
}

/** What the page's own draws say as the scenario stands, to compare with what they say once a number is moved. */
export function unmoved() {
  own ??= engine.solveDraws(ownDraws(), { ...RULE, worstCase: page.base.worst_case, equilibria: true });
  return { doctrine: own.doctrine, chosen: own.equilibrium.selected };
}

/** The one game in which every number is in its middle, or where it was moved. */
export function central() {
  return once("central", () => solved(pointNow()));
}

/** One game, solved. @param {Object<string, number>} point */
export function solved(point) {
  return engine.solvePoint(point, page.scenario.stances, { ...RULE, worstCase: state.worstCase });
}
