/**
 * The crisis in the browser: a second implementation of what Python does, which must agree with it to 1e-9.
 *
 * This page is the contract. Figures carry the keys of `sim run --json` and `sim solve --json`, so that what is
 * compared has one name on both sides. Nothing is drawn here: draws come from Python (sim/page/draws.py), and a still
 * slider gives a still picture.
 *
 *     const draws = withSettings(drawsOf(carried), { "prior.resolute": 0.5 });   // what `sim run --set` does
 *     solveDraws(draws).doctrine.commit.strike                          // mean over the draws
 *     solveDraws(draws, { worstCase: "outcome", equalExposure: "commit" })
 *
 * @typedef {import("./draws.js").Draws} Draws
 * @typedef {import("./draws.js").Stance} Stance
 */

import { newChances, setCrisis, strikesUnderDoctrine } from "./crisis.js";
import { moveTo, slotsOf } from "./draws.js";
import { cellOf, newGame } from "./game.js";
import { addOutcomes, namedOutcomes } from "./ladder.js";
import { OUTCOMES } from "./names.js";

export { drawsOf, withSettings } from "./draws.js";
export { ACTIONS, DEFAULTS, FAMILIES, FOLLOWS, OUTCOMES, RECEIVER_TYPES, SENDER_TYPES } from "./names.js";

/**
 * What follows if France is held to a stance whatever its type: means over the draws.
 * @typedef {Object} Doctrine
 * @property {number} strike Each outcome is a probability per encounter; a rung's is that of reaching it or a higher one.
 * @property {number} casualties
 * @property {number} retaliation
 * @property {number} war
 * @property {number} nuclear
 * @property {number} backdown
 * @property {number} abandonment
 * @property {number} france_payoff Before France learns its type, in units of its humiliation.
 * @property {{cautious: number, opportunist: number}} strikes Share of draws in which each type of Russia strikes.
 * @property {number} resolute_folds Share of draws in which even a resolute France folds once hit.
 */

/**
 * What follows if France chooses its stance knowing its type: the selected equilibrium of every draw.
 * @typedef {Object} EquilibriumPlay
 * @property {Object<string, number>} selected Mean of every outcome, and france_payoff.
 * @property {Object<string, number>} sent By stance: how often it is sent, in truth.
 * @property {Object<string, Object<string, number|null>>} by_signal Outcomes given the stance sent; null where none is.
 * @property {Object<string, number|null>} imposed_where_sent Strikes if the same stance were imposed where it is sent.
 * @property {Object<string, number>} families Share of draws by family of the selected equilibrium.
 * @property {Object<string, [number, number]>} range By outcome: mean of the least and of the most over all equilibria.
 * @property {number} equilibria_per_draw
 * @property {number} degenerate_share Share of draws with ties, whose equilibria may come in continua.
 */

/**
 * One equilibrium of one game; also a member of a continuum, where the game is degenerate.
 * @typedef {Object} Equilibrium
 * @property {string} family One of `FAMILIES`.
 * @property {number[][]} strategy Probability that each sender type sends each signal, [t][m].
 * @property {number[]} belief Probability of the second sender type after each signal, [m]; one that supports the
 *   equilibrium where nobody sends it.
 * @property {number[][][]} response Probability that each receiver type takes each action, [k][m][a].
 * @property {number[]} sender_value Payoff of each sender type, [t].
 * @property {boolean} intuitive Whether it survives the refinement.
 * @property {boolean} d1
 * @property {boolean} undefeated
 */

/**
 * One game, solved.
 * @typedef {Object} SolvedGame
 * @property {Equilibrium[]} equilibria In the order of Python: by family, then the signals sent.
 * @property {boolean} degenerate Whether it has ties, so that equilibria may come in continua.
 * @property {number} selected The equilibrium that is played by the rule of selection.
 * @property {(number|null)[][]} break_even The belief at which each receiver type turns, [k][m]; null if it never does.
 */

/**
 * A crisis at one point, solved: a `SolvedGame`, and what comes of it.
 * @typedef {SolvedGame & {
 *   sender: number[][][], receiver: number[][][][], stands: Object<string, {bluffing: boolean, resolute: boolean}>,
 *   doctrine: Object<string, Doctrine>,
 *   outcomes: Object<string, number>[],
 *   france_payoff: number[],
 *   sent: number[][],
 * }} SolvedPoint `outcomes`, `france_payoff` and `sent` have an entry per equilibrium.
 */

