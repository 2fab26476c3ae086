/**
 * Which equilibria are plausible? The intuitive criterion, D1 and undefeated equilibrium, as
 * sim/games/refinements/refinement.py judges: an equilibrium survives if after every unsent signal some best response to
 * a belief that is left deters both types.
 */

import { cellOf } from "./game.js";
import { TIE, breakOf, scaled, tieOf, valueOf } from "./paths.js";
import { isSent } from "./rows.js";

/**
 * @typedef {import("./game.js").Game} Game @typedef {import("./paths.js").Paths} Paths
 * @typedef {import("./rows.js").Rows} Rows @typedef {import("./equilibria.js").Solver} Solver
 */

/** In the order of the bits of `Rows.verdicts`. */
export const REFINEMENTS = ["none", "intuitive", "d1", "undefeated"];

/** The bit of a refinement. @param {string} refinement */
export function bitOf(refinement) {
  const place = REFINEMENTS.indexOf(refinement);
  if (place < 0) throw new Error(`refinement must be one of ${REFINEMENTS.join(", ")}; it is ${refinement}`);
  return place === 0 ? 0 : 1 << (place - 1);
}

const LARGEST_TIE = 1e-7; // scaled payoffs closer than this are tied in degenerate games

const ROOM = 20; // pure responses: five cells of beliefs, two actions of two types in each
const SEGMENTS = 30;

// The best responses to one signal: pure ones and the segments between them, with the beliefs at which each is best.
const options = {
  pure: 0,
  gain: new Float64Array(ROOM * 2), // what each gains a type over the row, at v * 2 + t
  low: new Float64Array(ROOM),
  high: new Float64Array(ROOM),
  segments: 0,
  one: new Uint8Array(SEGMENTS),
  two: new Uint8Array(SEGMENTS),
  from: new Float64Array(SEGMENTS),
  to: new Float64Array(SEGMENTS),
};
const first = new Float64Array(ROOM);
const second = new Float64Array(ROOM);

/** Write the verdicts on all rows of a solved game. @param {Game} game @param {Solver} solver */
export function judge(game, solver) {
  const { paths, rows } = solver;
  for (let row = 0; row < rows.count; row++) rows.verdicts[row] = 7;
  if (solver.known) return;
  const tolerance = paths.tolerance + (solver.degenerate ? LARGEST_TIE : 0);
  for (let row = 0; row < rows.count; row++) {
    for (let m = 0; m < game.signals; m++) {
      if (isSent(rows, row, m)) continue;
      setOptions(game, paths, rows, row, m);
      const failed = dominated(tolerance) | (defeated(game, paths, rows, row, m, tolerance) ? 4 : 0);
      rows.verdicts[row] &= ~failed;
    }
  }
}

/** Return the bits of the intuitive criterion and D1 if the row fails them at the signal. @param {number} tolerance */
function dominated(tolerance) {
  let failed = 0;
  for (let t = 0; t < 2; t++) {
    let loses = true;
    let tempted = false; // the other type
    for (let v = 0; v < options.pure; v++) {
      if (!(options.gain[v * 2 + t] < -tolerance)) loses = false;
      if (options.gain[v * 2 + 1 - t] > tolerance) tempted = true;
      first[v] = options.gain[v * 2 + t] + tolerance; // t is willing
      second[v] = tolerance - options.gain[v * 2 + 1 - t]; // and the other unmoved
    }
    const outByD1 = tempted && !someResponse(0, 1);
    if (!loses && !outByD1) continue;
    // With t struck out the receiver is certain of the other; the row fails if that deters nobody.
    if (deterred(1 - t, 1 - t, tolerance)) continue;
    failed |= (loses ? 1 : 0) | (outByD1 ? 2 : 0);
  }
  return failed;
}

/**
 * Whether the other equilibria of the game leave no belief that deters at the signal.
 * @param {Game} game @param {Paths} paths @param {Rows} rows @param {number} row @param {number} m
 * @param {number} tolerance
 */
function defeated(game, paths, rows, row, m, tolerance) {
  const prior = game.prior[1];
  let low = 0;
  let high = 1;
  for (let rival = 0; rival < rows.count; rival++) {
    if (rival === row) continue;
    const zero = rows.strategy[rival * 8 + m] > 0;
    const one = rows.strategy[rival * 8 + 4 + m] > 0;
    const rise0 = (rows.value[rival * 2] - rows.value[row * 2]) / paths.range[0];
    const rise1 = (rows.value[rival * 2 + 1] - rows.value[row * 2 + 1]) / paths.range[1];
    const zeroGains = zero && rise0 > tolerance;
    const oneGains = one && rise1 > tolerance;
    if (!(zeroGains || oneGains) || (zero && rise0 < -tolerance) || (one && rise1 < -tolerance)) continue;
    low = Math.max(low, zeroGains ? (oneGains ? prior : 0) : zero ? prior : 1);
    high = Math.min(high, oneGains ? (zeroGains ? prior : 1) : one ? prior : 0);
  }
  return (low > 0 || high < 1) && !deterred(low, high, tolerance);
}

/**
 * Whether some best response to a belief between the ends deters both types.
 * @param {number} low @param {number} high @param {number} tolerance
 */
function deterred(low, high, tolerance) {
  for (let v = 0; v < options.pure; v++) {
    first[v] = tolerance - options.gain[v * 2];
    second[v] = tolerance - options.gain[v * 2 + 1];
  }
  return someResponse(low, high);
}

