/**
 * Is a difference between two payoffs lost beside a huge one elsewhere in the game? Such games are refused, and rows that
 * owe their place to such a tie are left out: sim/games/ties/payoff_sizes.py.
 */

import { cellOf } from "./game.js";
import { MOST_SIGNALS } from "./names.js";

/** @typedef {import("./game.js").Game} Game @typedef {import("./rows.js").Rows} Rows */

const WIDEST = 1e8; // largest payoff beside the median of those it is compared with that leaves ties worth their name
const SUSPECT = 1e3; // rows are checked where the largest is so many times the smallest
const EXACT = 1e-9; // most that a player may gain against a row, relative to the payoffs it compares
const ROUNDED = 1e-14; // rounding that this gain may hold besides, relative to the largest

const sizes = new Float64Array(16);

/**
 * Whether a type's payoffs, 0 aside, differ so much in size that rows should be checked; throw where ties mean nothing.
 * @param {Game} game
 */
export function farApart(game) {
  let suspect = false;
  for (let t = 0; t < 2; t++) {
    if (compares(game.sender, game, 0, game.receivers, t, t + 1, 0, game.signals)) suspect = true;
  }
  for (let k = 0; k < game.receivers; k++) {
    for (let m = 0; m < game.signals; m++) {
      if (compares(game.receiver, game, k, k + 1, 0, 2, m, m + 1)) suspect = true;
    }
  }
  return suspect;
}

/**
 * Whether payoffs that a player compares differ much in size.
 * @param {Float64Array} payoff @param {Game} game
 * @param {number} k0 @param {number} k1 @param {number} t0 @param {number} t1 @param {number} m0 @param {number} m1
 */
function compares(payoff, game, k0, k1, t0, t1, m0, m1) {
  let least = Infinity;
  let largest = 0;
  for (let k = k0; k < k1; k++) {
    if (game.receiverPrior[k] <= 0) continue;
    for (let t = t0; t < t1; t++) {
      for (let m = m0; m < m1; m++) {
        for (let a = 0; a < 2; a++) {
          const size = game.actions[m] & (a + 1) ? Math.abs(payoff[cellOf(k, t, m, a)]) : 0;
          if (size > largest) largest = size;
          if (size > 0 && size < least) least = size;
        }
      }
    }
  }
  if (largest > WIDEST * least) refuseIfWide(payoff, game, largest, k0, k1, t0, t1, m0, m1);
  return largest > SUSPECT * least;
}

/**
 * Throw if the largest payoff dwarfs the upper median of those it is compared with, 0 aside.
 * @param {Float64Array} payoff @param {Game} game @param {number} largest
 * @param {number} k0 @param {number} k1 @param {number} t0 @param {number} t1 @param {number} m0 @param {number} m1
 */
function refuseIfWide(payoff, game, largest, k0, k1, t0, t1, m0, m1) {
  let count = 0;
  for (let k = k0; k < k1; k++) {
    if (game.receiverPrior[k] <= 0) continue;
    for (let t = t0; t < t1; t++) {
      for (let m = m0; m < m1; m++) {
        for (let a = 0; a < 2; a++) {
          const size = game.actions[m] & (a + 1) ? Math.abs(payoff[cellOf(k, t, m, a)]) : 0;
          if (size > 0) sizes[count++] = size;
        }
      }
    }
  }
  const middle = sizes.slice(0, count).sort()[Math.floor(count / 2)];
  if (largest > WIDEST * middle) {
    throw new Error(
      `a payoff has the size ${largest}, more than ${WIDEST} times the median of those it is compared with: ` +
        `their differences would count as ties`,
    );
  }
}

/**
 * Whether no player gains by departing from a row, beside the payoffs that it compares.
 * @param {Game} game @param {Rows} rows @param {number} row
 */
export function isSound(game, rows, row) {
  return senderContent(game, rows, row, 0) && senderContent(game, rows, row, 1) && receiverContent(game, rows, row);
}

// What a player compares: the payoffs, the sizes of what makes them up, and whether it plays them.
const payoffs = new Float64Array(MOST_SIGNALS);
const parts = new Float64Array(MOST_SIGNALS);
const played = new Uint8Array(MOST_SIGNALS);

/** @param {Game} game @param {Rows} rows @param {number} row @param {number} t */
function senderContent(game, rows, row, t) {
  let largest = 0;
  for (let m = 0; m < game.signals; m++) {
    payoffs[m] = parts[m] = 0;
    played[m] = rows.strategy[row * 8 + t * 4 + m] > 0 ? 1 : 0;
    for (let k = 0; k < game.receivers; k++) {
      const second = rows.response[row * 8 + k * 4 + m];
      for (let a = 0; a < 2; a++) {
        if (!(game.actions[m] & (a + 1))) continue;
        const own = game.sender[cellOf(k, t, m, a)];
        const term = game.receiverPrior[k] * (a ? second : 1 - second) * own;
        payoffs[m] += term;
        parts[m] += Math.abs(term);
        if (game.receiverPrior[k] > 0 && Math.abs(own) > largest) largest = Math.abs(own);
      }
    }
  }
  return isContent(game.signals, largest);
}

/** @param {Game} game @param {Rows} rows @param {number} row */
function receiverContent(game, rows, row) {
  for (let m = 0; m < game.signals; m++) {
    if (game.actions[m] !== 3) continue;
    const belief = rows.belief[row * 4 + m];
    for (let k = 0; k < game.receivers; k++) {
      if (game.receiverPrior[k] === 0) continue;
      const second = rows.response[row * 8 + k * 4 + m];
      let largest = 0;
      for (let a = 0; a < 2; a++) {
        const zero = game.receiver[cellOf(k, 0, m, a)];
        const one = game.receiver[cellOf(k, 1, m, a)];
        payoffs[a] = (1 - belief) * zero + belief * one;
        parts[a] = Math.abs((1 - belief) * zero) + Math.abs(belief * one);
        played[a] = (a ? second : 1 - second) > 0 ? 1 : 0;
        largest = Math.max(largest, Math.abs(zero), Math.abs(one));
      }
      if (!isContent(2, largest)) return false;
    }
  }
  return true;
}

/** Whether nothing is worth more than something played. @param {number} count @param {number} largest */
function isContent(count, largest) {
  let worst = -1;
  for (let i = 0; i < count; i++) {
    if (played[i] && (worst < 0 || payoffs[i] < payoffs[worst])) worst = i;
  }
  for (let i = 0; i < count; i++) {
    const allowed = EXACT * Math.max(parts[i], parts[worst]) + ROUNDED * largest;
    if (payoffs[i] - payoffs[worst] > allowed) return false;
  }
  return true;
}
