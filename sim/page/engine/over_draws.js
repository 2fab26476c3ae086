/** What do all draws of a scenario say together? Sums over draws, without an allocation from draw to draw. */

import { newChances, setCrisis, strikesUnderDoctrine } from "./crisis.js";
import { moveTo, slotsOf } from "./draws.js";
import { newSolver, solve } from "./equilibria.js";
import { cellOf, newGame } from "./game.js";
import { addOutcomes, namedOutcomes } from "./ladder.js";
import { FAMILIES, OUTCOMES, RUNGS } from "./names.js";
import { bitOf, judge } from "./refinements.js";
import { RULES, setWeights } from "./selection.js";

/**
 * @typedef {import("./game.js").Game} Game @typedef {import("./crisis.js").Chances} Chances
 * @typedef {import("./equilibria.js").Solver} Solver
 * @typedef {import("./index.js").DrawsSolution} DrawsSolution @typedef {import("./index.js").DrawsOptions} DrawsOptions
 */

const ALL = OUTCOMES.length;
const DOCTRINE = ALL + 4; // outcomes, payoff, strikes of either type, a resolute France that folds
const JOINT = ALL + 2; // outcomes after one signal, how often it is sent, strikes if it were imposed then

/** Check options, with their defaults. @param {DrawsOptions} options */
export function checkedOptions(options) {
  const { worstCase = "type", equalExposure = null, keep = [], equilibria = false } = options;
  const { select = "sender_best", refinement = "none" } = options;
  if (worstCase !== "type" && worstCase !== "outcome") {
    throw new Error(`worstCase must be type or outcome; it is ${worstCase}`);
  }
  if (!RULES.includes(select)) throw new Error(`select must be one of ${RULES.join(", ")}; it is ${select}`);
  const bit = bitOf(refinement);
  const places = keep.map((outcome) => OUTCOMES.indexOf(outcome));
  if (places.includes(-1)) throw new Error(`keep must name some of ${OUTCOMES.join(", ")}; it has ${keep.join(", ")}`);
  return { byOutcome: worstCase === "outcome", equalExposure, keep, places, equilibria, select, bit };
}

/**
 * What is added up in equilibrium play.
 * @typedef {Object} PlaySums
 * @property {Float64Array} selected Outcomes and payoff.
 * @property {Float64Array} joint By stance, `JOINT` numbers.
 * @property {Float64Array} families
 * @property {Float64Array} least By outcome.
 * @property {Float64Array} most
 * @property {Float64Array} counts Equilibria, draws with ties, draws in which none survives.
 */

/** @param {number} stances @returns {PlaySums} */
function newPlaySums(stances) {
  return {
    selected: new Float64Array(ALL + 1),
    joint: new Float64Array(stances * JOINT),
    families: new Float64Array(FAMILIES.length),
    least: new Float64Array(ALL),
    most: new Float64Array(ALL),
    counts: new Float64Array(3),
  };
}

/**
 * Solve every draw, and return means over them.
 * @param {import("./draws.js").Draws} draws @param {DrawsOptions} options
 * @returns {DrawsSolution}
 */
export function overDraws(draws, options) {
  const { byOutcome, equalExposure, keep, places, equilibria, select, bit } = checkedOptions(options);
  const { count, stances } = draws;
  const slots = slotsOf(draws, equalExposure);
  const game = newGame();
  const after = newChances();
  const solver = newSolver();
  const sums = new Float64Array(stances.length * DOCTRINE);
  const held = new Float64Array(stances.length * DOCTRINE); // of one draw
  const play = newPlaySums(stances.length);
  const kept = [...stances, "selected"].map(() => places.map(() => new Float64Array(count)));
  for (let i = 0; i < count; i++) {
    moveTo(slots, i);
    setCrisis(slots.point, stances, byOutcome, game, after);
    held.fill(0);
    for (let m = 0; m < stances.length; m++) addDoctrine(held, m * DOCTRINE, m, game, after);
    for (let place = 0; place < held.length; place++) sums[place] += held[place];
    for (let j = 0; j < places.length; j++) {
      for (let m = 0; m < stances.length; m++) kept[m][j][i] = held[m * DOCTRINE + places[j]];
    }
    if (!equilibria) continue;
    solve(game, solver);
    if (bit !== 0) judge(game, solver);
    addPlay(play, game, after, solver, select, bit, held);
    for (let j = 0; j < places.length; j++) kept[stances.length][j][i] = chosen[places[j]];
  }
  const names = stances.map(({ name }) => name);
  const named = (/** @type {Float64Array[]} */ columns) =>
    Object.fromEntries(keep.map((outcome, j) => [outcome, columns[j]]));
  return {
    count,
    doctrine: Object.fromEntries(names.map((name, m) => [name, namedDoctrine(sums, m * DOCTRINE, count)])),
    equilibrium: equilibria ? namedPlay(play, names, count) : null,
    kept: {
      doctrine: Object.fromEntries(names.map((name, m) => [name, named(kept[m])])),
      selected: equilibria ? named(kept[stances.length]) : {},
    },
  };
}

