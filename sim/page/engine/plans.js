/**
 * Who may send what in a game with ties, and where may each belief lie? A list of plans, each a pair of linear sets, as
 * in sim/games/ties/plans.py: between break-even beliefs the best replies do not change, so the beliefs after a signal
 * fall into few cells, and once it is fixed who sends what in which cells, all conditions are linear.
 */

import { cellOf } from "./game.js";
import { ROUNDING, TIE, scaled } from "./paths.js";

/** @typedef {import("./game.js").Game} Game @typedef {import("./paths.js").Paths} Paths */

/**
 * Beliefs after a signal with the same best replies.
 * @typedef {Object} Cell
 * @property {number} low
 * @property {number} high
 * @property {number[]} best Of each receiver type, bits: 1 the first action, 2 the second.
 * @property {number[]} floor What each sender type gets at least.
 * @property {number[]} most And at most.
 */

/**
 * @typedef {Object} Plan
 * @property {number[]} sends Who sends each signal, bits: 1 type 0, 2 type 1.
 * @property {Cell[]} cells
 */

const SENDERS = [0, 2, 1, 3]; // nobody, type 1, type 0, both: the order of Python

/**
 * Return all plans that leave an equilibrium possible.
 * @param {Game} game @param {Paths} paths @param {number} most
 * @returns {Plan[]|null} Null if there are more than `most`.
 */
export function plansOf(game, paths, most) {
  const columns = range(game.signals).map((m) => cellsOf(game, paths, m));
  const least = (/** @type {Cell[]} */ column, /** @type {number} */ t) => Math.min(...column.map((cell) => cell.floor[t]));
  const reserve = [0, 1].map((t) => Math.max(...columns.map((column) => least(column, t))));
  const options = columns.map((column, m) => {
    const fitting = SENDERS.flatMap((sends) =>
      column.filter((cell) => fits(cell, sends, column)).map((cell) => ({ sends, cell })),
    );
    const worst = harshest(game, paths, m, fitting.filter(({ sends }) => sends === 0).map(({ cell }) => cell));
    return fitting.filter(({ sends, cell }) => sends > 0 || worst === null || cell === worst);
  });
  /** @type {Plan[]} */
  const plans = [];
  const chosen = /** @type {{sends: number, cell: Cell}[]} */ ([]);
  const choose = (/** @type {number} */ m, /** @type {number[]} */ floor, /** @type {number[]} */ top) => {
    if (plans.length > most) return;
    if (m === options.length) {
      const plan = { sends: chosen.map(({ sends }) => sends), cells: chosen.map(({ cell }) => cell) };
      const both = plan.sends.reduce((all, sends) => all | sends, 0) === 3;
      if (both && averages(plan, game.prior[1])) plans.push(plan);
      return;
    }
    for (const option of options[m]) {
      const sure = [0, 1].map((t) => Math.max(floor[t], option.cell.floor[t]));
      const high = [0, 1].map((t) => Math.min(top[t], option.sends & (t + 1) ? option.cell.most[t] : Infinity));
      if (high[0] < sure[0] - TIE || high[1] < sure[1] - TIE) continue;
      chosen.push(option);
      choose(m + 1, sure, high);
      chosen.pop();
    }
  };
  choose(0, reserve, [Infinity, Infinity]);
  return plans.length > most ? null : plans;
}

/** Index into `FAMILIES` of who sends what. @param {Plan} plan */
export function familyOf(plan) {
  const used = plan.sends.filter((sends) => sends > 0);
  if (used.length === 1) return 0;
  if (!used.includes(3)) return 1;
  const signals = [1, 2].map((type) => used.filter((sends) => sends & type).length);
  return Math.min(...signals) === 1 ? 2 : 3;
}

/** @param {number} count */
function range(count) {
  return Array.from({ length: count }, (_, i) => i);
}

/**
 * Return the cells of beliefs after one signal, ascending, as wide as the same best replies.
 * @param {Game} game @param {Paths} paths @param {number} m @returns {Cell[]}
 */
