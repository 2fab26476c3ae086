/**
 * What is each course of the crisis worth to France and to Russia? One draw becomes one signalling game: sections 3
 * and 4 of docs/model.md, and sim/crisis/payoffs.py in another language.
 */

import { MOST_SIGNALS, OF_STANCE, SHARED } from "./names.js";
import { cellOf } from "./game.js";

/** Payoffs closer than this, relative to their size, are equal. */
export const TIE_TOLERANCE = 1e-12;

/**
 * What happens between a strike and its end, by stance.
 * @typedef {Object} Chances
 * @property {Float64Array} hit A strike hits trainers.
 * @property {Float64Array} war War, once France stands.
 * @property {Float64Array} backing Key allies back France after a hit.
 * @property {Uint8Array} stands Whether a type of France stands once hit, at t * 4 + m.
 * @property {number} nuclear Nuclear use, given war.
 * @property {number} resolute How often France is resolute in truth, whatever Russia believes.
 */

/** @returns {Chances} */
export function newChances() {
  return {
    hit: new Float64Array(MOST_SIGNALS),
    war: new Float64Array(MOST_SIGNALS),
    backing: new Float64Array(MOST_SIGNALS),
    stands: new Uint8Array(2 * MOST_SIGNALS),
    nuclear: 0,
    resolute: 0,
  };
}

/**
 * Write the game and the chances of one draw.
 * @param {Float64Array} p The draw, in slots.
 * @param {import("./draws.js").Stance[]} stances
 * @param {boolean} byOutcome Whether the worst case runs over all endings, instead of over France's types.
 * @param {import("./game.js").Game} game
 * @param {Chances} after
 */
export function setCrisis(p, stances, byOutcome, game, after) {
  const opportunist = p[1];
  const belief = p[2];
  const training = p[3];
  after.nuclear = p[23];
  after.resolute = p[0];
  game.signals = stances.length;
  game.receivers = 2;
  game.prior[0] = 1 - belief;
  game.prior[1] = belief;
  game.receiverPrior[0] = 1 - opportunist;
  game.receiverPrior[1] = opportunist;
  const alone = p[21]; // war if the allies stay out
  const backed = p[22]; // and if they back France
  const alone0 = alone * p[7] + (1 - alone) * p[5];
  const alone1 = alone * p[8] + (1 - alone) * p[6];
  const backed0 = (1 - p[9]) * (backed * p[7] + (1 - backed) * p[5]); // relief comes only where backing does
  const backed1 = (1 - p[9]) * (backed * p[8] + (1 - backed) * p[6]);
  for (let m = 0; m < stances.length; m++) {
    const at = SHARED.length + m * OF_STANCE.length;
    const deployment = p[at];
    const pinpoint = p[at + 1];
    const backing = p[at + 2];
    const hit = deployment * pinpoint;
    const fold = p[4] + p[at + 3];
    const stand0 = backing * backed0 + (1 - backing) * alone0;
    const stand1 = backing * backed1 + (1 - backing) * alone1;
    after.hit[m] = hit;
    after.backing[m] = backing;
    after.war[m] = backing * backed + (1 - backing) * alone;
    after.stands[m] = stand0 < fold * (1 - TIE_TOLERANCE) ? 1 : 0;
    after.stands[MOST_SIGNALS + m] = stand1 < fold * (1 - TIE_TOLERANCE) ? 1 : 0;
    game.actions[m] = stances[m].hasTarget ? 3 : 1;
    const stance = p[at + 5] - p[at + 6];
    const works = training * deployment;
    const missed = stance + works * (1 - pinpoint);
    for (let k = 0; k < 2; k++) {
      game.sender[cellOf(k, 0, m, 0)] = stance + works;
      game.sender[cellOf(k, 1, m, 0)] = stance + works;
      game.sender[cellOf(k, 0, m, 1)] = missed - hit * Math.min(fold, stand0);
      game.sender[cellOf(k, 1, m, 1)] = missed - hit * Math.min(fold, stand1);
    }
    setReceiver(p, m, byOutcome, game, after);
  }
}

/**
 * Write Russia's payoffs after one stance, its distrust of its own estimate included.
 * @param {Float64Array} p @param {number} m @param {boolean} byOutcome
 * @param {import("./game.js").Game} game @param {Chances} after
 */
function setReceiver(p, m, byOutcome, game, after) {
  const harm = p[10];
  const failed = p[11];
  const price = p[12];
  const prize = p[13];
  const division = p[14];
  const retaliation = p[15];
  const backingCost = p[16];
  const at = SHARED.length + m * OF_STANCE.length;
  const deployment = p[at];
  const doubt = p[at + 4];
  const hit = after.hit[m];
  const backing = after.backing[m];
  const war = after.war[m];
  const gap = (1 - backing) * division;
  const sure = harm * deployment * (1 - p[at + 1]) + (1 - hit) * failed;
  const folds = hit * (prize + (gap - price)) - sure;
  for (let k = 0; k < 2; k++) {
    const clash = war * p[17 + k] + (1 - war) * retaliation + backing * backingCost;
    const stands = hit * (-clash + (gap - price)) - sure;
    const first = after.stands[m] ? stands : folds;
    const second = after.stands[MOST_SIGNALS + m] ? stands : folds;
    const pessimism = p[19 + k];
    let worst = Math.min(first, second);
    let best = Math.max(first, second);
    let risk = deployment;
    if (byOutcome) {
      risk = (1 - doubt) * deployment + doubt * pessimism;
      worst = -Math.max(harm + failed, Math.max(retaliation, p[17 + k]) + backingCost + price);
      best = Math.max(-failed, prize + division - price);
    }
    const extreme = doubt * (pessimism * worst + (1 - pessimism) * best);
    game.receiver[cellOf(k, 0, m, 0)] = -(harm * risk);
    game.receiver[cellOf(k, 1, m, 0)] = -(harm * risk);
    game.receiver[cellOf(k, 0, m, 1)] = (1 - doubt) * first + extreme;
    game.receiver[cellOf(k, 1, m, 1)] = (1 - doubt) * second + extreme;
  }
}

/**
 * Whether a type of Russia strikes under a doctrine: at what it believes from the start; indifferent, it holds.
 * @param {import("./game.js").Game} game @param {number} k @param {number} m
 */
export function strikesUnderDoctrine(game, k, m) {
  if (game.actions[m] !== 3) return false;
  const hold0 = game.receiver[cellOf(k, 0, m, 0)];
  const hold1 = game.receiver[cellOf(k, 1, m, 0)];
  const strike0 = game.receiver[cellOf(k, 0, m, 1)];
  const strike1 = game.receiver[cellOf(k, 1, m, 1)];
  const no = game.prior[0];
  const yes = game.prior[1];
  const gain = no * (strike0 - hold0) + yes * (strike1 - hold1);
  const size = no * (Math.abs(strike0) + Math.abs(hold0)) + yes * (Math.abs(strike1) + Math.abs(hold1));
  return gain > TIE_TOLERANCE * size;
}
