/** Where does play tip? Which kind of play holds over two numbers, all others in their middle or where they were moved. */

import { h, paint, s, widthOf } from "./dom.js";
import { show } from "./figure.js";
import { keepBefore } from "./ladder.js";
import { changed, move, onChange, pointNow, scenario, valueOf } from "./state.js";
import { lineName, page, say, stanceName, upper, valueTold } from "./words.js";
import { ruleTold, solved, stances } from "./world.js";
import { part } from "./why.js";
import { selected } from "./beliefs.js";

const ACROSS = 40;
const UP = 28;
const PURE = 1e-9;
const TYPES = ["bluffing", "resolute"];
const SMALLEST = 0.04; // share of the map below which a region has no room for its number

/** @param {HTMLElement} place */
export function regimes(place) {
  const article = part(place);
  const lines = Object.keys(scenario().lines).filter((line) => scenario().lines[line].range);
  const first = (/** @type {string[]} */ wanted) => wanted.find((line) => lines.includes(line)) ?? lines[0];
  const axes = { x: first(["prior.resolute"]), y: first([`signal.${page.scenario.reference}.stance_value`]) };
  const pick = (/** @type {"x"|"y"} */ axis) => {
    const select = /** @type {HTMLSelectElement} */ (
      h("select", { id: `axis-${axis}`, onchange: () => ((axes[axis] = select.value), changed()) }, ...lines.map((line) => h("option", { value: line, selected: line === axes[axis] }, lineName(line))))
    );
    const range = /** @type {HTMLInputElement} */ (
      h("input", { type: "range", id: `at-${axis}`, oninput: () => move(axes[axis], Number(range.value)), onpointerdown: () => keepBefore() })
    );
    onChange("now", () => {
      const { low, high, step, kind } = scenario().lines[axes[axis]];
      Object.assign(range, { min: low, max: high, step, value: valueOf(axes[axis]) });
      range.setAttribute("aria-label", say("why.position", { label: lineName(axes[axis]) }));
      range.setAttribute("aria-valuetext", valueTold(kind, valueOf(axes[axis])));
    });
    return h("div", { class: "axis" }, h("label", { for: `axis-${axis}` }, say(`why.${axis}`)), select, range);
  };
  /** @type {{cells: number[][], kinds: string[]}} */
  let map = { cells: [], kinds: [] };
  const frame = h("div", {});
  const key = h("ol", { class: "key" });
  article.append(frame);
  const redraw = show(frame, {
    id: "regimes",
    level: "h2",
    finding: () => say("why.regimes_finding", { regime: kindOf(selected(), opportunistNow()).told }),
    note: `${say("why.regimes_why", { rule: ruleTold() })} (${say("figure.live")})`,
    command: () => `sim sweep ${page.scenario.command} --x ${axes.x} --y ${axes.y}`,
    table: () => ({ columns: ["", ""], rows: map.kinds.map((kind, number) => [String(number + 1), kind]) }),
    draw: (width, em) => drawn(width, em, axes, map),
    ready: (svg) => svg.addEventListener("click", (event) => go(/** @type {MouseEvent} */ (event), svg, axes)),
  });
  const stage = /** @type {HTMLElement} */ (frame.querySelector(".stage"));
  stage.before(h("div", { class: "switches" }, pick("x"), pick("y")));
  stage.after(key);
  const update = () => {
    map = regimesOver(axes);
    key.replaceChildren(...map.kinds.map((kind, number) => h("li", {}, h("span", { class: "patch", style: `background:${tint(number)}` }), kind)));
    redraw();
  };
  onChange("later", update);
}

function opportunistNow() {
  return pointNow()["prior.opportunist"];
}

