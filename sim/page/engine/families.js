/**
 * Who could send which signal? The candidates of the four families in closed form, each kept if no unsent signal upsets
 * it: sim/games/closed_form/families.py and deterrence.py. Candidates come in the order of the rows of Python.
 */

import { actionOf, breakOf, valueOf } from "./paths.js";
import { addRow } from "./rows.js";
import { thirdTies } from "./sender_ties.js";

/**
 * @typedef {import("./game.js").Game} Game @typedef {import("./paths.js").Paths} Paths
 * @typedef {import("./rows.js").Rows} Rows
 */

const POOLING = 0;
const SEPARATING = 1;
const SEMI_SEPARATING = 2;
const BOTH_MIX = 3;

// The candidate at hand: who sends what, the beliefs, the places on the paths (NaN after unsent signals), the values.
const sends = new Float64Array(8);
const belief = new Float64Array(4);
const place = new Float64Array(4);
const worth = new Float64Array(2);

/**
 * Add the equilibria that exist without ties to the rows, and return whether one of them ties with a third signal.
 * @param {Game} game @param {Paths} paths @param {Rows} rows
 */
export function addClosedForms(game, paths, rows) {
  const signals = game.signals;
  let binds = false;
  for (let m = 0; m < signals; m++) pool(game, paths, rows, m);
  for (let a = 0; a < signals; a++) {
    for (let b = 0; b < signals; b++) if (a !== b) separate(game, paths, rows, a, b);
  }
  for (let a = 0; a < signals; a++) {
    for (let b = 0; b < signals; b++) {
      if (a === b) continue;
      for (let mixer = 0; mixer < 2; mixer++) {
        for (let e = 0; e < paths.edges[a]; e++) {
          if (semiSeparate(game, paths, rows, a, b, mixer, e)) binds = true;
        }
      }
    }
  }
  for (let a = 0; a < signals; a++) {
    for (let b = a + 1; b < signals; b++) {
      for (let e = 0; e < paths.edges[a]; e++) {
        for (let f = 0; f < paths.edges[b]; f++) if (bothMix(game, paths, rows, a, b, e, f)) binds = true;
      }
    }
  }
  return binds;
}

/** Clear the candidate. */
function clear() {
  for (let i = 0; i < 8; i++) sends[i] = 0;
  for (let m = 0; m < 4; m++) place[m] = NaN;
}

/**
 * Send a signal in the candidate.
 * @param {number} m @param {number} zero @param {number} one @param {number} believed @param {number} at
 */
function send(m, zero, one, believed, at) {
  sends[m] = zero;
  sends[4 + m] = one;
  belief[m] = believed;
  place[m] = at;
}

/** The vertex at which the response to the prior lies. @param {Game} game @param {Paths} paths @param {number} m */
function placeAtPrior(game, paths, m) {
  let vertex = 0;
  for (let e = 0; e < paths.edges[m]; e++) if (paths.breaks[breakOf(m, e)] < game.prior[1]) vertex++;
  return vertex;
}

/**
 * Both types send m; the belief stays at the prior.
 * @param {Game} game @param {Paths} paths @param {Rows} rows @param {number} m
 */
function pool(game, paths, rows, m) {
  const vertex = placeAtPrior(game, paths, m);
  clear();
  send(m, 1, 1, game.prior[1], vertex);
  worth[0] = paths.value[valueOf(m, vertex, 0)];
  worth[1] = paths.value[valueOf(m, vertex, 1)];
  keep(game, paths, rows, POOLING);
}

/**
 * Type 0 sends a, type 1 sends b; each would lose by sending the other's.
 * @param {Game} game @param {Paths} paths @param {Rows} rows @param {number} a @param {number} b
 */
function separate(game, paths, rows, a, b) {
  const { value, edges, tolerance } = paths;
  const last = edges[b];
  const zero0 = value[valueOf(a, 0, 0)];
  const one1 = value[valueOf(b, last, 1)];
  if (!(zero0 >= value[valueOf(b, last, 0)] - tolerance && one1 >= value[valueOf(a, 0, 1)] - tolerance)) return;
  clear();
  send(a, 1, 0, 0, 0);
  send(b, 0, 1, 1, last);
  worth[0] = zero0;
  worth[1] = one1;
  keep(game, paths, rows, SEPARATING);
}

