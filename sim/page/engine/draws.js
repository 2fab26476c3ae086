/** Which value does each parameter have in draw i? Columns of draws, and what is set by hand. */

import { DEFAULTS, FOLLOWS, MOST_SIGNALS, NEED_TARGET, OF_STANCE, ONE_LINE, SHARED } from "./names.js";

/**
 * @typedef {Object} Stance
 * @property {string} name
 * @property {boolean} hasTarget Whether trainers may be in the country after it; without a target Russia only holds.
 */

/**
 * Draws of a scenario: a number where a parameter is the same in all of them, else a column of `count` numbers.
 * @typedef {Object} Draws
 * @property {number} count
 * @property {Stance[]} stances Two to four, in the scenario's order, which breaks ties.
 * @property {Object<string, Float64Array|number>} values By parameter; those of `DEFAULTS` and `FOLLOWS` may be absent.
 * @property {Object<string, Float64Array|number>} [apart] Of a parameter that is drawn as one with another: how it is
 *   drawn once the other is set by hand.
 */

/**
 * Draws as slots: the parameters in the order of `SHARED`, then `OF_STANCE` stance by stance.
 * @typedef {Object} Slots
 * @property {Float64Array} point The numbers of one draw; those that never change stand there already.
 * @property {number[]} moving Slots whose numbers change from draw to draw.
 * @property {Float64Array[]} columns Their numbers.
 */

/**
 * Return the draws that a page carries (`carried` of sim/page/draws.py): numbers, and columns as base64.
 * @typedef {Object<string, number|string>} Carried
 * @param {{count: number, stances: Stance[], values: Carried, apart?: Carried}} told
 * @returns {Draws}
 */
export function drawsOf(told) {
  const read = (/** @type {Carried} */ columns) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, typeof column === "string" ? doubles(column) : column]),
    );
  return { count: told.count, stances: told.stances, values: read(told.values), apart: read(told.apart ?? {}) };
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Return the doubles in a base64 text. @param {string} text */
function doubles(text) {
  const digits = text.replace(/=+$/, "");
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let held = 0;
  for (let i = 0, at = 0; i < digits.length; i++) {
    held = ((held << 6) | DIGITS.indexOf(digits[i])) & 0xffffff;
    const bits = (((i % 4) + 1) * 6) % 8; // bits beyond the last whole byte
    if (i % 4 > 0) bytes[at++] = (held >> bits) & 0xff;
  }
  return new Float64Array(bytes.buffer);
}

/**
 * Return draws in which some parameters are set by hand, as `sim run --set` does: the same value in every draw, and
 * all others as they were drawn. A deployment of 0 leaves a stance without a target.
 * @param {Draws} draws
 * @param {Object<string, number>} settings By parameter name; "france.war_cost" is that of both types.
 * @returns {Draws}
 */
export function withSettings(draws, settings) {
  const values = { ...draws.values };
  const apart = draws.apart ?? {};
  for (const [name, value] of Object.entries(settings)) {
    for (const each of ONE_LINE[name] ?? [name]) {
      if (!isParameter(each, draws.stances)) throw new Error(`no parameter is named ${each}`);
      // Two that are drawn as one come apart where one of them is set; the belief goes on following the prior.
      for (const other of Object.keys(apart)) {
        if (FOLLOWS[other] === each && !(other in values)) values[other] = apart[other];
      }
      values[each] = value;
    }
  }
  const stances = draws.stances.map(({ name }) => ({ name, hasTarget: hasTarget(name, values) }));
  return { ...draws, stances, values };
}

/**
 * Whether trainers may be in the country after a stance: not where their deployment is 0 in every draw.
 * @param {string} stance
 * @param {Object<string, Float64Array|number>} values
 */
export function hasTarget(stance, values) {
  const name = `signal.${stance}.deployment`;
  return (values[name] ?? DEFAULTS[name]) !== 0;
}

/** @param {string} name @param {Stance[]} stances */
function isParameter(name, stances) {
  if (SHARED.includes(name)) return true;
  return stances.some((stance) => OF_STANCE.some((own) => name === `signal.${stance.name}.${own}`));
}

/**
 * Return the slots of draws, every stance with a target as exposed as the reference where one is named.
 * @param {Draws} draws
 * @param {string|null} reference
 * @returns {Slots}
 */
export function slotsOf(draws, reference = null) {
  const { stances, values, count } = draws;
  if (stances.length < 2 || stances.length > MOST_SIGNALS) {
    throw new Error(`stances must be 2 to ${MOST_SIGNALS}; there are ${stances.length}`);
  }
  if (reference !== null && !stances.some((stance) => stance.name === reference && stance.hasTarget)) {
    throw new Error(`the reference must be a stance with a target; it is ${reference}`);
  }
  const point = new Float64Array(SHARED.length + MOST_SIGNALS * OF_STANCE.length);
  /** @type {Slots} */
  const slots = { point, moving: [], columns: [] };
  const put = (/** @type {number} */ slot, /** @type {string} */ name) => {
    const given = values[name] ?? values[FOLLOWS[name]] ?? DEFAULTS[name];
    if (given === undefined) throw new Error(`${name} is missing`);
    if (typeof given === "number") {
      point[slot] = given;
    } else if (given.length === count) {
      slots.moving.push(slot);
      slots.columns.push(given);
    } else {
      throw new Error(`${name} must have ${count} numbers; it has ${given.length}`);
    }
  };
  SHARED.forEach((name, slot) => put(slot, name));
  stances.forEach((stance, m) => {
    OF_STANCE.forEach((own, place) => {
      if (place < NEED_TARGET && !stance.hasTarget) return; // nobody is there: every chance of being hit is 0
      const owner = reference !== null && place < 2 ? reference : stance.name;
      put(slotOf(m, place), `signal.${owner}.${own}`);
    });
  });
  return slots;
}

/** The slot of a stance's parameter. @param {number} m @param {number} place */
export function slotOf(m, place) {
  return SHARED.length + m * OF_STANCE.length + place;
}

/** Write draw i into the point. @param {Slots} slots @param {number} i */
export function moveTo(slots, i) {
  const { point, moving, columns } = slots;
  for (let j = 0; j < moving.length; j++) point[moving[j]] = columns[j][i];
}