/** Solve the grid. @param {{x: string, y: string}} axes */
function regimesOver(axes) {
  const point = pointNow();
  const { lines } = scenario();
  const at = (/** @type {string} */ line, /** @type {number} */ share) => lines[line].low + share * (lines[line].high - lines[line].low);
  /** @type {Map<string, {number: number, told: string, cells: number}>} */
  const kinds = new Map();
  const cells = Array.from({ length: UP }, (_, row) =>
    Array.from({ length: ACROSS }, (_, column) => {
      const moved = { ...point };
      for (const name of lines[axes.x].parameters) moved[name] = at(axes.x, (column + 0.5) / ACROSS);
      for (const name of lines[axes.y].parameters) moved[name] = at(axes.y, (row + 0.5) / UP);
      const game = solved(moved);
      const { code, told } = kindOf(game.equilibria[game.selected], moved["prior.opportunist"]);
      if (!kinds.has(code)) kinds.set(code, { number: kinds.size, told, cells: 0 });
      const kind = /** @type {{number: number, cells: number}} */ (kinds.get(code));
      kind.cells += 1;
      return kind.number;
    }),
  );
  // The largest region comes first, so that a small one does not take its colour when it appears.
  const order = [...kinds.values()].sort((one, other) => other.cells - one.cells);
  const place = new Map(order.map((kind, rank) => [kind.number, rank]));
  return { cells: cells.map((row) => row.map((number) => /** @type {number} */ (place.get(number)))), kinds: order.map((kind) => kind.told) };
}

/**
 * What kind of play an equilibrium is: who sends what, and who strikes after what is sent.
 * @param {any} equilibrium @param {number} opportunist How often the receiver is of the second type.
 */
export function kindOf({ strategy, response }, opportunist) {
  const sends = strategy.map((/** @type {number[]} */ row) => row.flatMap((share, m) => (share > PURE ? [m] : [])));
  const sent = stances.map((_, m) => m).filter((m) => sends.some((/** @type {number[]} */ own) => own.includes(m)));
  const shares = [1 - opportunist, opportunist];
  const types = [0, 1].filter((k) => shares[k] > 0);
  const levels = sent.map((m) => types.map((k) => (response[k][m][1] > 1 - PURE ? 2 : response[k][m][1] > PURE ? 1 : 0)));
  return { code: JSON.stringify([sends, sent, levels]), told: `${franceTold(sends)}; ${russiaTold(sent, levels, types)}` };
}

/** @param {number[][]} sends */
function franceTold(sends) {
  const doing = sends.map((own) => own.map((m) => page.stances[stances[m]].does).join(` ${say("why.or")} `));
  if (doing[0] === doing[1]) return say("why.pooling", { do: sends[0].map((m) => page.stances[stances[m]].do).join(` ${say("why.or")} `) });
  const [bluffing, resolute] = TYPES.map((type, t) => say(`why.${type}_sends`, { does: doing[t] }));
  return say("why.mixed", { resolute, bluffing });
}

/** @param {number[]} sent @param {number[][]} levels @param {number[]} types */
function russiaTold(sent, levels, types) {
  const who = ["cautious", "opportunist"];
  const told = sent.flatMap((m, place) => {
    const stance = stanceName(stances[m]);
    const all = levels[place].every((level) => level === 2);
    if (all) return [say("why.strikes_after", { who: types.length > 1 ? say("why.everybody") : say(`why.${who[types[0]]}`), stance })];
    return levels[place].flatMap((level, k) => (level ? [say(level === 2 ? "why.strikes_after" : "why.sometimes", { who: say(`why.${who[types[k]]}`), stance })] : []));
  });
  return told.length ? told.join(", ") : say("why.nobody_strikes");
}

/** @param {number} number */
function tint(number) {
  return paint(`region-${number % 8}`);
}

/** @param {number} width @param {number} em @param {{x: string, y: string}} axes @param {{cells: number[][], kinds: string[]}} map */
function drawn(width, em, axes, map) {
  const box = boxOf(width, em);
  const { left, top, wide, high } = box;
  const parts = [];
  const cell = { x: wide / ACROSS, y: high / UP };
  map.cells.forEach((row, up) => {
    for (let from = 0; from < ACROSS; ) {
      let to = from + 1;
      while (to < ACROSS && row[to] === row[from]) to += 1;
      const size = { x: left + from * cell.x, y: top + high - (up + 1) * cell.y, width: (to - from) * cell.x + 0.5, height: cell.y + 0.5 };
      parts.push(s("rect", { ...size, fill: tint(row[from]) }));
      from = to;
    }
  });
  parts.push(...numbersOn(map, box, em));
  const { lines } = scenario();
  for (const [axis, line] of Object.entries(axes)) parts.push(...scaleOf(axis, line, lines[line], box, em));
  const spot = placeOf(axes, box);
  parts.push(s("circle", { id: "spot", cx: spot.x, cy: spot.y, r: 0.5 * em, fill: paint("ink"), stroke: paint("paper"), "stroke-width": 3 }));
  const turned = spot.x > left + wide - 7 * em;
  parts.push(
    s("text", { x: spot.x + (turned ? -0.8 : 0.8) * em, y: spot.y + 0.35 * em, "text-anchor": turned ? "end" : "start", "font-weight": 700, fill: paint("ink"), stroke: paint("paper"), "stroke-width": 4, "paint-order": "stroke" }, say("why.here")),
  );
  return s("svg", { viewBox: `0 0 ${width} ${box.height}`, width, height: box.height, "font-size": em, class: "map" }, ...parts);
}

