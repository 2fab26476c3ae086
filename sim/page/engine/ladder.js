/** How likely is each rung of escalation? From the strike on, the tree of sim/crisis/ladder.py. */

import { MOST_SIGNALS, OUTCOMES } from "./names.js";

/**
 * Add what follows after one signal to the outcomes, in the order of `OUTCOMES`.
 * @param {Float64Array} into Where to add.
 * @param {number} start Its first place.
 * @param {number} m The signal.
 * @param {number} bluffing How often it is sent by a bluffing France, in truth.
 * @param {number} resolute How often by a resolute one.
 * @param {number} strike Probability of a strike after it.
 * @param {import("./crisis.js").Chances} after
 */
export function addOutcomes(into, start, m, bluffing, resolute, strike, after) {
  const sent = bluffing + resolute;
  const exposed = strike * after.hit[m];
  const stand = (after.stands[m] ? bluffing : 0) + (after.stands[MOST_SIGNALS + m] ? resolute : 0);
  const fold = (after.stands[m] ? 0 : bluffing) + (after.stands[MOST_SIGNALS + m] ? 0 : resolute);
  const retaliation = exposed * stand;
  const war = retaliation * after.war[m];
  into[start] += strike * sent;
  into[start + 1] += exposed * sent;
  into[start + 2] += retaliation;
  into[start + 3] += war;
  into[start + 4] += war * after.nuclear;
  into[start + 5] += exposed * fold;
  into[start + 6] += exposed * sent * (1 - after.backing[m]);
}

/**
 * Name numbers in the order of `OUTCOMES`, divided by `by`.
 * @param {Float64Array} from @param {number} start @param {number} by
 * @returns {Object<string, number>}
 */
export function namedOutcomes(from, start = 0, by = 1) {
  return Object.fromEntries(OUTCOMES.map((name, place) => [name, from[start + place] / by]));
}
