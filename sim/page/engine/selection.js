/** Which of several equilibria is played? The rules of sim/crisis/selection.py. */

/** The highest payoff of the sender before it learns its type; the lowest or highest expected rung; all alike. */
export const RULES = ["sender_best", "least_escalatory", "most_escalatory", "uniform"];

/** Equilibrium payoffs closer than this, relative to their size, are tied: rounding must not choose. */
const PAYOFF_TOLERANCE = 1e-9;

/**
 * Write how much each row of a game counts by the rule.
 * @param {string} rule
 * @param {import("./rows.js").Rows} rows
 * @param {Float64Array} expectedRung By row; read by the rules that go by escalation.
 * @param {number} resolute How often the sender is of type 1, in truth.
 * @param {number} verdict Bit that a row's verdicts must have to be admitted; 0 admits all. If none has it, all count.
 * @param {Float64Array} weights By row.
 * @returns {boolean} Whether no row is admitted.
 */
export function setWeights(rule, rows, expectedRung, resolute, verdict, weights) {
  let none = verdict !== 0;
  for (let row = 0; row < rows.count; row++) if (rows.verdicts[row] & verdict) none = false;
  const bit = none ? 0 : verdict;
  let admitted = 0;
  let best = -Infinity;
  let size = 0;
  for (let row = 0; row < rows.count; row++) {
    weights[row] = 0;
    size = Math.max(size, sizeOf(rule, rows, expectedRung, resolute, row));
    if (bit !== 0 && !(rows.verdicts[row] & bit)) continue;
    admitted++;
    best = Math.max(best, scoreOf(rule, rows, expectedRung, resolute, row));
  }
  for (let row = 0; row < rows.count; row++) {
    if (bit !== 0 && !(rows.verdicts[row] & bit)) continue;
    if (rule === "uniform") {
      weights[row] = 1 / admitted;
    } else if (scoreOf(rule, rows, expectedRung, resolute, row) >= best - PAYOFF_TOLERANCE * size) {
      weights[row] = 1;
      break;
    }
  }
  return none;
}

/**
 * @param {string} rule @param {import("./rows.js").Rows} rows @param {Float64Array} rung @param {number} resolute
 * @param {number} row
 */
function scoreOf(rule, rows, rung, resolute, row) {
  if (rule === "sender_best") return (1 - resolute) * rows.value[row * 2] + resolute * rows.value[row * 2 + 1];
  return rule === "least_escalatory" ? -rung[row] : rung[row];
}

/**
 * @param {string} rule @param {import("./rows.js").Rows} rows @param {Float64Array} rung @param {number} resolute
 * @param {number} row
 */
function sizeOf(rule, rows, rung, resolute, row) {
  if (rule !== "sender_best") return Math.abs(rung[row]);
  return (1 - resolute) * Math.abs(rows.value[row * 2]) + resolute * Math.abs(rows.value[row * 2 + 1]);
}
