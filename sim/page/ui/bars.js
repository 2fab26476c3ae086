/** How are numbers drawn side by side? Bars out of a hundred, labelled at their ends; on a scale of powers of ten, dots. */

import { paint, s, widthOf } from "./dom.js";

/**
 * @typedef {Object} Bar
 * @property {string} name Whose it is, written behind the number.
 * @property {string} told The number in words.
 * @property {number} value
 * @property {string} colour
 * @property {number} [ghost] Where it stood before.
 * @property {[number, number]} [range]
 * @property {[number, number]} [span] Where the bar begins and ends, if not at 0 and its value.
 * @property {boolean} [empty] Nothing to draw: the words alone.
 */

/**
 * @typedef {Object} Group
 * @property {string} label
 * @property {Bar[]} bars
 * @property {boolean} [inLine] Words alone, side by side: for what is too rare for bars.
 * @property {boolean} [overlaid] All marks on one scale, and the words of the first.
 */

/** What every part of a chart must know. @typedef {{em: number, width: number, reach: number, left: number, log: boolean, place: (value: number) => number}} Frame */

const LINE = 1.5; // height of a bar with its air, in em
const WIDE = 42; // em from which labels stand beside a common scale, not above it

/**
 * Draw groups of bars, each bar with its number and its name at its end.
 * @param {number} width @param {number} em @param {Group[]} groups
 * @param {{most?: number, least?: number, log?: boolean}} [scale] Ends of the scale; 0 and 1 if left out.
 * @returns {SVGElement}
 */
export function barChart(width, em, groups, { most = 1, least = 0, log = false } = {}) {
  const share = (/** @type {number} */ value) => {
    const at = log ? Math.log(Math.max(value, least) / least) / Math.log(most / least) : (value - least) / (most - least);
    return Math.min(Math.max(at, 0), 1);
  };
  const left = width > WIDE * em && groups.some((group) => group.overlaid) ? 0.42 * width : 0;
  const reach = reachOf(groups, share, width - left, em, log);
  const frame = { em, width, reach, left, log, place: (/** @type {number} */ value) => share(value) * reach };
  const parts = [];
  let top = 0;
  groups.forEach((group, place) => {
    if (group.inLine && place && groups[place - 1].inLine) return; // stands in the table that its neighbour began
    const rest = groups.slice(place);
    const end = rest.findIndex((each) => !each.inLine);
    const { drawn, height } = group.inLine
      ? sideBySide(end < 0 ? rest : rest.slice(0, end), top, frame)
      : (group.overlaid ? oneScale : oneBelowTheOther)(group, top, frame);
    parts.push(...drawn);
    top += height;
  });
  const height = Math.ceil(top);
  return s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "font-size": em }, ...parts);
}

/** How wide the scale can be, so that words have room behind every bar. @param {Group[]} groups @param {(value: number) => number} share @param {number} width @param {number} em @param {boolean} log */
function reachOf(groups, share, width, em, log) {
  let reach = width;
  const told = groups.filter((group) => !group.inLine).flatMap((group) => (group.overlaid ? group.bars.slice(0, 1) : group.bars));
  for (const bar of told) {
    const room = width - wordsOf(bar, em) - 0.8 * em;
    const furthest = log ? 1 : Math.max(share(bar.value), share(bar.ghost ?? bar.value), share(bar.range?.[1] ?? bar.value));
    if (!bar.empty && !bar.span && furthest > 0) reach = Math.min(reach, room / furthest);
  }
  return Math.max(reach, 0.25 * width);
}

/** @param {Bar} bar @param {number} em */
function wordsOf(bar, em) {
  return widthOf(bar.told, em, true) + (bar.name ? 0.4 * em + widthOf(bar.name, em) : 0);
}

/** A heading; a long one in smaller type. @param {string} label @param {number} y @param {number} em @param {number} width */
function heading(label, y, em, width) {
  const size = em * Math.min(1, width / widthOf(label, em, true));
  return s("text", { x: 0, y, "font-weight": 600, "font-size": size, fill: paint("ink") }, label);
}

