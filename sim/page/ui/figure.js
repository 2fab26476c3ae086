/** What comes with every figure? Its finding as the title, its numbers as a table, who made it, and downloads. */

import { download, h, paint } from "./dom.js";
import { say } from "./words.js";

/**
 * @typedef {Object} Table
 * @property {string[]} columns
 * @property {(string|number)[][]} rows Numbers are kept to the last digit.
 */

/**
 * @typedef {Object} Figure
 * @property {string} id
 * @property {() => string} finding The title, in a sentence.
 * @property {string} [note] What one must know to read it.
 * @property {string|(() => string)} command
 * @property {() => Table} table
 * @property {(width: number, em: number) => SVGElement} draw
 * @property {boolean} [live] Whether it follows the sliders.
 * @property {"h2"|"h3"} [level]
 * @property {(svg: SVGElement) => void} [ready] Is given the drawing once it stands on the page.
 */

/** Every figure on the page, to be drawn anew when the theme or the width changes. @type {{stage: HTMLElement, redraw: () => void}[]} */
const drawn = [];

/**
 * Put a figure on the page; returns what draws it anew.
 * @param {HTMLElement} place @param {Figure} figure @returns {() => void}
 */
export function show(place, figure) {
  const title = h(figure.level ?? "h3", { class: "finding", id: `${figure.id}-title` });
  const stage = h("div", { class: "stage" });
  const body = h("div", { class: "numbers" });
  const details = h("details", { class: "behind", ontoggle: () => details.open && fill() }, h("summary", {}, say("figure.table")), body);
  place.append(
    h(
      "figure",
      { id: figure.id, "aria-labelledby": `${figure.id}-title` },
      title,
      stage,
      figure.note ? h("figcaption", {}, figure.note) : "",
      details,
    ),
  );
  const fill = () => body.replaceChildren(...behind(figure, stage));
  let width = 0;
  const redraw = () => {
    title.textContent = figure.finding();
    width = stage.clientWidth;
    const em = parseFloat(getComputedStyle(stage).fontSize);
    const svg = figure.draw(Math.max(stage.clientWidth, 240), em);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", altText(figure));
    stage.replaceChildren(svg);
    figure.ready?.(svg);
    if (details.open) fill();
  };
  new ResizeObserver(() => {
    if (stage.clientWidth !== width && stage.clientWidth !== 0) redraw();
  }).observe(stage);
  drawn.push({ stage, redraw });
  return redraw;
}

/** Draw every figure anew, or those of a place. @param {HTMLElement} [place] */
export function redrawFigures(place = document.body) {
  drawn.filter(({ stage }) => place.contains(stage)).forEach(({ redraw }) => redraw());
}

/** @param {Figure} figure */
function altText(figure) {
  const rows = figure.table().rows.map((row) => row.map(short).join(" "));
  return say("figure.alt", { caption: figure.finding(), rows: `${rows.join("; ")}.` });
}

/** @param {string|number} cell */
function short(cell) {
  return typeof cell === "number" ? String(+cell.toPrecision(3)) : cell;
}

/** @param {Figure} figure @param {HTMLElement} stage */
function behind(figure, stage) {
  const { columns, rows } = figure.table();
  const command = typeof figure.command === "function" ? figure.command() : figure.command;
  const head = h("tr", {}, ...columns.map((column) => h("th", { scope: "col" }, column)));
  const lines = rows.map((row) =>
    h("tr", {}, ...row.map((cell, place) => (place ? cellOf(cell) : h("th", { scope: "row" }, String(cell))))),
  );
  return [
    h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": figure.finding() }, h("table", {}, h("thead", {}, head), h("tbody", {}, ...lines))),
    command ? h("p", {}, say("figure.command"), " ", h("code", {}, command)) : "",
    h(
      "p",
      { class: "buttons" },
      h("button", { type: "button", onclick: () => download(`${figure.id}.svg`, "image/svg+xml", svgText(stage)) }, say("figure.svg")),
      h("button", { type: "button", onclick: () => download(`${figure.id}.csv`, "text/csv", csv(columns, rows)) }, say("figure.csv")),
    ),
  ];
}

/** @param {string|number} cell */
function cellOf(cell) {
  return typeof cell === "number" ? h("td", { "data-value": cell, class: "number" }, short(cell)) : h("td", {}, cell);
}

/** @param {string[]} columns @param {(string|number)[][]} rows */
function csv(columns, rows) {
  const cell = (/** @type {string|number} */ value) => (/[",\n]/.test(String(value)) ? `"${String(value).replace(/"/g, '""')}"` : value);
  return [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** @param {HTMLElement} stage */
function svgText(stage) {
  const copy = /** @type {SVGElement} */ (stage.querySelector("svg")?.cloneNode(true));
  copy.setAttribute("style", `background:${paint("paper")};font-family:system-ui,sans-serif`);
  return new XMLSerializer().serializeToString(copy);
}
