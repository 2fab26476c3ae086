/**
 * How does the receiver's best response to a signal change as its belief runs from 0 to 1?
 *
 * A belief is one number, the probability of sender type 1. Along it each receiver type changes its action at most once,
 * so the responses of all types make a path: vertices joined by edges, on which one type mixes at its break-even belief.
 * A place on the path is one number: v at vertex v, v + w on the edge from there with weight w on its far end.
 * What counts as a tie is as in sim/games/closed_form/response_path.py, so that both flag the same games.
 */

import { cellOf } from "./game.js";
import { MOST_SIGNALS } from "./names.js";

/** Payoffs closer than this, relative to their range in the game, are tied. */
export const TIE = 1e-11;

/** Rounding of a payoff relative to its size. */
export const ROUNDING = 1e-15;

const MOST_VERTICES = 3; // two receiver types, each turning once

/**
 * The paths of one game, with the sender's payoffs scaled to [0, 1] type by type: payoff = low + range * value.
 * @typedef {Object} Paths
 * @property {Uint8Array} edges Number of edges after each signal.
 * @property {Float64Array} breaks Break-even beliefs, ascending, at `breakOf(m, e)`; Infinity where there are fewer.
 * @property {Float64Array} value Sender's scaled payoffs, at `valueOf(m, v, t)`.
 * @property {Uint8Array} action Of each receiver type, at `actionOf(m, v, k)`.
 * @property {Uint8Array} hard Whether ties that matter to the sender make the responses to a signal more than its path.
 * @property {Float64Array} low
 * @property {Float64Array} range
 * @property {number} tolerance What counts as a tie between scaled payoffs.
 * @property {boolean} tied Whether a receiver type is indifferent somewhere, with consequences or without.
 * @property {boolean} tiesMatter Whether so that the paths do not tell all.
 */

/** @returns {Paths} */
export function newPaths() {
  return {
    edges: new Uint8Array(MOST_SIGNALS),
    breaks: new Float64Array(MOST_SIGNALS * 2),
    value: new Float64Array(MOST_SIGNALS * MOST_VERTICES * 2),
    action: new Uint8Array(MOST_SIGNALS * MOST_VERTICES * 2),
    hard: new Uint8Array(MOST_SIGNALS),
    low: new Float64Array(2),
    range: new Float64Array(2),
    tolerance: 0,
    tied: false,
    tiesMatter: false,
  };
}

/** @param {number} m @param {number} e */
export function breakOf(m, e) {
  return m * 2 + e;
}

/** @param {number} m @param {number} v @param {number} t */
export function valueOf(m, v, t) {
  return (m * MOST_VERTICES + v) * 2 + t;
}

/** @param {number} m @param {number} v @param {number} k */
export function actionOf(m, v, k) {
  return (m * MOST_VERTICES + v) * 2 + k;
}

/**
 * The difference that counts as a tie between payoffs that run from low to high.
 * @param {number} low @param {number} high
 */
export function tieOf(low, high) {
  return TIE * (high - low) + ROUNDING * Math.max(Math.abs(high), Math.abs(low));
}

/** The first action that can be taken after a signal. @param {import("./game.js").Game} game @param {number} m */
export function firstAction(game, m) {
  return game.actions[m] === 2 ? 1 : 0;
}

/**
 * Write the paths of a game.
 * @param {import("./game.js").Game} game @param {Paths} paths
 */
export function setPaths(game, paths) {
  setScale(game, paths);
  paths.tied = false;
  paths.tiesMatter = false;
  for (let m = 0; m < game.signals; m++) {
    setPath(game, paths, m);
    for (let e = 0; e < paths.edges[m]; e++) {
      if (Math.abs(paths.breaks[breakOf(m, e)] - game.prior[1]) > TIE) continue;
      paths.tied = true;
      for (let t = 0; t < 2; t++) {
        const step = paths.value[valueOf(m, e + 1, t)] - paths.value[valueOf(m, e, t)];
        if (Math.abs(step) > paths.tolerance) paths.tiesMatter = true;
      }
    }
  }
}

/** Write the scale of the sender's payoffs. @param {import("./game.js").Game} game @param {Paths} paths */
function setScale(game, paths) {
  paths.tolerance = 0;
  for (let t = 0; t < 2; t++) {
    let low = Infinity;
    let high = -Infinity;
    for (let k = 0; k < game.receivers; k++) {
      if (game.receiverPrior[k] <= 0) continue;
      for (let m = 0; m < game.signals; m++) {
        for (let a = 0; a < 2; a++) {
          if (!(game.actions[m] & (a + 1))) continue;
          const payoff = game.sender[cellOf(k, t, m, a)];
          if (payoff < low) low = payoff;
          if (payoff > high) high = payoff;
        }
      }
    }
    paths.low[t] = low;
    paths.range[t] = high > low ? high - low : 1;
    paths.tolerance = Math.max(paths.tolerance, Math.max(Math.abs(high), Math.abs(low)) / paths.range[t]);
  }
  paths.tolerance = TIE + ROUNDING * paths.tolerance;
}

/**
 * The sender's scaled payoff.
 * @param {import("./game.js").Game} game @param {Paths} paths @param {number} k @param {number} t @param {number} m
 * @param {number} a
 */
export function scaled(game, paths, k, t, m, a) {
  return ((game.sender[cellOf(k, t, m, a)] - paths.low[t]) / paths.range[t]) * game.receiverPrior[k];
}

const turn = new Float64Array(2); // where each receiver type turns
const from = new Uint8Array(2); // what it does before
const to = new Uint8Array(2); // and after
const rank = new Uint8Array(2);

