/**
 * In which games can a tie between signals let a type mix? Their equilibria are no short list, and are searched for:
 * sim/games/ties/sender_ties.py.
 */

import { valueOf } from "./paths.js";

/** @typedef {import("./paths.js").Paths} Paths */

/** What a type gets if it alone sends the signal. @param {Paths} paths @param {number} m @param {number} t */
function alone(paths, m, t) {
  return paths.value[valueOf(m, t === 0 ? 0 : paths.edges[m], t)];
}

const sure = new Float64Array(2);

/**
 * Whether a corner of one path ties with another path, and is worth what each type can be sure of.
 * @param {Paths} paths @param {number} signals
 */
export function senderTies(paths, signals) {
  const { value, edges, tolerance } = paths;
  for (let t = 0; t < 2; t++) {
    sure[t] = -Infinity;
    for (let m = 0; m < signals; m++) {
      let least = Infinity;
      for (let v = 0; v <= edges[m]; v++) least = Math.min(least, value[valueOf(m, v, t)]);
      sure[t] = Math.max(sure[t], least);
    }
    sure[t] -= tolerance;
  }
  for (let own = 0; own < signals; own++) {
    for (let v = 0; v <= edges[own]; v++) {
      const one = value[valueOf(own, v, 0)];
      const two = value[valueOf(own, v, 1)];
      const first = one >= sure[0];
      const second = two >= sure[1];
      if (!first && !second) continue;
      for (let other = 0; other < signals; other++) {
        if (other === own) continue;
        if (first && Math.abs(one - alone(paths, other, 0)) <= tolerance) return true;
        if (second && Math.abs(two - alone(paths, other, 1)) <= tolerance) return true;
        if (first && second && onAnEdge(paths, other, one, two)) return true;
      }
    }
  }
  return false;
}

/**
 * Whether a type with these values is as well off with a signal that it does not send.
 * @param {Paths} paths @param {number} m @param {Float64Array} worth
 */
export function thirdTies(paths, m, worth) {
  for (let t = 0; t < 2; t++) if (Math.abs(worth[t] - alone(paths, m, t)) <= paths.tolerance) return true;
  return onAnEdge(paths, m, worth[0], worth[1]);
}

/**
 * Whether a point lies on an edge of a path, its ends included.
 * @param {Paths} paths @param {number} m @param {number} one @param {number} two
 */
function onAnEdge(paths, m, one, two) {
  const { value, edges, tolerance } = paths;
  for (let e = 0; e < edges[m]; e++) {
    const start0 = value[valueOf(m, e, 0)];
    const start1 = value[valueOf(m, e, 1)];
    const end0 = value[valueOf(m, e + 1, 0)];
    const end1 = value[valueOf(m, e + 1, 1)];
    const long = Math.max(Math.abs(end0 - start0), Math.abs(end1 - start1));
    if (!(long > tolerance)) continue;
    const cross = (one - start0) * (end1 - start1) - (two - start1) * (end0 - start0);
    if (Math.abs(cross) > tolerance * long) continue;
    const inside0 = one >= Math.min(start0, end0) - tolerance && one <= Math.max(start0, end0) + tolerance;
    const inside1 = two >= Math.min(start1, end1) - tolerance && two <= Math.max(start1, end1) + tolerance;
    if (inside0 && inside1) return true;
  }
  return false;
}
