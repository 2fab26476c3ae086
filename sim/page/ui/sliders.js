/** What if a number is another? The strongest of them, and all; each with what is believed of it, and why. */

import { byId, h } from "./dom.js";
import { beforeTold, keepBefore, strikesTold } from "./ladder.js";
import { asToml, choices, choose, doubt, fragment, move, onChange, reset, scenario, state, valueOf } from "./state.js";
import { baseOf, grouped, lineName, page, say, valueTold } from "./words.js";
import { doctrines, struck } from "./world.js";

/** Every number that any of the scenarios has. @type {Object<string, any>} */
const LINES = {};
for (const { lines } of page.kind === "crisis" ? [...page.presets, page.base] : []) {
  for (const [line, about] of Object.entries(lines)) if (about) LINES[line] = about;
}

/** @param {HTMLElement} place */
export function sliders(place) {
  const shown = page.drivers.map((/** @type {any} */ each) => each.line);
  const few = h("div", { class: "rows", id: "few" });
  const all = h("div", { class: "rows", id: "all" });
  const find = /** @type {HTMLInputElement} */ (h("input", { type: "search", id: "find", autocomplete: "off", oninput: () => sift(all, find.value) }));
  const more = h(
    "details",
    { id: "more", ontoggle: () => !all.childElementCount && all.append(...everyRow()) },
    h("summary", {}, say("sliders.more", { count: Object.keys(page.base.lines).length })),
    h("p", { class: "find" }, h("label", { for: "find" }, say("sliders.find")), find),
    all,
  );
  few.append(...shown.map((/** @type {string} */ line) => row(line, "few")));
  place.append(h("h2", {}, say("sliders.title")), switches(), status(), h("p", { class: "small" }, say("sliders.intro")), few, more, ...takeaways());
  onChange("now", () => {
    place.querySelectorAll(".row").forEach((each) => refresh(/** @type {HTMLElement} */ (each)));
    sift(all, find.value);
  });
}

/** The sentence that moves with the hand; read out once the hand rests. */
function status() {
  const seen = h("p", { class: "status", id: "status" });
  const heard = h("p", { class: "unseen", "aria-live": "polite" });
  const tell = () => {
    const found = doctrines();
    const base = baseOf(struck.map((stance) => found[stance].strike));
    const told = say("sliders.status", { listed: strikesTold(found, base), base: grouped(base) });
    seen.replaceChildren(h("strong", {}, told), " ", h("span", {}, beforeTold()));
    return `${told} ${beforeTold()}`;
  };
  onChange("now", tell);
  onChange("later", () => (heard.textContent = tell()));
  return h("div", { class: "status-bar" }, seen, heard);
}

function switches() {
  const scenarios = /** @type {HTMLSelectElement} */ (
    h("select", { id: "scenario", onchange: () => (keepBefore(), choose(scenarios.value)) }, ...choices().map(({ name, title }) => h("option", { value: name }, title)))
  );
  const readings = ["type", "outcome"].map((reading) =>
    h("label", {}, h("input", { type: "radio", name: "doubt", value: reading, onchange: () => (keepBefore(), doubt(reading)) }), say(`sliders.worst_${reading}`)),
  );
  onChange("now", () => {
    scenarios.value = state.scenario;
    readings.forEach((label) => {
      const input = /** @type {HTMLInputElement} */ (label.firstChild);
      input.checked = input.value === state.worstCase;
    });
  });
  return h(
    "div",
    { class: "switches" },
    h("p", {}, h("label", { for: "scenario" }, say("sliders.scenario")), scenarios),
    h("fieldset", {}, h("legend", {}, say("sliders.doubt")), ...readings),
  );
}

/** @param {string} line @param {string} where */
function row(line, where) {
  const about = scenario().lines[line] ?? LINES[line];
  const id = `${where}-${line}`;
  const label = lineName(line);
  const input = /** @type {HTMLInputElement} */ (
    h("input", {
      type: "range",
      id,
      "data-line": line,
      min: about.low,
      max: about.high,
      step: about.step,
      onpointerdown: () => begin(line, true),
      onpointerup: () => (held.pointer = false),
      oninput: () => (begin(line), move(line, Number(input.value))),
    })
  );
  return h(
    "div",
    { class: "row", "data-row": line },
    h("label", { for: id }, label),
    h("span", { class: "now" }, h("output", { for: id }), h("button", { type: "button", class: "reset", "aria-label": say("sliders.reset_one", { label }), onclick: () => (keepBefore(), reset(line)) }, say("sliders.reset"))),
    h("div", { class: "track" }, h("span", { class: "belief", "aria-hidden": "true" }), input),
    h("span", { class: "believed small" }),
    h("details", { class: "reason" }, h("summary", { "aria-label": say("sliders.why_one", { label }) }, h("span", { class: "footing" }), " · ", say("sliders.why")), h("div", { class: "because" })),
  );
}

/** Which number moves, whether a finger or the mouse holds it, and when it was moved last. */
const held = { line: "", pointer: false, at: 0 };
const REST = 2000; // milliseconds after which a key begins a movement of its own

/** Keep what stood there when a movement begins: a drag, or a row of keys. @param {string} line @param {boolean} [pointer] */
function begin(line, pointer = false) {
  const now = performance.now();
  const goesOn = held.line === line && (held.pointer || now - held.at < REST);
  if (pointer || !goesOn) keepBefore();
  Object.assign(held, { line, pointer: pointer || (held.pointer && held.line === line), at: now });
}

