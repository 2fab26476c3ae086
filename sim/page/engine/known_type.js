/**
 * What if the receiver already knows the sender's type, by a prior of 0 or 1? The belief then is what it is after every
 * signal: sim/games/closed_form/known_type.py.
 */

import { cellOf } from "./game.js";
import { tieOf } from "./paths.js";
import { addRow } from "./rows.js";

/** @typedef {import("./game.js").Game} Game @typedef {import("./rows.js").Rows} Rows */

// Of each receiver type after each signal, at k * 4 + m: its best action for the sender, the worst, and whether it ties.
const kind = new Uint8Array(8);
const harsh = new Uint8Array(8);
const ties = new Uint8Array(8);
const high = new Float64Array(4);
const low = new Float64Array(4);

/**
 * Add the equilibria of a game in which one sender type is certain; return whether it is degenerate.
 * @param {Game} game @param {Rows} rows
 */
export function addKnownType(game, rows) {
  const own = game.prior[1] > game.prior[0] ? 1 : 0;
  for (let m = 0; m < game.signals; m++) {
    high[m] = low[m] = 0;
    for (let k = 0; k < game.receivers; k++) {
      setBest(game, own, k, m);
      high[m] += game.receiverPrior[k] * game.sender[cellOf(k, own, m, kind[k * 4 + m])];
      low[m] += game.receiverPrior[k] * game.sender[cellOf(k, own, m, harsh[k * 4 + m])];
    }
  }
  const tolerance = toleranceOf(game, own);
  let ambiguous = false;
  let signals = 0;
  for (let m = 0; m < game.signals; m++) {
    if (high[m] - low[m] > tolerance) ambiguous = true;
    let others = -Infinity;
    for (let n = 0; n < game.signals; n++) if (n !== m) others = Math.max(others, low[n]);
    if (!(high[m] >= others - tolerance)) continue;
    signals++;
    for (let k = 0; k < game.receivers; k++) if (ties[k * 4 + m] && game.receiverPrior[k] > 0) ambiguous = true;
    addPooling(game, rows, own, m);
  }
  return ambiguous || signals > 1;
}

/**
 * Add the row in which the known type sends m, and the impossible one what is best for it.
 * @param {Game} game @param {Rows} rows @param {number} own @param {number} sent
 */
function addPooling(game, rows, own, sent) {
  const row = addRow(rows);
  rows.family[row] = 0;
  for (let m = 0; m < game.signals; m++) {
    rows.belief[row * 4 + m] = game.prior[1];
    for (let k = 0; k < game.receivers; k++) {
      rows.response[row * 8 + k * 4 + m] = m === sent ? kind[k * 4 + m] : harsh[k * 4 + m];
    }
  }
  for (let t = 0; t < 2; t++) {
    let best = -1;
    let most = -Infinity;
    for (let m = 0; m < game.signals; m++) {
      let payoff = 0;
      for (let k = 0; k < game.receivers; k++) {
        payoff += game.receiverPrior[k] * game.sender[cellOf(k, t, m, rows.response[row * 8 + k * 4 + m])];
      }
      if (t === own ? m === sent : payoff > most) {
        most = payoff;
        best = m;
      }
    }
    rows.strategy[row * 8 + t * 4 + best] = 1;
    rows.value[row * 2 + t] = most;
  }
}

/**
 * Write a receiver type's best actions at the known belief.
 * @param {Game} game @param {number} own @param {number} k @param {number} m
 */
function setBest(game, own, k, m) {
  const at = k * 4 + m;
  ties[at] = 0;
  kind[at] = harsh[at] = game.actions[m] === 2 ? 1 : 0;
  if (game.actions[m] !== 3) return;
  const first = game.receiver[cellOf(k, own, m, 0)];
  const second = game.receiver[cellOf(k, own, m, 1)];
  const top = Math.max(first, second) - tieOf(Math.min(first, second), Math.max(first, second));
  kind[at] = harsh[at] = first >= top ? 0 : 1;
  if (!(first >= top && second >= top)) return;
  ties[at] = 1;
  const zero = game.sender[cellOf(k, own, m, 0)];
  const one = game.sender[cellOf(k, own, m, 1)];
  kind[at] = one > zero ? 1 : 0;
  harsh[at] = one < zero ? 1 : 0;
}

/** What counts as a tie between the known type's payoffs. @param {Game} game @param {number} own */
function toleranceOf(game, own) {
  let least = Infinity;
  let most = -Infinity;
  for (let k = 0; k < game.receivers; k++) {
    if (game.receiverPrior[k] <= 0) continue;
    for (let m = 0; m < game.signals; m++) {
      for (let a = 0; a < 2; a++) {
        if (!(game.actions[m] & (a + 1))) continue;
        const payoff = game.sender[cellOf(k, own, m, a)];
        least = Math.min(least, payoff);
        most = Math.max(most, payoff);
      }
    }
  }
  return tieOf(least, most);
}
