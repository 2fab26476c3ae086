/** What is a signalling game here? Two sender types, one or two receiver types, 2 to 4 signals, one or two actions. */

import { MOST_SIGNALS } from "./names.js";

/**
 * @typedef {Object} Game
 * @property {number} signals
 * @property {number} receivers
 * @property {Float64Array} prior What the receiver believes of the sender, (t).
 * @property {Float64Array} receiverPrior (k)
 * @property {Float64Array} sender Payoffs, at `cellOf(k, t, m, a)`.
 * @property {Float64Array} receiver
 * @property {Uint8Array} actions After each signal: 1 the first action alone, 2 the second alone, 3 both.
 */

/** @returns {Game} */
export function newGame() {
  return {
    signals: 0,
    receivers: 0,
    prior: new Float64Array(2),
    receiverPrior: new Float64Array(2),
    sender: new Float64Array(8 * MOST_SIGNALS),
    receiver: new Float64Array(8 * MOST_SIGNALS),
    actions: new Uint8Array(MOST_SIGNALS),
  };
}

/** Where a payoff stands. @param {number} k @param {number} t @param {number} m @param {number} a */
export function cellOf(k, t, m, a) {
  return ((k * 2 + t) * MOST_SIGNALS + m) * 2 + a;
}
