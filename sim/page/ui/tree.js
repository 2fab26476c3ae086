/** What is the game, as it is played? Nature draws the type, the sender a signal, the receiver an action. */

import { paint, s } from "./dom.js";
import { page, say } from "./words.js";

const THICK = 9; // width of a branch that is always taken, in pixels

/**
 * Draw the tree with the probabilities of one equilibrium.
 * @param {number} width @param {number} em @param {{prior: Object<string, number>}} solved @param {any} row
 * @returns {SVGElement}
 */
export function tree(width, em, solved, row) {
  const { types, signals, actions, available, receiver_types: kinds } = page;
  const columns = { root: 0.8 * em, type: width * 0.2, signal: width * 0.45, leaf: width * 0.74 };
  const leaf = 1.7 * em;
  const branches = [];
  const words = [];
  /** @type {{x: number, y: number}[][]} Nodes of the receiver, by signal. */
  const nodes = signals.map(() => []);
  let y = 2.6 * em;
  const typeNodes = types.map((/** @type {string} */ type, /** @type {number} */ t) => {
    const ends = signals.map((/** @type {string} */ signal, /** @type {number} */ m) => {
      const usable = actions.flatMap((/** @type {string} */ _, /** @type {number} */ a) => (available[m][a] ? [a] : []));
      const node = { x: columns.signal + m * 1.2 * em, y: y + ((usable.length - 1) * leaf) / 2 };
      const reach = solved.prior[type] * row.strategy[type][signal];
      for (const a of usable) {
        const share = kinds.reduce((sum, kind, k) => sum + page.receiver_prior[k] * row.response[kind][signal][actions[a]], 0);
        branches.push(branch(node, { x: columns.leaf, y }, reach * share, "receiver"));
        words.push(written(columns.leaf + 0.4 * em, y + 0.35 * em, `${actions[a]}  ${payoffs(t, m, a)}`, reach * share > 0));
        y += leaf;
      }
      nodes[m].push(node);
      y += 0.35 * em;
      return { node, reach, signal };
    });
    const node = { x: columns.type, y: (ends[0].node.y + ends[ends.length - 1].node.y) / 2 };
    for (const { node: end, reach, signal } of ends) {
      branches.push(branch(node, end, reach, "sender"));
      words.push(written(node.x + (end.x - node.x) * 0.55, node.y + (end.y - node.y) * 0.55 - 0.5 * em, signal, reach > 0, "middle"));
    }
    y += 0.5 * em;
    return { ...node, type };
  });
  const root = { x: columns.root, y: (typeNodes[0].y + typeNodes[typeNodes.length - 1].y) / 2 };
  for (const node of typeNodes) {
    branches.unshift(branch(root, node, solved.prior[node.type], "nature"));
    words.push(written(root.x + (node.x - root.x) * 0.62, root.y + (node.y - root.y) * 0.62 - 0.6 * em, node.type, true, "middle"));
  }
  const sets = nodes.map((own) => s("path", { d: own.map((node, place) => `${place ? "L" : "M"}${node.x} ${node.y}`).join(" "), fill: "none", stroke: paint("receiver"), "stroke-width": 2, "stroke-dasharray": "2 5" }));
  const dots = [root, ...typeNodes, ...nodes.flat()].map((node) => s("circle", { cx: node.x, cy: node.y, r: 0.22 * em, fill: paint("ink") }));
  const heads = [
    ...(width > 30 * em ? [[columns.root, say("game.nature"), "nature", "start"]] : []),
    [columns.type, page.players[0], "sender", "middle"],
    [columns.signal, page.players[1], "receiver", "middle"],
  ].map(([x, text, who, anchor]) => s("text", { x, y: em, fill: paint(who), "font-weight": 700, "text-anchor": anchor }, text));
  return s("svg", { viewBox: `0 0 ${width} ${y}`, width, height: y, "font-size": em }, ...branches, ...sets, ...dots, ...heads, ...words);
}

/** @param {{x: number, y: number}} from @param {{x: number, y: number}} to @param {number} share @param {string} who */
function branch(from, to, share, who) {
  const looks = share > 0 ? { stroke: paint(who), "stroke-width": 1.5 + THICK * share } : { stroke: paint("pale"), "stroke-width": 1 };
  return s("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, "stroke-linecap": "round", ...looks });
}

/** @param {number} x @param {number} y @param {string} text @param {boolean} played */
function written(x, y, text, played, anchor = "start") {
  return s("text", { x, y, fill: paint(played ? "ink" : "faint"), "font-weight": played ? 700 : 400, "text-anchor": anchor, stroke: paint("paper"), "stroke-width": 4, "paint-order": "stroke" }, text);
}

/** What both get, on average over the receiver's types. @param {number} t @param {number} m @param {number} a */
export function payoffs(t, m, a) {
  const mean = (/** @type {number[][][][]} */ of) => page.receiver_prior.reduce((/** @type {number} */ sum, /** @type {number} */ share, /** @type {number} */ k) => sum + share * of[k][t][m][a], 0);
  return [page.sender, page.receiver].map((of) => String(+mean(of).toFixed(2)).replace("-", "−")).join(", ");
}