/**
 * One type mixes a and b, the other plays a, after which the receiver mixes on edge e; return whether a tie binds.
 * @param {Game} game @param {Paths} paths @param {Rows} rows
 * @param {number} a @param {number} b @param {number} mixer @param {number} e
 */
function semiSeparate(game, paths, rows, a, b, mixer, e) {
  const { value, breaks, edges, tolerance } = paths;
  const prior = game.prior[1];
  const believed = breaks[breakOf(a, e)];
  if (!(mixer === 1 ? believed < prior : believed > prior && believed < Infinity)) return false;
  const revealed = mixer === 1 ? edges[b] : 0; // the response once the mixer has shown itself
  const target = value[valueOf(b, revealed, mixer)];
  const near = target - value[valueOf(a, e, mixer)];
  const far = value[valueOf(a, e + 1, mixer)] - target;
  if (!(Math.min(near, far) > tolerance || Math.max(near, far) < -tolerance)) return false;
  const weight = near / (near + far);
  const other = 1 - mixer;
  const start = value[valueOf(a, e, other)];
  const stays = start + weight * (value[valueOf(a, e + 1, other)] - start);
  if (!(stays >= value[valueOf(b, revealed, other)] - tolerance)) return false;
  const odds = Math.min(prior / game.prior[0], Number.MAX_VALUE);
  const factor = believed / (1 - believed) / odds;
  clear();
  if (mixer === 1) {
    send(a, 1, factor, believed, e + weight);
    send(b, 0, 1 - factor, 1, edges[b]);
  } else {
    send(a, 1 / factor, 1, believed, e + weight);
    send(b, 1 - 1 / factor, 0, 0, 0);
  }
  worth[mixer] = target;
  worth[other] = stays;
  return keep(game, paths, rows, SEMI_SEPARATING);
}

/**
 * Both types mix a and b, the receiver mixes on edges e and f so that both types are indifferent; return whether a tie binds.
 * @param {Game} game @param {Paths} paths @param {Rows} rows
 * @param {number} a @param {number} b @param {number} e @param {number} f
 */
function bothMix(game, paths, rows, a, b, e, f) {
  const { value, breaks, tolerance } = paths;
  const prior = game.prior[1];
  const low = breaks[breakOf(a, e)];
  const high = breaks[breakOf(b, f)];
  if (!((low < prior && high > prior) || (low > prior && high < prior)) || low + high === Infinity) return false;
  const start0 = value[valueOf(a, e, 0)];
  const start1 = value[valueOf(a, e, 1)];
  const along0 = value[valueOf(a, e + 1, 0)] - start0;
  const along1 = value[valueOf(a, e + 1, 1)] - start1;
  const across0 = value[valueOf(b, f + 1, 0)] - value[valueOf(b, f, 0)];
  const across1 = value[valueOf(b, f + 1, 1)] - value[valueOf(b, f, 1)];
  const gap0 = value[valueOf(b, f, 0)] - start0;
  const gap1 = value[valueOf(b, f, 1)] - start1;
  const scale = along0 * across1 - along1 * across0;
  const first = (gap0 * across1 - gap1 * across0) / scale;
  const second = (gap0 * along1 - gap1 * along0) / scale;
  const one = Math.max(Math.abs(along0), Math.abs(along1));
  const two = Math.max(Math.abs(across0), Math.abs(across1));
  const margin = tolerance / Math.min(one, two);
  if (!(first > margin && first < 1 - margin && second > margin && second < 1 - margin)) return false;
  if (!(Math.abs(scale) > tolerance * one * two)) return false;
  const share = (high - prior) / (high - low);
  clear();
  send(a, (share * (1 - low)) / (1 - prior), (share * low) / prior, low, e + first);
  send(b, ((1 - share) * (1 - high)) / (1 - prior), ((1 - share) * high) / prior, high, f + second);
  worth[0] = start0 + first * along0;
  worth[1] = start1 + first * along1;
  return keep(game, paths, rows, BOTH_MIX);
}

/**
 * Keep the candidate if every unsent signal deters; return whether it mixes and ties with one that it does not send.
 * @param {Game} game @param {Paths} paths @param {Rows} rows @param {number} family
 */
