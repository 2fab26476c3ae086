/** Where do equilibria stand? Side by side in typed arrays, in the order of Python: by family, then signals sent. */

import { MOST_SIGNALS } from "./names.js";

/**
 * @typedef {Object} Rows
 * @property {number} count
 * @property {number} room
 * @property {Uint8Array} family Index into `FAMILIES`.
 * @property {Float64Array} strategy P(signal | type), at `row * 8 + t * 4 + m`.
 * @property {Float64Array} belief P(type 1 | signal), at `row * 4 + m`.
 * @property {Float64Array} response P(second action | receiver type, signal), at `row * 8 + k * 4 + m`.
 * @property {Float64Array} value Payoff of each sender type, at `row * 2 + t`.
 * @property {Uint8Array} verdicts Bits: 1 survives the intuitive criterion, 2 D1, 4 is undefeated.
 */

const CLOSED_FORMS = 96; // candidates of four signals and two receiver types are 88

/** @returns {Rows} */
export function newRows() {
  return withRoom({ count: 0, room: 0 }, CLOSED_FORMS);
}

/** Return the place of a new row, all zero. @param {Rows} rows */
export function addRow(rows) {
  if (rows.count === rows.room) withRoom(rows, 2 * rows.room);
  const row = rows.count++;
  for (let i = row * 8; i < row * 8 + 8; i++) rows.strategy[i] = rows.response[i] = 0;
  rows.verdicts[row] = 7;
  return row;
}

/** Copy a row onto another. @param {Rows} rows @param {number} from @param {number} to */
export function copyRow(rows, from, to) {
  rows.family[to] = rows.family[from];
  rows.verdicts[to] = rows.verdicts[from];
  rows.strategy.copyWithin(to * 8, from * 8, from * 8 + 8);
  rows.response.copyWithin(to * 8, from * 8, from * 8 + 8);
  rows.belief.copyWithin(to * 4, from * 4, from * 4 + 4);
  rows.value.copyWithin(to * 2, from * 2, from * 2 + 2);
}

/** Whether any type sends a signal. @param {Rows} rows @param {number} row @param {number} m */
export function isSent(rows, row, m) {
  return rows.strategy[row * 8 + m] > 0 || rows.strategy[row * 8 + MOST_SIGNALS + m] > 0;
}

/** @param {any} rows @param {number} room @returns {Rows} */
function withRoom(rows, room) {
  const wider = (/** @type {any} */ kind, /** @type {string} */ name, /** @type {number} */ each) => {
    const array = new kind(room * each);
    if (rows[name]) array.set(rows[name]);
    rows[name] = array;
  };
  wider(Uint8Array, "family", 1);
  wider(Uint8Array, "verdicts", 1);
  wider(Float64Array, "strategy", 8);
  wider(Float64Array, "belief", 4);
  wider(Float64Array, "response", 8);
  wider(Float64Array, "value", 2);
  rows.room = room;
  return rows;
}