/** @param {Group} group @param {number} top @param {Frame} frame */
function oneBelowTheOther(group, top, frame) {
  const { em, width } = frame;
  const first = group.label ? 1.4 * em : 0;
  const drawn = group.bars.flatMap((bar, place) => drawnBar(bar, top + first + place * LINE * em, frame));
  if (group.label) drawn.push(heading(group.label, top + em, em, width));
  return { drawn, height: first + group.bars.length * LINE * em + 0.55 * em };
}

/** Marks over each other, the first on top. @param {Group} group @param {number} top @param {Frame} frame */
function oneScale(group, top, frame) {
  const { em, left, width } = frame;
  const first = left ? 0 : 1.4 * em;
  const title = left ? heading(group.label, top + 0.83 * em, em, left - em) : heading(group.label, top + em, em, width);
  const [main, ...others] = group.bars;
  const marks = [
    track(top + first, frame),
    ...others.flatMap((bar) => marksOf(bar, top + first, frame)),
    ...marksOf(main, top + first, frame),
    ...words(main, top + first, frame),
  ];
  return { drawn: [title, s("g", { transform: `translate(${left} 0)` }, ...marks)], height: first + 1.85 * em };
}

/**
 * Numbers side by side, each behind a patch of its colour, under the names of the columns: a colour alone says nothing
 * to who cannot see it. Labels stand beside the numbers where there is room, else above them.
 * @param {Group[]} groups @param {number} top @param {Frame} frame
 */
function sideBySide(groups, top, { em, width }) {
  const bars = groups.flatMap((group) => group.bars);
  const all = Math.max(...groups.map((group) => group.bars.length));
  const patch = 0.85 * em;
  const longest = Math.max(...bars.map((bar) => widthOf(bar.told, em, true))) + 1.4 * em;
  const longestName = Math.max(...bars.map((bar) => widthOf(bar.name, 0.85 * em))) + patch + 0.5 * em;
  const labels = Math.max(...groups.map((group) => widthOf(group.label, em, true))) + em;
  const beside = labels > em && width - labels >= all * Math.max(longest, longestName);
  const left = beside ? labels : 0;
  const abreast = beside || longest * 0.85 * all <= width ? all : Math.min(2, all); // in two columns where there is no room
  const step = Math.min((width - left) / abreast, 17 * em);
  const size = em * Math.min(1, step / longest);
  const nameSize = 0.85 * em * Math.min(1, step / longestName);
  const lines = Math.ceil(all / abreast);
  const at = (/** @type {number} */ place) => ({ x: left + (place % abreast) * step, y: (Math.floor(place / abreast) + 0.65) * 1.4 * em });
  const spot = (/** @type {Bar} */ bar, /** @type {number} */ x, /** @type {number} */ y) => s("rect", { x, y: y - 0.75 * em, width: 0.55 * em, height: 0.85 * em, rx: 2, fill: bar.colour });
  const drawn = [];
  let height = 0;
  if (bars.some((bar) => bar.name)) {
    groups[0].bars.forEach((bar, place) => {
      const { x, y } = at(place);
      drawn.push(spot(bar, x, top + y), s("text", { class: "column", x: x + patch, y: top + y, "font-size": nameSize, fill: paint("faint") }, bar.name));
    });
    height = lines * 1.4 * em;
  }
  for (const group of groups) {
    if (group.label) drawn.push(heading(group.label, top + height + (beside ? 0.91 : 0.85) * em, em, width));
    if (group.label && !beside) height += 1.25 * em;
    group.bars.forEach((bar, place) => {
      const { x, y } = at(place);
      const told = s("tspan", { "font-weight": 700, fill: paint("ink"), "data-value": bar.value }, bar.told);
      drawn.push(spot(bar, x, top + height + y), s("text", { x: x + patch, y: top + height + y, "font-size": size }, told));
    });
    height += lines * 1.4 * em + (beside ? 0.1 : 0.25) * em;
  }
  return { drawn, height };
}

