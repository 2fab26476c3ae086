/** Where is a linear function greatest among non-negative numbers? A dense simplex for the few rows that ties make. */

const SMALL = 1e-11; // below which a number in the tableau is rounding
const FEASIBLE = 1e-9; // by which equations may be missed in all

/**
 * Numbers x >= 0 with equal · x = to and below · x <= under.
 * @typedef {Object} Polytope
 * @property {number} size How many numbers.
 * @property {number[][]} equal
 * @property {number[]} to
 * @property {number[][]} below
 * @property {number[]} under
 */

/**
 * Return, for each goal, a point at which it is greatest; null if there is no point. The goals must be bounded.
 * @param {Polytope} polytope @param {number[][]} goals
 * @returns {number[][]|null}
 */
export function greatest(polytope, goals) {
  const { size, equal, to, below, under } = polytope;
  const rows = equal.length + below.length;
  const real = size + below.length; // numbers and slacks; behind them stands an artificial number for each row
  const columns = real + rows;
  /** @type {number[][]} */
  const tableau = [];
  /** @type {number[]} */
  const basis = [];
  for (let i = 0; i < rows; i++) {
    const slack = i - equal.length;
    const [own, side] = slack < 0 ? [equal[i], to[i]] : [below[slack], under[slack]];
    const sign = side < 0 ? -1 : 1; // no right side is negative
    const row = new Array(columns + 1).fill(0);
    for (let j = 0; j < size; j++) row[j] = sign * own[j];
    if (slack >= 0) row[size + slack] = sign;
    row[columns] = sign * side;
    const basic = slack >= 0 && sign > 0 ? size + slack : real + i;
    row[basic] = 1;
    tableau.push(row);
    basis.push(basic);
  }
  climb(tableau, basis, new Array(columns).fill(0).fill(-1, real), columns);
  for (let i = 0; i < rows; i++) if (basis[i] >= real && tableau[i][columns] > FEASIBLE) return null;
  leaveOutArtificial(tableau, basis, real);
  return goals.map((goal) => {
    const worth = new Array(columns).fill(0);
    for (let j = 0; j < size; j++) worth[j] = goal[j];
    climb(tableau, basis, worth, real);
    const point = new Array(size).fill(0);
    basis.forEach((j, i) => {
      if (j < size) point[j] = tableau[i][columns];
    });
    return point;
  });
}

/**
 * Go on from the basis at hand to one at which the worth is greatest; Bland's rule, so that it ends.
 * @param {number[][]} tableau @param {number[]} basis @param {number[]} worth @param {number} usable
 */
function climb(tableau, basis, worth, usable) {
  for (;;) {
    let enters = -1;
    for (let j = 0; j < usable && enters < 0; j++) {
      let gain = worth[j];
      for (let i = 0; i < basis.length; i++) gain -= worth[basis[i]] * tableau[i][j];
      if (gain > SMALL) enters = j;
    }
    if (enters < 0) return;
    let leaves = -1;
    let least = Infinity;
    for (let i = 0; i < basis.length; i++) {
      const rate = tableau[i][enters];
      if (rate <= SMALL) continue;
      const ratio = tableau[i][tableau[i].length - 1] / rate;
      if (ratio < least - SMALL || (ratio < least + SMALL && basis[i] < basis[leaves])) {
        least = Math.min(least, ratio);
        leaves = i;
      }
    }
    if (leaves < 0) throw new Error("a goal must be bounded; this one is not");
    pivot(tableau, basis, leaves, enters);
  }
}

/**
 * Bring a number into the basis.
 * @param {number[][]} tableau @param {number[]} basis @param {number} leaves @param {number} enters
 */
function pivot(tableau, basis, leaves, enters) {
  const row = tableau[leaves];
  const by = row[enters];
  for (let j = 0; j < row.length; j++) row[j] /= by;
  for (let i = 0; i < tableau.length; i++) {
    const factor = tableau[i][enters];
    if (i === leaves || factor === 0) continue;
    for (let j = 0; j < row.length; j++) tableau[i][j] -= factor * row[j];
    tableau[i][enters] = 0;
  }
  basis[leaves] = enters;
}

/**
 * Take artificial numbers, all 0 by now, out of the basis; a row that has nothing else says nothing.
 * @param {number[][]} tableau @param {number[]} basis @param {number} real
 */
function leaveOutArtificial(tableau, basis, real) {
  for (let i = basis.length - 1; i >= 0; i--) {
    if (basis[i] < real) continue;
    let enters = -1;
    for (let j = 0; j < real && enters < 0; j++) if (Math.abs(tableau[i][j]) > 1e-9) enters = j;
    if (enters >= 0) {
      pivot(tableau, basis, i, enters);
    } else {
      tableau.splice(i, 1);
      basis.splice(i, 1);
    }
  }
}
