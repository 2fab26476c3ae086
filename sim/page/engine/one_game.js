/** What happens in one game? Every equilibrium of a crisis at a point, or of a game given outright. */

import { newChances, setCrisis } from "./crisis.js";
import { moveTo, slotsOf } from "./draws.js";
import { newSolver, solve } from "./equilibria.js";
import { cellOf, newGame } from "./game.js";
import { namedOutcomes } from "./ladder.js";
import { FAMILIES, MOST_SIGNALS, OUTCOMES } from "./names.js";
import { DOCTRINE_NUMBERS, addDoctrine, checkedOptions, namedDoctrine, setLadders } from "./over_draws.js";
import { judge } from "./refinements.js";
import { setWeights } from "./selection.js";

/**
 * @typedef {import("./game.js").Game} Game @typedef {import("./equilibria.js").Solver} Solver
 * @typedef {import("./index.js").SolvedGame} SolvedGame @typedef {import("./index.js").DrawsOptions} DrawsOptions
 */

/**
 * Solve the crisis at one point.
 * @param {Object<string, number>} values @param {import("./draws.js").Stance[]} stances @param {DrawsOptions} options
 * @returns {import("./index.js").SolvedPoint}
 */
export function atPoint(values, stances, options) {
  const { byOutcome, equalExposure, select, bit } = checkedOptions(options);
  const slots = slotsOf({ count: 1, stances, values }, equalExposure);
  const game = newGame();
  const after = newChances();
  const solver = newSolver();
  moveTo(slots, 0);
  setCrisis(slots.point, stances, byOutcome, game, after);
  solve(game, solver);
  judge(game, solver);
  const { rows } = solver;
  const { outcomes, rung, weights } = setLadders(game, after, solver);
  setWeights(select, rows, rung, after.resolute, bit, weights);
  const held = new Float64Array(stances.length * DOCTRINE_NUMBERS);
  stances.forEach((_, m) => addDoctrine(held, m * DOCTRINE_NUMBERS, m, game, after));
  const truth = [1 - after.resolute, after.resolute];
  const list = range(rows.count);
  return {
    ...solved(game, solver, weights),
    sender: payoffs(game, game.sender, 0),
    receiver: range(2).map((k) => payoffs(game, game.receiver, k)),
    stands: Object.fromEntries(
      stances.flatMap(({ name, hasTarget }, m) =>
        hasTarget ? [[name, { bluffing: after.stands[m] === 1, resolute: after.stands[4 + m] === 1 }]] : [],
      ),
    ),
    doctrine: Object.fromEntries(stances.map(({ name }, m) => [name, namedDoctrine(held, m * DOCTRINE_NUMBERS, 1)])),
    outcomes: list.map((row) => namedOutcomes(outcomes, row * OUTCOMES.length)),
    france_payoff: list.map((row) => truth[0] * rows.value[row * 2] + truth[1] * rows.value[row * 2 + 1]),
    sent: list.map((row) =>
      range(game.signals).map((m) => truth[0] * rows.strategy[row * 8 + m] + truth[1] * rows.strategy[row * 8 + 4 + m]),
    ),
  };
}

/**
 * Solve a game given outright.
 * @param {import("./index.js").GivenGame} given @param {DrawsOptions} options
 * @returns {SolvedGame}
 */
export function ofGame(given, options) {
  const { select, bit } = checkedOptions(options);
  if (select.endsWith("escalatory")) {
    throw new Error(`select must be sender_best or uniform where there is no ladder; it is ${select}`);
  }
  const game = gameOf(given);
  const solver = newSolver();
  solve(game, solver);
  judge(game, solver);
  const weights = new Float64Array(solver.rows.count);
  setWeights(select, solver.rows, weights, game.prior[1], bit, weights);
  return solved(game, solver, weights);
}

