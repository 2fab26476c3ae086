/**
 * Which equilibria does a game have whose payoffs tie? Every plan is asked for the equilibria at its extremes, by small
 * linear programs, as in sim/games/ties/enumeration.py: for each way to send signals the member that is best for the
 * sender before it learns its type, and those with the extreme payoffs to each type.
 */

import { greatest } from "./linear.js";
import { TIE, scaled } from "./paths.js";
import { familyOf, plansOf } from "./plans.js";
import { addRow } from "./rows.js";

/**
 * @typedef {import("./game.js").Game} Game @typedef {import("./paths.js").Paths} Paths
 * @typedef {import("./rows.js").Rows} Rows @typedef {import("./plans.js").Plan} Plan
 */

/** Plans that are tried in a game, at most. */
export const MOST_PLANS = 4000;

/** Members whose numbers all agree this closely are one. */
export const DISTINCT = 1e-7;

/**
 * Add the members of the equilibria of a game with ties to the rows; return whether any was found.
 * @param {Game} game @param {Paths} paths @param {Rows} rows
 */
export function addTied(game, paths, rows) {
  const plans = plansOf(game, paths, MOST_PLANS) ?? [];
  const found = new Map();
  for (const plan of plans) {
    const answers = repliesTo(game, paths, plan);
    const strategy = answers.length ? strategyOf(game, plan) : null;
    if (strategy === null) continue;
    for (const answer of answers) {
      const used = plan.sends.map((sends) => (sends > 0 ? 1 : 0));
      const seen = answer.response.flatMap((own) => own.map((second, m) => second * used[m]));
      const key = [...strategy.flat(), ...answer.value, ...seen].map((number) => Math.round(number / DISTINCT)).join();
      const whole = used.join("") + key;
      if (!found.has(whole)) found.set(whole, { plan, strategy, ...answer });
    }
  }
  const members = [...found.values()].sort((one, two) => familyOf(one.plan) - familyOf(two.plan));
  for (const member of members) addMember(game, paths, rows, member);
  return members.length > 0;
}

/**
 * Write one member.
 * @param {Game} game @param {Paths} paths @param {Rows} rows
 * @param {{plan: Plan, strategy: number[][], response: number[][], value: number[]}} member
 */
function addMember(game, paths, rows, member) {
  const row = addRow(rows);
  rows.family[row] = familyOf(member.plan);
  for (let m = 0; m < game.signals; m++) {
    const zero = game.prior[0] * member.strategy[0][m];
    const one = game.prior[1] * member.strategy[1][m];
    const cell = member.plan.cells[m];
    rows.strategy[row * 8 + m] = member.strategy[0][m];
    rows.strategy[row * 8 + 4 + m] = member.strategy[1][m];
    rows.belief[row * 4 + m] = zero + one > 0 ? one / (zero + one) : (cell.low + cell.high) / 2;
    for (let k = 0; k < game.receivers; k++) rows.response[row * 8 + k * 4 + m] = member.response[k][m];
  }
  for (let t = 0; t < 2; t++) rows.value[row * 2 + t] = paths.low[t] + paths.range[t] * member.value[t];
}

/**
 * Return responses, P(second action) by receiver type and signal, that make a plan optimal for the sender, and the
 * scaled values they give: best before the sender learns its type, then least and greatest for each type.
 * @param {Game} game @param {Paths} paths @param {Plan} plan
 */
