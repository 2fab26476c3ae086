/**
 * Which perfect Bayesian equilibria does a game have? All of them in closed form, or where a tie would let more than
 * these be equilibria, members of each kind: sim/games/closed_form/perfect_bayesian.py.
 */

import { addClosedForms } from "./families.js";
import { addKnownType } from "./known_type.js";
import { newPaths, setPaths } from "./paths.js";
import { copyRow, newRows } from "./rows.js";
import { senderTies } from "./sender_ties.js";
import { farApart, isSound } from "./sizes.js";
import { addTied } from "./ties.js";

/** @typedef {import("./game.js").Game} Game */

/** In a game with ties, a type rarer than this is too rare for linear programs: members found without are listed. */
const RARE = 1e-6;

/**
 * A solver with room for one game at a time.
 * @typedef {Object} Solver
 * @property {import("./paths.js").Paths} paths
 * @property {import("./rows.js").Rows} rows The equilibria of the last game.
 * @property {boolean} degenerate Whether it has ties.
 * @property {boolean} searched Whether its rows come from the search for ties.
 * @property {boolean} known Whether the sender's type is certain.
 */

/** @returns {Solver} */
export function newSolver() {
  return { paths: newPaths(), rows: newRows(), degenerate: false, searched: false, known: false };
}

/**
 * Find the equilibria of a game.
 * @param {Game} game @param {Solver} solver
 */
export function solve(game, solver) {
  const { rows } = solver;
  const suspect = farApart(game);
  rows.count = 0;
  solver.known = game.prior[0] === 0 || game.prior[1] === 0;
  solver.searched = false;
  if (solver.known) {
    solver.degenerate = addKnownType(game, rows);
  } else {
    findUncertain(game, solver);
  }
  if (suspect) leaveOutUnsound(game, rows);
  if (rows.count > 0) return;
  throw new Error("no equilibrium found: payoffs differ by hardly more than the tolerance for ties");
}

/** Find the equilibria of a game whose sender's type is uncertain. @param {Game} game @param {Solver} solver */
function findUncertain(game, solver) {
  const { paths, rows } = solver;
  setPaths(game, paths);
  let matters = paths.tiesMatter || senderTies(paths, game.signals);
  const common = Math.abs(game.prior[1] - 0.5) < 0.5 - RARE;
  if (!(matters && common) && addClosedForms(game, paths, rows)) matters = true;
  if (matters && common) {
    rows.count = 0;
    solver.searched = addTied(game, paths, rows);
    if (!solver.searched) addClosedForms(game, paths, rows);
  }
  solver.degenerate = paths.tied || matters;
}

/**
 * Leave out rows against which a player gains beside the payoffs that it compares.
 * @param {Game} game @param {import("./rows.js").Rows} rows
 */
function leaveOutUnsound(game, rows) {
  let kept = 0;
  for (let row = 0; row < rows.count; row++) {
    if (!isSound(game, rows, row)) continue;
    if (kept < row) copyRow(rows, row, kept);
    kept++;
  }
  rows.count = kept;
}