/** @param {HTMLElement} element */
function refresh(element) {
  const line = /** @type {string} */ (element.dataset.row);
  const about = scenario().lines[line];
  element.hidden = !about;
  if (!about) return;
  const value = valueOf(line);
  const moved = line in state.moved;
  const input = /** @type {HTMLInputElement} */ (element.querySelector("input"));
  Object.assign(input, { min: about.low, max: about.high, step: about.step, value });
  const told = valueTold(about.kind, value);
  input.setAttribute("aria-valuetext", moved ? say("sliders.set_to", { value: told }) : `${told}, ${belief(about)}`);
  element.classList.toggle("moved", moved);
  /** @type {HTMLElement} */ (element.querySelector("output")).textContent = told;
  /** @type {HTMLElement} */ (element.querySelector(".reset")).hidden = !moved;
  /** @type {HTMLElement} */ (element.querySelector(".believed")).textContent = belief(about);
  /** @type {HTMLElement} */ (element.querySelector(".footing")).textContent = footing(about);
  const span = /** @type {HTMLElement} */ (element.querySelector(".belief"));
  const [low, high] = (about.range ?? [about.median, about.median]).map((/** @type {number} */ end) => (100 * (end - about.low)) / (about.high - about.low));
  span.style.left = `${low}%`;
  span.style.width = `${high - low}%`;
  const because = /** @type {HTMLElement} */ (element.querySelector(".because"));
  if (because.dataset.of !== state.scenario) {
    because.dataset.of = state.scenario;
    because.replaceChildren(...reasons(line, about));
  }
}

/** @param {any} about */
export function belief(about) {
  if (!about.range) return say("sliders.certain");
  const [low, high] = about.range.map((/** @type {number} */ end) => valueTold(about.kind, end));
  const hundred = about.kind === "probability" || about.kind === "weight";
  return say("sliders.uncertain", { low: hundred ? low.split(" ")[0] : low, high });
}

/** @param {any} about */
export function footing(about) {
  const claims = about.evidence.length;
  if (!claims) return say("sliders.assumption");
  return claims === 1 ? say("sliders.claim_one") : say("sliders.claims", { count: claims });
}

/** @param {string} line @param {any} about */
function reasons(line, about) {
  const unit = line.startsWith("russia.") ? "receiver" : "sender";
  return [
    h("p", {}, about.rationale),
    about.assumption && about.assumption !== about.rationale ? h("p", {}, about.assumption) : "",
    h("ul", {}, ...about.evidence.map((/** @type {string} */ id) => h("li", {}, claimTold(id)))),
    ["cost", "value"].includes(about.kind) ? h("p", { class: "small" }, say(`sliders.unit_${unit}`)) : "",
  ];
}

/** @param {string} id */
export function claimTold(id) {
  const { paragraph, ...claim } = page.claims[id] ?? { source: "", claim: id };
  return paragraph ? say("sliders.claim", { ...claim, paragraph }) : say("sliders.claim_elsewhere", claim);
}

/** All rows, under headings. */
function everyRow() {
  const parts = [];
  let last = "";
  for (const line of new Set([...Object.keys(page.base.lines), ...Object.keys(LINES)])) {
    const [group, stance] = line.split(".");
    const key = group === "belief" ? "prior" : group === "signal" ? `signal ${stance}` : group;
    const does = group === "signal" ? page.stances[stance].does : "";
    if (key !== last && !parts.some((part) => part.dataset.group === key)) parts.push(h("h3", { "data-group": key }, say(`groups.${group}`, { does })));
    last = key;
    const made = row(line, "all");
    const heading = parts.findIndex((part) => part.dataset.group === key);
    let end = heading + 1;
    while (end < parts.length && !parts[end].dataset.group) end += 1;
    parts.splice(end, 0, made);
    refresh(made);
  }
  return parts;
}

/** Show the rows whose label has all words that are looked for. @param {HTMLElement} all @param {string} text */
function sift(all, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  for (const element of /** @type {Iterable<HTMLElement>} */ (all.querySelectorAll(".row"))) {
    const label = element.querySelector("label")?.textContent?.toLowerCase() ?? "";
    const known = /** @type {string} */ (element.dataset.row) in scenario().lines;
    element.hidden = !known || !words.every((word) => label.includes(word));
  }
  for (const heading of /** @type {Iterable<HTMLElement>} */ (all.querySelectorAll("h3"))) heading.hidden = words.length > 0;
}

/** What can be taken away: the numbers as a file, the state as a link, and the way back. */
function takeaways() {
  const said = h("p", { class: "small", role: "status", id: "copied" });
  const text = /** @type {HTMLTextAreaElement} */ (h("textarea", { readonly: true, rows: 8, id: "toml", "aria-label": say("sliders.toml"), hidden: true }));
  const copy = async (/** @type {string} */ what, /** @type {string} */ done) => {
    text.value = what;
    text.hidden = false;
    try {
      await navigator.clipboard.writeText(what);
      said.textContent = say(done);
    } catch {
      said.textContent = say("sliders.by_hand");
      text.select();
    }
  };
  return [
    h(
      "p",
      { class: "buttons" },
      h("button", { type: "button", id: "reset-all", onclick: () => (keepBefore(true), reset()) }, say("sliders.reset_all")),
      h("button", { type: "button", id: "copy-toml", onclick: () => copy(asToml(), "sliders.copied_toml") }, say("sliders.copy_toml")),
      h("button", { type: "button", id: "copy-link", onclick: () => copy(location.href.replace(/#.*/, "") + fragment(), "sliders.copied_link") }, say("sliders.copy_link")),
    ),
    said,
    text,
  ];
}

/** The slider of a number among the strongest, or null. @param {string} line */
export function sliderOf(line) {
  return byId(`few-${line}`);
}
