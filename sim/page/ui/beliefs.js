/** What does the receiver believe, and where does each of its types turn? */

import { paint, s, widthOf } from "./dom.js";
import { show } from "./figure.js";
import { colourOf } from "./ladder.js";
import { onChange, pointNow, scenario, state } from "./state.js";
import { count, page, say, stanceName } from "./words.js";
import { central, ruleTold, stances, struck } from "./world.js";
import { part } from "./why.js";

const TYPES = ["cautious", "opportunist"];

/** @param {HTMLElement} place */
export function beliefs(place) {
  const redraw = show(part(place), {
    id: "beliefs",
    level: "h2",
    finding: () => {
      const told = struck.map((stance) => {
        const { belief, sent } = after(stance);
        const news = Math.abs(belief - priorNow()) > 0.005;
        const key = !sent ? "beliefs_unsent" : news ? "beliefs_after" : "beliefs_nothing";
        return `${say(`why.${key}`, { stance: stanceName(stance), belief: count(belief) })}.`;
      });
      return say("why.beliefs_finding", { prior: count(priorNow()), told: told.join(" ") });
    },
    note: `${say("why.beliefs_why", { rule: ruleTold() })} ${say("why.types")} (${say("figure.live")})`,
    command: solveCommand,
    table: () => ({
      columns: [say("ladder.stance"), say("why.prior"), say("why.after"), ...TYPES.map((type) => say("why.break_even", { type: say(`why.${type}`) }))],
      rows: struck.map((stance) => {
        const m = stances.indexOf(stance);
        const turns = TYPES.map((_, k) => central().break_even[k][m]);
        return [stanceName(stance), priorNow(), after(stance).belief, ...turns.map((turn) => turn ?? "–")];
      }),
    }),
    draw: axes,
  });
  onChange("later", redraw);
}

/** What to type for the same equilibrium. */
export function solveCommand() {
  const name = state.scenario === page.base.name ? page.scenario.command : state.scenario;
  if (state.worstCase !== scenario().worst_case) return "";
  return `sim solve ${name}${Object.entries(state.moved).map(([line, value]) => ` --set ${line}=${value}`).join("")}`;
}

/** The equilibrium that is played at the centre. */
export function selected() {
  const solved = central();
  return solved.equilibria[solved.selected];
}

/** @param {string} stance */
function after(stance) {
  const m = stances.indexOf(stance);
  const { belief, strategy } = selected();
  return { belief: belief[m], sent: strategy[0][m] > 0 || strategy[1][m] > 0 };
}

function priorNow() {
  const point = pointNow();
  return point["belief.resolute"] ?? point["prior.resolute"];
}

/** For which beliefs a type strikes, as [from, to]. @param {number} k @param {number} m */
function strikingBeliefs(k, m) {
  const { receiver, break_even: turns } = central();
  const gain = [0, 1].map((t) => receiver[k][t][m][1] - receiver[k][t][m][0]);
  const turn = turns[k][m];
  if (turn === null || turn === undefined) return gain[0] > 0 ? [0, 1] : null;
  return gain[0] > gain[1] ? [0, turn] : [turn, 1];
}

/** One axis a stance: shade where a type strikes, a ring for the belief before, a dot for that after. @param {number} width @param {number} em */
function axes(width, em) {
  const left = 0.6 * em;
  const reach = width - 2 * left;
  const at = (/** @type {number} */ belief) => left + belief * reach;
  const parts = [];
  let top = 0;
  for (const stance of struck) {
    const m = stances.indexOf(stance);
    parts.push(s("text", { x: 0, y: top + em, "font-weight": 600, fill: paint("ink") }, stanceName(stance)));
    top += 1.5 * em;
    TYPES.forEach((type, k) => {
      const span = strikingBeliefs(k, m);
      const who = say(`why.${type}`);
      parts.push(s("rect", { x: left, y: top, width: reach, height: 1.5 * em, fill: paint("track") }));
      if (span) parts.push(s("rect", { x: at(span[0]), y: top, width: at(span[1]) - at(span[0]), height: 1.5 * em, fill: paint("shade") }));
      const turn = central().break_even[k][m];
      const whole = span && span[1] - span[0] === 1;
      const key = !span ? "never" : whole ? "always" : span[0] === 0 ? "below" : "above";
      const told = say(`why.strikes_${key}`, { type: who, belief: count(turn ?? 0) });
      const long = widthOf(told, em * 0.95);
      const line = at(turn ?? 0);
      const inside = span && !whole && long + 0.8 * em < at(span[1]) - at(span[0]);
      const beside = !span || whole || inside ? at(span?.[0] ?? 0) : line + long + em < width - left ? line : Math.max(line - long - 0.8 * em, left);
      parts.push(s("text", { x: beside + 0.4 * em, y: top + 1.07 * em, fill: paint("ink"), "font-size": em * 0.95 }, told));
      if (turn !== null && turn !== undefined) {
        parts.push(s("line", { x1: line, x2: line, y1: top - 0.15 * em, y2: top + 1.65 * em, stroke: paint("ink"), "stroke-width": 3 }));
      }
      top += 1.8 * em;
    });
    const line = top + 0.7 * em;
    parts.push(s("line", { x1: at(0), x2: at(1), y1: line, y2: line, stroke: paint("faint"), "stroke-width": 1.5 }));
    const before = priorNow();
    const { belief, sent } = after(stance);
    if (Math.abs(belief - before) * reach > em) {
      parts.push(s("line", { x1: at(before), x2: at(belief), y1: line, y2: line, stroke: colourOf(stance), "stroke-width": 4 }));
    }
    parts.push(s("circle", { cx: at(before), cy: line, r: 0.45 * em, fill: paint("paper"), stroke: paint("ink"), "stroke-width": 2.5 }));
    parts.push(s("circle", { cx: at(belief), cy: line, r: 0.45 * em, fill: sent ? colourOf(stance) : paint("paper"), stroke: colourOf(stance), "stroke-width": 3 }));
    const same = Math.abs(belief - before) * reach < 5 * em;
    const words = same ? `${say("why.prior")} ${count(before)}, ${say("why.after")} ${count(belief)}` : `${say("why.after")} ${count(belief)}`;
    parts.push(label(at(belief), line + 1.6 * em, words, width, em));
    if (!same) parts.push(label(at(before), line + 1.6 * em, `${say("why.prior")} ${count(before)}`, width, em));
    top = line + 2.6 * em;
  }
  return s("svg", { viewBox: `0 0 ${width} ${top}`, width, height: top, "font-size": em }, ...parts);
}

/** Words under a mark, inside of the drawing. @param {number} x @param {number} y @param {string} words @param {number} width @param {number} em */
function label(x, y, words, width, em) {
  const half = widthOf(words, em) / 2;
  return s("text", { x: Math.min(Math.max(x, half), width - half), y, "text-anchor": "middle", fill: paint("ink") }, words);
}