function keep(game, paths, rows, family) {
  for (let m = 0; m < game.signals; m++) {
    if (Number.isNaN(place[m]) && !deters(game, paths, m)) return false;
  }
  const row = addRow(rows);
  rows.family[row] = family;
  let binds = false;
  for (let m = 0; m < game.signals; m++) {
    rows.strategy[row * 8 + m] = sends[m];
    rows.strategy[row * 8 + 4 + m] = sends[4 + m];
    rows.belief[row * 4 + m] = belief[m];
    respond(game, paths, rows, row, m);
    const unsent = sends[m] === 0 && sends[4 + m] === 0;
    if (unsent && family >= SEMI_SEPARATING && thirdTies(paths, m, worth)) binds = true;
  }
  for (let t = 0; t < 2; t++) rows.value[row * 2 + t] = paths.low[t] + paths.range[t] * worth[t];
  return binds;
}

/**
 * Write how the receiver types respond at the candidate's place.
 * @param {Game} game @param {Paths} paths @param {Rows} rows @param {number} row @param {number} m
 */
function respond(game, paths, rows, row, m) {
  const edges = paths.edges[m];
  const start = Math.min(Math.floor(place[m]), Math.max(edges - 1, 0));
  const weight = place[m] - start;
  const end = Math.min(start + 1, edges);
  for (let k = 0; k < game.receivers; k++) {
    const before = paths.action[actionOf(m, start, k)];
    const after = paths.action[actionOf(m, end, k)];
    rows.response[row * 8 + k * 4 + m] = before === after ? before : before ? 1 - weight : weight;
  }
}

/**
 * Find a place on a path, and its belief, at which no type gains by sending the signal; return whether there is one.
 * The response to the prior is taken if it deters; else the first vertex that does; else the first edge.
 * @param {Game} game @param {Paths} paths @param {number} m
 */
function deters(game, paths, m) {
  const edges = paths.edges[m];
  let vertex = placeAtPrior(game, paths, m);
  if (isBelow(paths, m, vertex)) {
    place[m] = vertex;
    belief[m] = game.prior[1];
    return true;
  }
  for (vertex = 0; vertex <= edges; vertex++) {
    if (!isBelow(paths, m, vertex)) continue;
    const low = vertex === 0 ? 0 : Math.min(paths.breaks[breakOf(m, vertex - 1)], 1);
    const high = vertex === edges ? 1 : Math.min(paths.breaks[breakOf(m, vertex)], 1);
    place[m] = vertex;
    belief[m] = (low + high) / 2;
    return true;
  }
  for (let e = 0; e < edges; e++) {
    const weight = deterringWeight(paths, m, e);
    if (Number.isNaN(weight)) continue;
    place[m] = e + weight;
    belief[m] = paths.breaks[breakOf(m, e)];
    return true;
  }
  return false;
}

/** Whether neither type gains at a vertex. @param {Paths} paths @param {number} m @param {number} v */
function isBelow(paths, m, v) {
  const { value, tolerance } = paths;
  return value[valueOf(m, v, 0)] <= worth[0] + tolerance && value[valueOf(m, v, 1)] <= worth[1] + tolerance;
}

/**
 * The middle of the weights on an edge's far end that deter both types though its ends do not, or NaN.
 * One type must be deterred at the near end only and the other at the far end only.
 * @param {Paths} paths @param {number} m @param {number} e
 */
function deterringWeight(paths, m, e) {
  const { value, tolerance } = paths;
  const start0 = value[valueOf(m, e, 0)];
  const start1 = value[valueOf(m, e, 1)];
  const end0 = value[valueOf(m, e + 1, 0)];
  const end1 = value[valueOf(m, e + 1, 1)];
  const target0 = worth[0] + tolerance;
  const target1 = worth[1] + tolerance;
  const crossing0 = (target0 - start0) / (end0 - start0);
  const crossing1 = (target1 - start1) / (end1 - start1);
  let least = NaN;
  let most = NaN;
  if (start0 <= target0 && end0 > target0 && start1 > target1 && end1 <= target1) {
    most = crossing0;
    least = crossing1;
  } else if (start1 <= target1 && end1 > target1 && start0 > target0 && end0 <= target0) {
    most = crossing1;
    least = crossing0;
  }
  return least <= most ? (least + most) / 2 : NaN;
}