function repliesTo(game, paths, plan) {
  // The numbers are the responses that are free, then the scaled values of both types.
  const free = plan.cells.flatMap((cell, m) => cell.best.flatMap((best, k) => (best === 3 ? [{ k, m }] : [])));
  const size = free.length + 2;
  const polytope = { size, equal: [], to: [], below: [], under: [] };
  for (let m = 0; m < game.signals; m++) {
    for (let t = 0; t < 2; t++) {
      let fixed = 0;
      plan.cells[m].best.forEach((best, k) => (fixed += scaled(game, paths, k, t, m, best === 2 ? 1 : 0)));
      const gain = new Array(size).fill(0); // the payoff from the signal, less the value
      free.forEach((each, j) => {
        if (each.m === m) gain[j] = scaled(game, paths, each.k, t, m, 1) - scaled(game, paths, each.k, t, m, 0);
      });
      gain[free.length + t] = -1;
      addRowTo(polytope, gain, -fixed, (plan.sends[m] & (t + 1)) > 0);
    }
  }
  free.forEach((_, j) => addRowTo(polytope, unit(size, j), 1, false));
  const worth = [0, 1].map((t) => game.prior[t] * paths.range[t]);
  const best = new Array(size).fill(0);
  worth.forEach((each, t) => (best[free.length + t] = each / Math.max(...worth)));
  const each = [0, 1].map((t) => unit(size, free.length + t));
  const goals = [best, ...each.map((goal) => goal.map((number) => -number)), ...each];
  return (greatest(polytope, goals) ?? []).map((point) => {
    const response = Array.from({ length: game.receivers }, (_, k) =>
      plan.cells.map((cell) => Number(cell.best[k] === 2)),
    );
    free.forEach(({ k, m }, j) => (response[k][m] = Math.min(Math.max(point[j], 0), 1)));
    return { response, value: point.slice(free.length) };
  });
}

/**
 * Return the strategy that fits a plan with the largest smallest probability, or null.
 * @param {Game} game @param {Plan} plan
 * @returns {number[][]|null}
 */
function strategyOf(game, plan) {
  const signals = plan.sends.length;
  const every = [0, 1].flatMap((t) => plan.sends.map((sends, m) => ({ t, m, sends })));
  const senders = every.filter(({ t, sends }) => sends & (t + 1));
  const strategy = [0, 1].map(() => new Array(signals).fill(0));
  if (senders.length === 2) {
    senders.forEach(({ t, m }) => (strategy[t][m] = 1));
    return strategy;
  }
  const size = senders.length + 1; // the last number is the smallest probability
  const polytope = { size, equal: [], to: [], below: [], under: [] };
  for (let t = 0; t < 2; t++) addRowTo(polytope, [...senders.map((each) => (each.t === t ? 1 : 0)), 0], 1, true);
  plan.sends.forEach((sends, m) => {
    if (sends !== 3) return;
    for (const [end, side] of [[plan.cells[m].low, -1], [plan.cells[m].high, 1]]) {
      const row = senders.map((each) =>
        each.m !== m ? 0 : side * (each.t === 1 ? (1 - end) * game.prior[1] : -end * game.prior[0]),
      );
      const largest = Math.max(...row.map(Math.abs));
      addRowTo(polytope, [...row.map((number) => number / largest), 0], 0, false);
    }
  });
  senders.forEach((_, j) => {
    const row = unit(size, size - 1);
    row[j] = -1;
    addRowTo(polytope, row, 0, false);
  });
  const point = greatest(polytope, [unit(size, size - 1)]);
  if (point === null || point[0][size - 1] <= TIE) return null;
  senders.forEach(({ t, m }, j) => (strategy[t][m] = Math.min(Math.max(point[0][j], 0), 1)));
  return strategy.map((own) => {
    const sum = own.reduce((all, each) => all + each, 0);
    return own.map((each) => each / sum);
  });
}

/**
 * Add row · x = side, or row · x <= side where it is no equation.
 * @param {import("./linear.js").Polytope} polytope @param {number[]} row @param {number} side
 * @param {boolean} equation
 */
function addRowTo(polytope, row, side, equation) {
  (equation ? polytope.equal : polytope.below).push(row);
  (equation ? polytope.to : polytope.under).push(side);
}

/** Return a row of zeros with a one. @param {number} size @param {number} place */
function unit(size, place) {
  const row = new Array(size).fill(0);
  row[place] = 1;
  return row;
}