function cellsOf(game, paths, m) {
  const points = [0, 1];
  for (let k = 0; k < game.receivers && game.actions[m] === 3; k++) {
    const zero = game.receiver[cellOf(k, 0, m, 0)] - game.receiver[cellOf(k, 0, m, 1)];
    const one = game.receiver[cellOf(k, 1, m, 0)] - game.receiver[cellOf(k, 1, m, 1)];
    const turn = zero * one < 0 ? zero / (zero - one) : -1;
    if (turn > TIE && turn < 1 - TIE) points.push(Math.abs(turn - game.prior[1]) <= TIE ? game.prior[1] : turn);
  }
  points.sort((one, two) => one - two);
  const ends = points.filter((point, i) => i === 0 || point - points[i - 1] > TIE);
  const cells = [cellAt(game, paths, m, 0, 0)];
  for (let i = 1; i < ends.length; i++) {
    for (const cell of [cellAt(game, paths, m, ends[i - 1], ends[i]), cellAt(game, paths, m, ends[i], ends[i])]) {
      const last = cells[cells.length - 1];
      if (cell.best.every((best, k) => best === last.best[k])) last.high = cell.high;
      else cells.push(cell);
    }
  }
  return cells;
}

/**
 * Return the best replies at the middle of a cell.
 * @param {Game} game @param {Paths} paths @param {number} m @param {number} low @param {number} high @returns {Cell}
 */
function cellAt(game, paths, m, low, high) {
  const belief = (low + high) / 2;
  const best = range(game.receivers).map((k) => {
    if (game.actions[m] !== 3) return game.actions[m];
    const all = [0, 1, 2, 3].map((i) => game.receiver[cellOf(k, i >> 1, m, i & 1)]);
    const size = Math.max(...all.map(Math.abs));
    const tolerance = TIE * (Math.max(...all) - Math.min(...all)) + ROUNDING * size;
    const first = (1 - belief) * all[0] + belief * all[2];
    const second = (1 - belief) * all[1] + belief * all[3];
    const top = Math.max(first, second) - tolerance;
    return (first >= top ? 1 : 0) + (second >= top ? 2 : 0);
  });
  const floor = [0, 1].map((t) => total(best, (k, a) => scaled(game, paths, k, t, m, a), Math.min));
  const most = [0, 1].map((t) => total(best, (k, a) => scaled(game, paths, k, t, m, a), Math.max));
  return { low, high, best, floor, most };
}

/**
 * Add up the extreme of what best replies give.
 * @param {number[]} best @param {(k: number, a: number) => number} payoff
 * @param {(...of: number[]) => number} extreme
 */
function total(best, payoff, extreme) {
  const own = best.map((bits, k) => extreme(...[0, 1].filter((a) => bits & (a + 1)).map((a) => payoff(k, a))));
  return own.reduce((sum, each) => sum + each, 0);
}

/**
 * Whether the belief can lie in the cell, given who sends the signal; of cells after no one, the widest do.
 * @param {Cell} cell @param {number} sends @param {Cell[]} column
 */
function fits(cell, sends, column) {
  if (sends === 3) return cell.high > 0 && cell.low < 1;
  if (sends > 0) return cell === (sends === 2 ? column[column.length - 1] : column[0]);
  const holds = (/** @type {Cell} */ other) => cell.best.every((best, k) => (other.best[k] & best) === best);
  const equal = (/** @type {Cell} */ other) => cell.best.every((best, k) => other.best[k] === best);
  if (column.some((other) => holds(other) && !equal(other))) return false;
  const same = column.filter(equal);
  return cell === same[Math.floor(same.length / 2)];
}

/**
 * Return a cell with one reply that is the worst of all cells for both sender types.
 * @param {Game} game @param {Paths} paths @param {number} m @param {Cell[]} cells
 */
function harshest(game, paths, m, cells) {
  const floor = [0, 1].map((t) => Math.min(...cells.map((cell) => cell.floor[t])));
  for (const cell of cells) {
    const joint = cell.best.every((best, k) => {
      if (best !== 3) return true;
      const [zero, one] = [0, 1].map((t) => scaled(game, paths, k, t, m, 1) - scaled(game, paths, k, t, m, 0));
      return (zero <= 0 && one <= 0) || (zero >= 0 && one >= 0);
    });
    if (joint && cell.floor[0] <= floor[0] && cell.floor[1] <= floor[1]) return cell;
  }
  return null;
}

/**
 * Whether beliefs in the cells of the signals sent can average to the prior, each with positive weight.
 * @param {Plan} plan @param {number} prior
 */
function averages(plan, prior) {
  const used = plan.cells.map((cell, m) => ({ cell, sends: plan.sends[m] })).filter(({ sends }) => sends > 0);
  const low = used.map(({ cell, sends }) => (sends === 3 ? cell.low : sends - 1));
  const high = used.map(({ cell, sends }) => (sends === 3 ? cell.high : sends - 1));
  const fixed = low.every((end) => end === prior) && high.every((end) => end === prior);
  return fixed || (Math.min(...low) < prior && prior < Math.max(...high));
}