/**
 * Add what one draw says of a doctrine: the signal then carries no news.
 * @param {Float64Array} into @param {number} start @param {number} m @param {Game} game @param {Chances} after
 */
export function addDoctrine(into, start, m, game, after) {
  const resolute = after.resolute;
  const cautious = strikesUnderDoctrine(game, 0, m) ? 1 : 0;
  const opportunist = strikesUnderDoctrine(game, 1, m) ? 1 : 0;
  const strike = game.receiverPrior[0] * cautious + game.receiverPrior[1] * opportunist;
  addOutcomes(into, start, m, 1 - resolute, resolute, strike, after);
  const hold = game.sender[cellOf(0, 0, m, 0)];
  const bluffing = game.sender[cellOf(0, 0, m, 1)] - hold;
  const standing = game.sender[cellOf(0, 1, m, 1)] - hold;
  into[start + ALL] += hold + strike * ((1 - resolute) * bluffing + resolute * standing);
  into[start + ALL + 1] += cautious;
  into[start + ALL + 2] += opportunist;
  into[start + ALL + 3] += 1 - after.stands[4 + m];
}

/** @param {Float64Array} sums @param {number} start @param {number} count @returns {import("./index.js").Doctrine} */
export function namedDoctrine(sums, start, count) {
  const [payoff, cautious, opportunist, folds] = sums.slice(start + ALL, start + DOCTRINE).map((sum) => sum / count);
  const strikes = { cautious, opportunist };
  const outcomes = /** @type {any} */ (namedOutcomes(sums, start, count));
  return { ...outcomes, france_payoff: payoff, strikes, resolute_folds: folds };
}

/** How many numbers `addDoctrine` writes. */
export const DOCTRINE_NUMBERS = DOCTRINE;

const joint = new Float64Array(4 * ALL); // outcomes of one row, by signal
const chosen = new Float64Array(ALL); // outcomes of the selected equilibrium of one draw
const room = { outcomes: new Float64Array(0), rung: new Float64Array(0), weights: new Float64Array(0) };

/**
 * Write the outcomes of every row of a solved game, and its expected rung.
 * @param {Game} game @param {Chances} after @param {Solver} solver
 */
export function setLadders(game, after, solver) {
  const { rows } = solver;
  if (room.rung.length < rows.count) {
    room.outcomes = new Float64Array(rows.room * ALL);
    room.rung = new Float64Array(rows.room);
    room.weights = new Float64Array(rows.room);
  }
  for (let row = 0; row < rows.count; row++) {
    setJoint(game, after, solver, row);
    room.rung[row] = 0;
    for (let place = 0; place < ALL; place++) {
      let sum = 0;
      for (let m = 0; m < game.signals; m++) sum += joint[m * ALL + place];
      room.outcomes[row * ALL + place] = sum;
      if (place < RUNGS) room.rung[row] += sum;
    }
  }
  return room;
}

/**
 * Write the outcomes of one row by signal: what types send is counted by the truth.
 * @param {Game} game @param {Chances} after @param {Solver} solver @param {number} row
 */