/** Return a game as the solver takes it. @param {import("./index.js").GivenGame} given @returns {Game} */
export function gameOf(given) {
  const game = newGame();
  const receivers = given.receiver_prior ?? [1];
  const byReceiver = (/** @type {any} */ array) => (Array.isArray(array[0][0][0]) ? array : receivers.map(() => array));
  const sender = byReceiver(given.sender);
  const receiver = byReceiver(given.receiver);
  game.signals = receiver[0][0].length;
  game.receivers = receivers.length;
  const actions = receiver[0][0][0].length;
  if (given.prior.length !== 2 || game.receivers > 2 || game.signals > MOST_SIGNALS || actions > 2) {
    throw new Error("a game must have two sender types, at most two receiver types, four signals and two actions");
  }
  game.prior.set(given.prior);
  game.receiverPrior.set(receivers);
  for (let m = 0; m < game.signals; m++) {
    for (let a = 0; a < actions; a++) {
      if (given.available && !given.available[m][a]) continue;
      game.actions[m] |= a + 1;
      for (let k = 0; k < game.receivers; k++) {
        for (let t = 0; t < 2; t++) {
          game.sender[cellOf(k, t, m, a)] = sender[k][t][m][a];
          game.receiver[cellOf(k, t, m, a)] = receiver[k][t][m][a];
        }
      }
    }
  }
  return game;
}

/**
 * Return what all solved games have.
 * @param {Game} game @param {Solver} solver @param {Float64Array} weights @returns {SolvedGame}
 */
function solved(game, solver, weights) {
  const list = range(solver.rows.count);
  return {
    prior: [...game.prior],
    equilibria: list.map((row) => equilibriumOf(game, solver, row)),
    degenerate: solver.degenerate,
    weights: list.map((row) => weights[row]),
    selected: list.reduce((best, row) => (weights[row] > weights[best] ? row : best), 0),
    break_even: range(game.receivers).map((k) => range(game.signals).map((m) => breakEven(game, k, m))),
  };
}

/** @param {Game} game @param {Solver} solver @param {number} row @returns {import("./index.js").Equilibrium} */
function equilibriumOf(game, solver, row) {
  const { strategy, belief, response, value, family, verdicts } = solver.rows;
  const signals = range(game.signals);
  return {
    family: FAMILIES[family[row]],
    strategy: range(2).map((t) => signals.map((m) => strategy[row * 8 + t * 4 + m])),
    belief: signals.map((m) => belief[row * 4 + m]),
    response: range(game.receivers).map((k) =>
      signals.map((m) => [1 - response[row * 8 + k * 4 + m], response[row * 8 + k * 4 + m]]),
    ),
    sender_value: [value[row * 2], value[row * 2 + 1]],
    intuitive: (verdicts[row] & 1) !== 0,
    d1: (verdicts[row] & 2) !== 0,
    undefeated: (verdicts[row] & 4) !== 0,
  };
}

/** The belief at which a receiver type turns, or null. @param {Game} game @param {number} k @param {number} m */
function breakEven(game, k, m) {
  if (game.actions[m] !== 3) return null;
  const zero = game.receiver[cellOf(k, 0, m, 1)] - game.receiver[cellOf(k, 0, m, 0)];
  const one = game.receiver[cellOf(k, 1, m, 1)] - game.receiver[cellOf(k, 1, m, 0)];
  return zero * one < 0 ? zero / (zero - one) : null;
}

/**
 * Payoffs beside one receiver type, null where an action cannot be taken.
 * @param {Game} game @param {Float64Array} array @param {number} k
 */
function payoffs(game, array, k) {
  const cell = (/** @type {number} */ t, /** @type {number} */ m, /** @type {number} */ a) =>
    game.actions[m] & (a + 1) ? array[cellOf(k, t, m, a)] : null;
  return range(2).map((t) => range(game.signals).map((m) => range(2).map((a) => cell(t, m, a))));
}

/** @param {number} count */
function range(count) {
  return Array.from({ length: count }, (_, i) => i);
}