/**
 * Whether some best response to a belief between the ends makes both `first` and `second` at least 0.
 * @param {number} lowest @param {number} highest
 */
function someResponse(lowest, highest) {
  const meets = (/** @type {number} */ low, /** @type {number} */ high) =>
    low <= highest + TIE && high >= lowest - TIE && lowest <= highest;
  for (let v = 0; v < options.pure; v++) {
    if (first[v] >= 0 && second[v] >= 0 && meets(options.low[v], options.high[v])) return true;
  }
  for (let s = 0; s < options.segments; s++) {
    const i = options.one[s];
    const j = options.two[s];
    const onwards = first[j] >= 0 && !(first[i] >= 0) && second[i] >= 0 && !(second[j] >= 0);
    const back = first[i] >= 0 && !(first[j] >= 0) && second[j] >= 0 && !(second[i] >= 0);
    if (!(onwards || back) || !meets(options.from[s], options.to[s])) continue;
    // Each end fails one of the two: the segment meets the quadrant if it passes the origin on the upper side.
    const cross = first[j] * second[i] - first[i] * second[j];
    if (onwards ? cross >= 0 : cross <= 0) return true;
  }
  return false;
}

/**
 * Write the best responses to a signal, and what they gain over a row.
 * @param {Game} game @param {Paths} paths @param {Rows} rows @param {number} row @param {number} m
 */
function setOptions(game, paths, rows, row, m) {
  if (paths.hard[m]) setTiedOptions(game, paths, m);
  else setPathOptions(paths, m);
  for (let t = 0; t < 2; t++) {
    const own = (rows.value[row * 2 + t] - paths.low[t]) / paths.range[t];
    for (let v = 0; v < options.pure; v++) options.gain[v * 2 + t] -= own;
  }
}

/** Write the vertices and edges of a path. @param {Paths} paths @param {number} m */
function setPathOptions(paths, m) {
  const edges = paths.edges[m];
  options.pure = edges + 1;
  options.segments = edges;
  for (let v = 0; v <= edges; v++) {
    options.gain[v * 2] = paths.value[valueOf(m, v, 0)];
    options.gain[v * 2 + 1] = paths.value[valueOf(m, v, 1)];
    options.low[v] = v === 0 ? 0 : Math.min(paths.breaks[breakOf(m, v - 1)], 1);
    options.high[v] = v === edges ? 1 : Math.min(paths.breaks[breakOf(m, v)], 1);
  }
  for (let e = 0; e < edges; e++) {
    options.one[e] = e;
    options.two[e] = e + 1;
    options.from[e] = options.to[e] = paths.breaks[breakOf(m, e)];
  }
}

/**
 * Write the best responses whatever their ties: at one belief any mixture of best actions is one.
 * @param {Game} game @param {Paths} paths @param {number} m
 */
function setTiedOptions(game, paths, m) {
  const points = turningPoints(game, m);
  options.pure = options.segments = 0;
  for (let i = 0; i < points.length; i++) {
    if (i > 0) addCell(game, paths, m, points[i - 1], points[i]);
    addCell(game, paths, m, points[i], points[i]);
  }
}

/** Return the beliefs at which a receiver type turns, and 0 and 1. @param {Game} game @param {number} m */
function turningPoints(game, m) {
  const turns = [];
  for (let k = 0; k < game.receivers; k++) {
    const zero = game.receiver[cellOf(k, 0, m, 0)] - game.receiver[cellOf(k, 0, m, 1)];
    const one = game.receiver[cellOf(k, 1, m, 0)] - game.receiver[cellOf(k, 1, m, 1)];
    const turn = zero * one < 0 ? zero / (zero - one) : 0;
    if (turn > TIE && turn < 1 - TIE) turns.push(turn);
  }
  const points = [0];
  for (const point of [...turns.sort((one, two) => one - two), 1]) {
    if (point - points[points.length - 1] > TIE) points.push(point);
  }
  return points;
}

/**
 * Add the best responses between two beliefs.
 * @param {Game} game @param {Paths} paths @param {number} m @param {number} low @param {number} high
 */
function addCell(game, paths, m, low, high) {
  const middle = (low + high) / 2;
  const best = [];
  for (let k = 0; k < game.receivers; k++) {
    const all = [0, 1, 2, 3].map((i) => game.receiver[cellOf(k, i >> 1, m, i & 1)]);
    const expected = [0, 1].map((a) => (1 - middle) * all[a] + middle * all[2 + a]);
    const top = Math.max(...expected) - tieOf(Math.min(...all), Math.max(...all));
    best.push([0, 1].filter((a) => expected[a] >= top));
  }
  const start = options.pure;
  for (const one of best[0]) {
    for (const two of best[1] ?? [-1]) {
      const v = options.pure++;
      options.low[v] = low;
      options.high[v] = high;
      for (let t = 0; t < 2; t++) {
        const rest = two < 0 ? 0 : scaled(game, paths, 1, t, m, two);
        options.gain[v * 2 + t] = scaled(game, paths, 0, t, m, one) + rest;
      }
    }
  }
  for (let i = start; i < options.pure; i++) {
    for (let j = i + 1; j < options.pure; j++) {
      const s = options.segments++;
      options.one[s] = i;
      options.two[s] = j;
      options.from[s] = low;
      options.to[s] = high;
    }
  }
}