/**
 * @typedef {Object} DrawsOptions
 * @property {"type"|"outcome"} [worstCase] What a pessimist's worst case runs over; "type" if left out.
 * @property {string|null} [equalExposure] The stance whose deployment and pinpoint every stance with a target takes.
 * @property {string[]} [keep] Outcomes to keep draw by draw (for dots); none if left out.
 */

/**
 * @typedef {Object} DrawsSolution
 * @property {number} count
 * @property {Object<string, Doctrine>} doctrine By stance, in the order of the stances.
 * @property {Object<string, Object<string, Float64Array>>} kept By stance and outcome: a number for each draw.
 */

const SUMS = OUTCOMES.length + 4; // outcomes, payoff, strikes of either type, a resolute France that folds

/**
 * Solve every draw, and return means over them.
 * @param {Draws} draws
 * @param {DrawsOptions} [options]
 * @returns {DrawsSolution}
 */
export function solveDraws(draws, options = {}) {
  const { worstCase = "type", equalExposure = null, keep = [] } = options;
  if (worstCase !== "type" && worstCase !== "outcome") throw new Error(`worstCase must be type or outcome; it is ${worstCase}`);
  const { count, stances } = draws;
  const slots = slotsOf(draws, equalExposure);
  const game = newGame();
  const after = newChances();
  const sums = new Float64Array(stances.length * SUMS);
  const one = new Float64Array(SUMS);
  const places = keep.map(placeOf);
  const kept = stances.map(() => places.map(() => new Float64Array(count)));
  for (let i = 0; i < count; i++) {
    moveTo(slots, i);
    setCrisis(slots.point, stances, worstCase === "outcome", game, after);
    for (let m = 0; m < stances.length; m++) {
      setDoctrine(one, m, game, after);
      for (let place = 0; place < SUMS; place++) sums[m * SUMS + place] += one[place];
      for (let j = 0; j < places.length; j++) kept[m][j][i] = one[places[j]];
    }
  }
  return {
    count,
    doctrine: Object.fromEntries(stances.map(({ name }, m) => [name, namedDoctrine(sums, m * SUMS, count)])),
    kept: Object.fromEntries(
      stances.map(({ name }, m) => [name, Object.fromEntries(keep.map((outcome, j) => [outcome, kept[m][j]]))]),
    ),
  };
}

/** @param {string} outcome */
function placeOf(outcome) {
  const place = OUTCOMES.indexOf(outcome);
  if (place < 0) throw new Error(`an outcome must be one of ${OUTCOMES.join(", ")}; it is ${outcome}`);
  return place;
}

/**
 * Write what one draw says of a doctrine, in the order of the sums.
 * @param {Float64Array} one @param {number} m
 * @param {import("./game.js").Game} game @param {import("./crisis.js").Chances} after
 */
function setDoctrine(one, m, game, after) {
  one.fill(0);
  const resolute = after.resolute;
  const cautious = strikesUnderDoctrine(game, 0, m) ? 1 : 0;
  const opportunist = strikesUnderDoctrine(game, 1, m) ? 1 : 0;
  const strike = game.receiverPrior[0] * cautious + game.receiverPrior[1] * opportunist;
  addOutcomes(one, 0, m, 1 - resolute, resolute, strike, after);
  const hold = game.sender[cellOf(0, 0, m, 0)];
  const struck = (1 - resolute) * (game.sender[cellOf(0, 0, m, 1)] - hold) + resolute * (game.sender[cellOf(0, 1, m, 1)] - hold);
  one[OUTCOMES.length] = hold + strike * struck;
  one[OUTCOMES.length + 1] = cautious;
  one[OUTCOMES.length + 2] = opportunist;
  one[OUTCOMES.length + 3] = 1 - after.stands[4 + m];
}

/** @param {Float64Array} sums @param {number} start @param {number} count */
function namedDoctrine(sums, start, count) {
  const [payoff, cautious, opportunist, folds] = sums.slice(start + OUTCOMES.length, start + SUMS).map((sum) => sum / count);
  const strikes = { cautious, opportunist };
  return { ...namedOutcomes(sums, start, count), france_payoff: payoff, strikes, resolute_folds: folds };
}