/** Write the path after one signal. @param {import("./game.js").Game} game @param {Paths} paths @param {number} m */
function setPath(game, paths, m) {
  const both = game.actions[m] === 3;
  const edges = both ? game.receivers : 0;
  paths.edges[m] = edges;
  paths.hard[m] = 0;
  let tied = false;
  for (let k = 0; k < game.receivers; k++) {
    from[k] = to[k] = firstAction(game, m);
    turn[k] = Infinity;
    if (both && setEnvelope(game, m, k)) {
      tied = true;
      if (matters(game, paths, m, k)) paths.hard[m] = 1;
    }
  }
  rank[0] = 0;
  rank[1] = 1;
  if (edges === 2 && turn[0] > turn[1]) {
    rank[0] = 1;
    rank[1] = 0;
  }
  for (let k = 0; k < edges; k++) paths.breaks[breakOf(m, rank[k])] = turn[k];
  setValues(game, paths, m);
  if (edges === 2 && collapses(paths, m)) tied = true;
  for (let v = 0; v <= edges; v++) {
    for (let k = 0; k < game.receivers; k++) paths.action[actionOf(m, v, k)] = rank[k] < v ? to[k] : from[k];
  }
  if (tied || paths.hard[m]) paths.tied = true;
  if (paths.hard[m]) paths.tiesMatter = true;
}

/**
 * Write what a receiver type does from belief 0 on, and where it turns; return whether two actions tie at an end.
 * @param {import("./game.js").Game} game @param {number} m @param {number} k
 */
function setEnvelope(game, m, k) {
  const zero0 = game.receiver[cellOf(k, 0, m, 0)];
  const zero1 = game.receiver[cellOf(k, 0, m, 1)];
  const one0 = game.receiver[cellOf(k, 1, m, 0)];
  const one1 = game.receiver[cellOf(k, 1, m, 1)];
  const tolerance = tieOf(Math.min(zero0, zero1, one0, one1), Math.max(zero0, zero1, one0, one1));
  const top = Math.max(zero0, zero1) - tolerance;
  const slope0 = one0 - zero0;
  const slope1 = one1 - zero1;
  let tied = zero0 >= top && zero1 >= top;
  const first = tied ? (slope1 > slope0 ? 1 : 0) : zero0 >= top ? 0 : 1;
  from[k] = to[k] = first;
  const rise = first ? slope0 - slope1 : slope1 - slope0;
  const drop = first ? zero1 - zero0 : zero0 - zero1;
  const crossing = rise > tolerance ? drop / rise : Infinity;
  if (Math.abs(crossing - 1) <= TIE) tied = true;
  if (crossing < 1 - TIE) {
    turn[k] = crossing;
    to[k] = 1 - first;
  }
  return tied;
}

/**
 * Whether the sender's payoffs differ between actions that tie.
 * @param {import("./game.js").Game} game @param {Paths} paths @param {number} m @param {number} k
 */
function matters(game, paths, m, k) {
  for (let t = 0; t < 2; t++) {
    const gap = scaled(game, paths, k, t, m, 0) - scaled(game, paths, k, t, m, 1);
    if (Math.abs(gap) > paths.tolerance) return true;
  }
  return false;
}

/**
 * Write the sender's payoffs at the vertices.
 * @param {import("./game.js").Game} game @param {Paths} paths @param {number} m
 */
function setValues(game, paths, m) {
  const { value, edges } = paths;
  for (let t = 0; t < 2; t++) {
    let start = 0;
    for (let k = 0; k < game.receivers; k++) start += scaled(game, paths, k, t, m, from[k]);
    value[valueOf(m, 0, t)] = start;
    for (let k = 0; k < edges[m]; k++) {
      const step = scaled(game, paths, k, t, m, to[k]) - scaled(game, paths, k, t, m, from[k]);
      value[valueOf(m, rank[k] + 1, t)] = step;
    }
    for (let v = 1; v <= edges[m]; v++) value[valueOf(m, v, t)] += value[valueOf(m, v - 1, t)];
  }
}

/**
 * Join two edges at one belief where that loses nothing, and return whether there are any: types that turn together and
 * push the sender's payoffs the same way mix as one.
 * @param {Paths} paths @param {number} m
 */
function collapses(paths, m) {
  const { value, breaks, tolerance } = paths;
  if (!(breaks[breakOf(m, 1)] <= Math.min(breaks[breakOf(m, 0)], 1) + TIE)) return false;
  const one0 = value[valueOf(m, 1, 0)] - value[valueOf(m, 0, 0)];
  const one1 = value[valueOf(m, 1, 1)] - value[valueOf(m, 0, 1)];
  const two0 = value[valueOf(m, 2, 0)] - value[valueOf(m, 1, 0)];
  const two1 = value[valueOf(m, 2, 1)] - value[valueOf(m, 1, 1)];
  const lengths = Math.max(Math.abs(one0), Math.abs(one1)) * Math.max(Math.abs(two0), Math.abs(two1));
  const parallel = Math.abs(one0 * two1 - one1 * two0) <= tolerance * lengths;
  if (!(parallel && one0 * two0 >= 0 && one1 * two1 >= 0)) paths.hard[m] = 1;
  // The first edge shrinks to a point and the second does its work.
  value[valueOf(m, 1, 0)] = value[valueOf(m, 0, 0)];
  value[valueOf(m, 1, 1)] = value[valueOf(m, 0, 1)];
  if (rank[0] === 0) rank[0] = 1;
  if (rank[1] === 0) rank[1] = 1;
  return true;
}