/** @param {number} width @param {number} em */
function boxOf(width, em) {
  const left = 3.4 * em;
  const high = Math.min(width * 0.52, 20 * em, Math.max(innerHeight * 0.42, 14 * em));
  return { left, top: 1.8 * em, wide: width - left - 0.5 * em, high, height: high + 5 * em };
}

/** The number of each region, in the middle of its largest run of cells. @param {{cells: number[][], kinds: string[]}} map @param {any} box @param {number} em */
function numbersOn(map, { left, top, wide, high }, em) {
  return map.kinds.flatMap((_, number) => {
    const own = map.cells.flatMap((row, up) => row.flatMap((kind, across) => (kind === number ? [[across, up]] : [])));
    if (own.length < SMALLEST * ACROSS * UP) return [];
    const middle = [0, 1].map((axis) => own.reduce((sum, each) => sum + each[axis], 0) / own.length);
    const [across, up] = own.reduce((best, each) => (far(each, middle) < far(best, middle) ? each : best));
    const at = { x: left + ((across + 0.5) * wide) / ACROSS, y: top + high - ((up + 0.5) * high) / UP + 0.35 * em };
    return [s("text", { ...at, "text-anchor": "middle", "font-weight": 700, fill: paint("ink") }, String(number + 1))];
  });
}

/** @param {number[]} one @param {number[]} other */
function far(one, other) {
  return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2;
}

/** @param {string} axis @param {string} line @param {any} about @param {any} box @param {number} em */
function scaleOf(axis, line, about, { left, top, wide, high }, em) {
  const bare = (/** @type {number} */ value) => valueTold(about.kind, value).split(" ")[0];
  const ends = [about.low, (about.low + about.high) / 2, about.high];
  const style = { fill: paint("ink"), "font-size": em * 0.9 };
  if (axis === "x") {
    const anchors = ["start", "middle", "end"];
    const ticks = ends.map((value, place) => s("text", { x: left + (place * wide) / 2, y: top + high + 1.3 * em, "text-anchor": anchors[place], ...style }, bare(value)));
    const name = upper(lineName(line));
    const half = Math.min(widthOf(name, em, true) / 2, (left + wide) / 2);
    return [...ticks, s("text", { x: Math.min(left + wide / 2, left + wide - half), y: top + high + 2.8 * em, "text-anchor": "middle", ...style, "font-weight": 600 }, name)];
  }
  const ticks = ends.map((value, place) => s("text", { x: left - 0.4 * em, y: top + high - (place * high) / 2 + [0, 0.35, 0.8][place] * em, "text-anchor": "end", ...style }, bare(value)));
  return [...ticks, s("text", { x: 0, y: 1.1 * em, ...style, "font-weight": 600 }, upper(lineName(line)))];
}

/** @param {{x: string, y: string}} axes @param {any} box */
function placeOf(axes, { left, top, wide, high }) {
  const { lines } = scenario();
  const [x, y] = [axes.x, axes.y].map((line) => Math.min(Math.max((valueOf(line) - lines[line].low) / (lines[line].high - lines[line].low), 0), 1));
  return { x: left + x * wide, y: top + high - y * high };
}

/** Move both numbers to where the map was touched. @param {MouseEvent} event @param {SVGElement} svg @param {{x: string, y: string}} axes */
function go(event, svg, axes) {
  const rect = svg.getBoundingClientRect();
  const em = Number(svg.getAttribute("font-size"));
  const { left, top, wide, high } = boxOf(rect.width, em);
  const shares = { x: (event.clientX - rect.left - left) / wide, y: 1 - (event.clientY - rect.top - top) / high };
  if (Object.values(shares).some((share) => share < 0 || share > 1)) return;
  keepBefore();
  for (const axis of /** @type {("x"|"y")[]} */ (["x", "y"])) {
    const { low, high: most, step } = scenario().lines[axes[axis]];
    move(axes[axis], +(Math.round((low + shares[axis] * (most - low)) / step) * step).toFixed(9));
  }
}
