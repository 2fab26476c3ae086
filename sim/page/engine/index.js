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
 *     solveDraws(draws, { equilibria: true }).equilibrium.selected.strike
 *     solvePoint(values, draws.stances).equilibria[0].belief
 *
 * @typedef {import("./draws.js").Draws} Draws
 * @typedef {import("./draws.js").Stance} Stance
 */

import { atPoint, ofGame } from "./one_game.js";
import { overDraws } from "./over_draws.js";

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
 * @property {number} no_survivor_share Share of draws in which the refinement leaves none, so that all count.
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
 * @property {number[]} prior What the receiver believes of the sender, [t].
 * @property {Equilibrium[]} equilibria In the order of Python: by family, then the signals sent.
 * @property {boolean} degenerate Whether it has ties, so that equilibria may come in continua: of every way to send
 *   signals that an equilibrium has, members are listed, one that is best for the sender among them.
 * @property {number[]} weights How much each equilibrium counts by the rule of selection.
 * @property {number} selected The one that counts, the first of them if several do.
 * @property {(number|null)[][]} break_even The belief at which each receiver type turns, [k][m]; null if it never does.
 */

/**
 * A crisis at one point, solved: a `SolvedGame`, and what comes of it.
 * @typedef {SolvedGame & {
 *   sender: (number|null)[][][],
 *   receiver: (number|null)[][][][],
 *   stands: Object<string, {bluffing: boolean, resolute: boolean}>,
 *   doctrine: Object<string, Doctrine>,
 *   outcomes: Object<string, number>[],
 *   france_payoff: number[],
 *   sent: number[][],
 * }} SolvedPoint Payoffs are [t][m][a] and [k][t][m][a], null where
 *   an action cannot be taken; by stance with a target whether each type of France stands;
 *   `outcomes`, `france_payoff` and `sent` ([m], in truth) have an entry per equilibrium.
 */

/**
 * A game given outright, as a scenario file does: two sender types, up to two receiver types, 1 to 4 signals, one or two
 * actions.
 * @typedef {Object} GivenGame
 * @property {number[]} prior [t]
 * @property {number[]} [receiver_prior] [k]; one receiver type if left out.
 * @property {number[][][]|number[][][][]} sender Payoffs [t][m][a], or [k][t][m][a].
 * @property {number[][][]|number[][][][]} receiver
 * @property {boolean[][]} [available] Whether an action can be taken, [m][a]; all can if left out.
 */

/**
 * @typedef {Object} DrawsOptions
 * @property {"type"|"outcome"} [worstCase] What a pessimist's worst case runs over; "type" if left out.
 * @property {string|null} [equalExposure] The stance whose deployment and pinpoint every stance with a target takes.
 * @property {boolean} [equilibria] Whether France also chooses; false if left out. Costs more than the doctrines.
 * @property {"none"|"intuitive"|"d1"|"undefeated"} [refinement] Which equilibria are admitted; "none" if left out.
 * @property {"sender_best"|"least_escalatory"|"most_escalatory"|"uniform"} [select] Which of them is played.
 * @property {string[]} [keep] Outcomes to keep draw by draw (for dots); none if left out.
 */

/**
 * @typedef {Object} DrawsSolution
 * @property {number} count
 * @property {Object<string, Doctrine>} doctrine By stance, in the order of the stances.
 * @property {EquilibriumPlay|null} equilibrium Null unless asked for.
 * @property {{doctrine: Object<string, Object<string, Float64Array>>, selected: Object<string, Float64Array>}} kept
 *   By stance and outcome, or by outcome of the selected equilibrium: a number for each draw.
 */

/**
 * Solve every draw, and return means over them.
 * @param {Draws} draws
 * @param {DrawsOptions} [options]
 * @returns {DrawsSolution}
 */
export function solveDraws(draws, options = {}) {
  return overDraws(draws, options);
}

/**
 * Solve the crisis at one point: numbers by parameter, those with a default left out at will.
 * @param {Object<string, number>} values
 * @param {Stance[]} stances
 * @param {DrawsOptions} [options] Without `keep` and `equilibria`.
 * @returns {SolvedPoint}
 */
export function solvePoint(values, stances, options = {}) {
  return atPoint(values, stances, options);
}

/**
 * Solve a signalling game given outright.
 * @param {GivenGame} game
 * @param {DrawsOptions} [options] Only `select` (sender_best or uniform) and `refinement`.
 * @returns {SolvedGame}
 */
export function solveGame(game, options = {}) {
  return ofGame(game, options);
}
