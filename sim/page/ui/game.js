/** The page of a game given outright: its tree, its payoffs, and all of its equilibria as the prior moves. */

import { byId, h, paint, s } from "./dom.js";
import { redrawFigures, show } from "./figure.js";
import { shell } from "./shell.js";
import { payoffs, tree } from "./tree.js";
import { count, listed, page, payoff, say } from "./words.js";

const POSSIBLE = 1e-9;
const [FIRST, SECOND] = page.types;

/** The step of the slider, or null where the prior is the file's own. @type {{at: number|null}} */
const stand = { at: null };

const solved = () => (stand.at === null ? page.own : page.solved[stand.at]);

/** @param {HTMLElement} place */
function game(place) {
  const listing = h("div", { id: "rows" });
  const number = h("output", { class: "big", for: "prior" });
  const own = Math.round(100 * page.prior[1]);
  const slider = /** @type {HTMLInputElement} */ (
    h("input", { type: "range", id: "prior", min: 0, max: 100, step: 1, value: 100 - own, oninput: () => to(100 - Number(slider.value)) })
  );
  const back = h("button", { type: "button", id: "file-prior", onclick: () => to(null) }, say("game.file_prior"));
  const to = (/** @type {number|null} */ at) => {
    stand.at = at;
    redraw();
  };
  const redraw = () => {
    const prior = solved().prior[FIRST];
    slider.value = String(Math.round(100 * prior));
    number.textContent = say("numbers.of", { count: +(100 * prior).toFixed(1), base: 100 });
    slider.setAttribute("aria-valuetext", String(number.textContent));
    back.hidden = stand.at === null;
    listing.replaceChildren(...rows());
    history.replaceState(null, "", stand.at === null ? "#" : `#prior=${(100 - stand.at) / 100}`);
    redrawFigures();
  };
  if (page.source) place.append(h("p", { class: "small" }, page.source));
  const control = page.solved.length ? h("div", { class: "guess" }, h("label", { for: "prior" }, say("game.prior", { type: FIRST })), number, slider, back) : h("p", {}, say(page.types.length > 2 ? "game.quantal_only" : "game.no_slider"));
  place.append(control);
  show(place, {
    id: "tree",
    level: "h2",
    finding: () => say("game.tree"),
    note: say("game.tree_why"),
    command: `sim solve ${page.scenario.command}`,
    table: payoffTable,
    draw: (width, em) => tree(width, em, solved(), solved().equilibria[solved().selected ?? 0]),
  });
  place.append(h("h3", {}, say("game.payoffs")), payoffsShown());
  const equilibria = byId("equilibria");
  if (page.solved.length) {
    show(equilibria, {
      id: "priors",
      level: "h2",
      finding: () => say("game.regimes"),
      note: say("game.regimes_why"),
      command: `sim solve ${page.scenario.command}`,
      table: () => ({ columns: [FIRST, say("sections.equilibria")], rows: page.solved.map((/** @type {any} */ each) => [each.prior[FIRST], each.equilibria.map(kindOf).join("; ")]) }),
      draw: strips,
    });
  }
  equilibria.append(listing);
  const told = Number(new URLSearchParams(location.hash.slice(1)).get("prior") ?? NaN);
  stand.at = page.solved.length && told >= 0 && told <= 1 ? Math.round(100 * (1 - told)) : null;
  redraw();
}

function payoffTable() {
  const { types, signals, actions, available } = page;
  const columns = [say("game.sender_type"), say("game.signal"), ...actions];
  const cell = (/** @type {number} */ t, /** @type {number} */ m) => actions.map((/** @type {string} */ _, /** @type {number} */ a) => (available[m][a] ? payoffs(t, m, a) : "–"));
  return { columns, rows: types.flatMap((/** @type {string} */ type, /** @type {number} */ t) => signals.map((/** @type {string} */ signal, /** @type {number} */ m) => [type, signal, ...cell(t, m)])) };
}

function payoffsShown() {
  const { columns, rows } = payoffTable();
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": say("game.payoffs") },
    h("table", { class: "payoffs" }, h("caption", { class: "small" }, say("game.payoff_cell")), h("thead", {}, h("tr", {}, ...columns.map((column) => h("th", { scope: "col" }, column)))), h("tbody", {}, ...rows.map((/** @type {string[]} */ row) => h("tr", {}, ...row.map((cell, place) => h(place ? "td" : "th", place ? {} : { scope: "row" }, cell)))))),
  );
}

/** @param {any} row */
function kindOf(row) {
  const sends = page.types.map((/** @type {string} */ type) => page.signals.filter((/** @type {string} */ signal) => row.strategy[type][signal] > POSSIBLE).join("/"));
  return page.types.map((/** @type {string} */ type, /** @type {number} */ t) => `${type}: ${sends[t]}`).join(", ");
}