function setJoint(game, after, solver, row) {
  const { strategy, response } = solver.rows;
  joint.fill(0);
  for (let m = 0; m < game.signals; m++) {
    const bluffing = (1 - after.resolute) * strategy[row * 8 + m];
    const resolute = after.resolute * strategy[row * 8 + 4 + m];
    let strike = 0;
    for (let k = 0; k < game.receivers; k++) strike += game.receiverPrior[k] * response[row * 8 + k * 4 + m];
    addOutcomes(joint, m * ALL, m, bluffing, resolute, strike, after);
  }
}

/**
 * Add what equilibrium play says in one draw.
 * @param {PlaySums} play @param {Game} game @param {Chances} after @param {Solver} solver
 * @param {string} select @param {number} bit @param {Float64Array} held What the doctrines say in it.
 */
function addPlay(play, game, after, solver, select, bit, held) {
  const { rows } = solver;
  const { outcomes, rung, weights } = setLadders(game, after, solver);
  if (setWeights(select, rows, rung, after.resolute, bit, weights)) play.counts[2] += 1;
  play.counts[0] += rows.count;
  play.counts[1] += solver.degenerate ? 1 : 0;
  chosen.fill(0);
  for (let row = 0; row < rows.count; row++) {
    if (weights[row] > 0) addSelected(play, game, after, solver, row, weights[row], held);
  }
  for (let place = 0; place < ALL; place++) {
    let least = Infinity;
    let most = -Infinity;
    for (let row = 0; row < rows.count; row++) {
      const own = outcomes[row * ALL + place];
      if (own < least) least = own;
      if (own > most) most = own;
    }
    play.least[place] += least;
    play.most[place] += most;
    play.selected[place] += chosen[place];
  }
}

/**
 * Add a row that counts.
 * @param {PlaySums} play @param {Game} game @param {Chances} after @param {Solver} solver
 * @param {number} row @param {number} weight @param {Float64Array} held
 */
function addSelected(play, game, after, solver, row, weight, held) {
  const { strategy, value, family } = solver.rows;
  setJoint(game, after, solver, row);
  play.families[family[row]] += weight;
  play.selected[ALL] += weight * ((1 - after.resolute) * value[row * 2] + after.resolute * value[row * 2 + 1]);
  for (let m = 0; m < game.signals; m++) {
    const sent = (1 - after.resolute) * strategy[row * 8 + m] + after.resolute * strategy[row * 8 + 4 + m];
    for (let place = 0; place < ALL; place++) {
      const own = weight * joint[m * ALL + place];
      chosen[place] += own;
      play.joint[m * JOINT + place] += own;
    }
    play.joint[m * JOINT + ALL] += weight * sent;
    play.joint[m * JOINT + ALL + 1] += weight * sent * held[m * DOCTRINE];
  }
}

/**
 * @param {PlaySums} play @param {string[]} names @param {number} count
 * @returns {import("./index.js").EquilibriumPlay}
 */
function namedPlay(play, names, count) {
  const share = (/** @type {number} */ m, /** @type {number} */ place) => {
    const sent = play.joint[m * JOINT + ALL];
    return sent > 0 ? play.joint[m * JOINT + place] / sent : null;
  };
  return {
    selected: { ...namedOutcomes(play.selected, 0, count), france_payoff: play.selected[ALL] / count },
    sent: Object.fromEntries(names.map((name, m) => [name, play.joint[m * JOINT + ALL] / count])),
    by_signal: Object.fromEntries(
      names.map((name, m) => [name, Object.fromEntries(OUTCOMES.map((outcome, place) => [outcome, share(m, place)]))]),
    ),
    imposed_where_sent: Object.fromEntries(names.map((name, m) => [name, share(m, ALL + 1)])),
    families: Object.fromEntries(FAMILIES.map((name, place) => [name, play.families[place] / count])),
    range: Object.fromEntries(
      OUTCOMES.map((name, place) => [name, [play.least[place] / count, play.most[place] / count]]),
    ),
    equilibria_per_draw: play.counts[0] / count,
    degenerate_share: play.counts[1] / count,
    no_survivor_share: play.counts[2] / count,
  };
}