/** @param {Bar} bar @param {number} top @param {Frame} frame */
function drawnBar(bar, top, frame) {
  return [...(bar.empty ? [] : [track(top, frame), ...marksOf(bar, top, frame)]), ...words(bar, top, frame)];
}

/** @param {number} top @param {Frame} frame */
function track(top, { em, reach }) {
  return s("rect", { x: 0, y: top, width: reach, height: 0.95 * em, rx: 2, fill: paint("track") });
}

/** @param {Bar} bar @param {Frame} frame */
function endsOf(bar, { place }) {
  return bar.span ? bar.span.map(place).sort((one, other) => one - other) : [0, place(bar.value)];
}

/** @param {Bar} bar @param {number} top @param {Frame} frame */
function marksOf(bar, top, frame) {
  const { em, place, log } = frame;
  const thick = 0.95 * em;
  const middle = top + thick / 2;
  const [start, end] = endsOf(bar, frame);
  const mark = log
    ? s("circle", { cx: end, cy: middle, r: 0.4 * em, fill: bar.colour })
    : s("rect", { class: "bar", x: start, y: top, width: bar.value ? Math.max(end - start, 1.5) : 0, height: thick, rx: 2, fill: bar.colour });
  const parts = [mark];
  if (bar.range) {
    const [from, to] = bar.range.map(place);
    const looks = { stroke: paint("ink"), "stroke-width": 2 };
    parts.push(s("line", { x1: from, x2: to, y1: middle, y2: middle, ...looks }));
    for (const x of [from, to]) parts.push(s("line", { x1: x, x2: x, y1: middle - 0.28 * em, y2: middle + 0.28 * em, ...looks }));
  }
  if (bar.ghost !== undefined) {
    const was = Math.max(place(bar.ghost), 1.5);
    parts.push(s("rect", { class: "ghost", x: 0.75, y: top + 0.75, width: was, height: thick - 1.5, rx: 2, fill: "none", stroke: paint("ink"), "stroke-width": 1.5, "stroke-dasharray": "3 3" }));
  }
  return parts;
}

/** @param {Bar} bar @param {number} top @param {Frame} frame */
function words(bar, top, frame) {
  const { em, width, left, reach, log, place } = frame;
  const [start, end] = endsOf(bar, frame);
  const room = wordsOf(bar, em);
  const furthest = Math.max(end, place(bar.ghost ?? bar.value), place(bar.range?.[1] ?? bar.value));
  const beside = furthest + 0.5 * em;
  const before = bar.span && beside + room > width - left && start > room; // a step near the far end has them before it
  const x = bar.empty ? 0 : log ? reach + 0.5 * em : before ? start - room - 0.5 * em : beside;
  const told = s("tspan", { "font-weight": 700, fill: paint("ink"), "data-value": bar.value }, bar.told);
  const name = s("tspan", { fill: paint("faint"), dx: bar.told ? 0.4 * em : 0 }, bar.name);
  return [s("text", { x, y: top + 0.83 * em }, told, name)];
}

/**
 * Draw a hundred squares, ten by ten: how many of a hundred crises, and a frame around those of a guess.
 * @param {number} size @param {number} filled @param {number} guess @param {string} colour
 */
export function hundred(size, filled, guess, colour) {
  const cell = size / 10;
  const squares = Array.from({ length: 100 }, (_, place) => {
    const x = (place % 10) * cell;
    const y = Math.floor(place / 10) * cell;
    return s("rect", {
      x: x + cell * 0.1,
      y: y + cell * 0.1,
      width: cell * 0.8,
      height: cell * 0.8,
      rx: cell * 0.12,
      fill: place < filled ? colour : paint("track"),
      stroke: place < guess ? paint("ink") : "none",
      "stroke-width": place < guess ? 2 : 0,
    });
  });
  return s("svg", { viewBox: `0 0 ${size} ${size}`, width: size, height: size }, ...squares);
}