/** Which kinds of equilibria there are at each prior. @param {number} width @param {number} em */
function strips(width, em) {
  const inside = page.solved.slice(1, -1); // at 0 and 1 there is one type, and no news that a signal could carry
  const kinds = [...new Set(inside.flatMap((/** @type {any} */ each) => each.equilibria.map(kindOf)))];
  const line = 2.9 * em;
  const at = (/** @type {number} */ first) => first * width;
  const parts = kinds.flatMap((kind, number) => {
    const top = number * line;
    const has = inside.map((/** @type {any} */ each) => each.equilibria.some((/** @type {any} */ row) => kindOf(row) === kind));
    const marks = [];
    for (let from = 0; from < has.length; from++) {
      if (!has[from]) continue;
      const first = from;
      while (has[from + 1]) from += 1;
      const ends = [inside[first], inside[from]].map((each) => at(each.prior[FIRST])).sort((one, other) => one - other);
      marks.push(s("rect", { x: ends[0] - 0.005 * width, y: top + 1.3 * em, width: ends[1] - ends[0] + 0.01 * width, height: 1.1 * em, fill: paint(["blue", "vermillion", "grey", "purple", "green"][number % 5]) }));
    }
    return [s("rect", { x: 0, y: top + 1.3 * em, width, height: 1.1 * em, fill: paint("track") }), ...marks, s("text", { x: 0, y: top + em, fill: paint("ink") }, kind)];
  });
  const height = kinds.length * line + 1.6 * em;
  const here = at(solved().prior[FIRST]);
  parts.push(s("line", { x1: here, x2: here, y1: 0, y2: height - 1.6 * em, stroke: paint("ink"), "stroke-width": 3 }));
  [0, 0.5, 1].forEach((share, place) => parts.push(s("text", { x: at(share), y: height - 0.4 * em, fill: paint("ink"), "text-anchor": ["start", "middle", "end"][place] }, String(share))));
  return s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "font-size": em }, ...parts);
}

function rows() {
  const found = solved().equilibria;
  const title = found.length === 1 ? say("game.count_one") : say("game.count", { count: found.length });
  return [h("h2", {}, title), ...found.map(equilibrium)];
}

/** @param {any} row @param {number} number */
function equilibrium(row, number) {
  const chosen = number === solved().selected;
  const sent = (/** @type {string} */ signal) => page.types.some((/** @type {string} */ type) => solved().prior[type] > 0 && row.strategy[type][signal] > POSSIBLE);
  const family = say(`game.${row.family}`);
  const tests = Object.entries(row.survives ?? {});
  const named = (/** @type {boolean} */ passed) => tests.filter(([, each]) => each === passed).map(([name]) => say(`game.${name}`));
  return h(
    "div",
    { class: `equilibrium${chosen ? " selected" : ""}`, "data-family": row.family },
    h("h3", {}, say("game.row", { number: number + 1, family }), chosen ? ` (${say("game.selected")})` : ""),
    ...page.types.map((/** @type {string} */ type) => h("p", {}, sends(type, row.strategy[type]))),
    ...page.signals.map((/** @type {string} */ signal) => h("p", {}, say(sent(signal) ? "game.believes" : "game.believes_unsent", { signal, belief: count(row.belief[signal][FIRST]), type: FIRST, action: answers(row, signal) }))),
    named(true).length ? h("p", {}, say("game.survives", { names: listed(named(true)) })) : "",
    named(false).length ? h("p", {}, say("game.fails", { names: listed(named(false)) })) : "",
    row.value === undefined ? "" : h("p", { "data-value": row.value }, say("game.value", { value: payoff(row.value) })),
    row.degenerate ? h("p", { class: "small" }, say("game.degenerate")) : "",
  );
}

/** @param {string} type @param {Object<string, number>} shares */
function sends(type, shares) {
  const played = Object.entries(shares).filter(([, share]) => share > POSSIBLE);
  if (played.length === 1) return say("game.always", { type, signal: played[0][0] });
  return say("game.sends", { type, mix: listed(played.map(([signal, share]) => say("game.mix", { signal, count: count(share) }))) });
}

/** @param {any} row @param {string} signal */
function answers(row, signal) {
  const told = page.receiver_types.map((/** @type {string} */ kind) => {
    const played = Object.entries(row.response[kind][signal]).filter(([, share]) => share > POSSIBLE);
    const action = played.length === 1 ? played[0][0] : listed(played.map(([name, share]) => say("game.mix", { signal: name, count: count(share) })));
    return page.receiver_types.length > 1 ? say("game.type_plays", { receiver: kind, action }) : action;
  });
  return told.join("; ");
}

shell(() => {});
game(byId("game"));
byId("sources").append(h("h2", {}, say("sections.sources")), ...(page.source ? [h("p", {}, page.source)] : []), h("details", {}, h("summary", {}, say("sources.file")), h("pre", { tabindex: 0, role: "group", "aria-label": say("sources.file") }, page.text)), h("p", {}, say("sources.again"), " ", h("code", {}, `sim page ${page.scenario.command}`)));
byId("made").textContent = say("page.made_game", { command: page.scenario.command, version: page.version });
document.body.dataset.ready = "yes";
