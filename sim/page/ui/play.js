/** What would you have done? Ten crises from the scenario's draws, played against equilibrium play. */

import { barChart } from "./bars.js";
import { h, paint } from "./dom.js";
import { colourOf } from "./ladder.js";
import { drawsNow } from "./state.js";
import { count, page, payoff, say, stanceName, upper } from "./words.js";
import { solved, stances, struck } from "./world.js";

const ROUNDS = 10;
const TRIES = 300; // crises that are looked through for one in which there is something to decide
const SENDERS = ["bluffing", "resolute"];
const RECEIVERS = ["cautious", "opportunist"];
const POSSIBLE = 1e-9;
const EXPLAINED = 0.8; // share of the choices that a belief must fit to explain them

/** @typedef {{point: Object<string, number>, game: any, eq: any, t: number, k: number, m: number}} Crisis */

/** @param {HTMLElement} place */
export function playing(place) {
  const table = h("div", { class: "table", id: "table", tabindex: -1 });
  const begin = (/** @type {string} */ side) => new Match(table, side).next();
  place.append(
    h("h2", {}, say("play.title")),
    h("p", {}, say("play.intro"), " ", say("why.types")),
    h(
      "p",
      { class: "buttons" },
      h("button", { type: "button", class: "main", id: "play-receiver", onclick: () => begin("receiver") }, say("play.as_receiver")),
      h("button", { type: "button", class: "main", id: "play-sender", onclick: () => begin("sender") }, say("play.as_sender")),
    ),
    table,
  );
}

/** @param {number} chance */
const happens = (chance) => Math.random() < chance;

/** A crisis drawn from the scenario as it stands. @returns {Crisis} */
function drawn() {
  const draws = drawsNow();
  const i = Math.floor(Math.random() * draws.count);
  const point = Object.fromEntries(Object.entries(draws.values).map(([name, column]) => [name, typeof column === "number" ? column : /** @type {Float64Array} */ (column)[i]]));
  const game = solved(point);
  const eq = game.equilibria[game.selected];
  const t = happens(point["prior.resolute"]) ? 1 : 0;
  const k = happens(point["prior.opportunist"]) ? 1 : 0;
  let left = Math.random();
  const m = eq.strategy[t].findIndex((/** @type {number} */ share) => (left -= share) < 0);
  return { point, game, eq, t, k, m: Math.max(m, 0) };
}

/** A crisis in which the receiver has something to decide; if the sender never leaves it that, one imposed. */
function drawnToDecide() {
  for (let tries = 0; tries < TRIES; tries++) {
    const crisis = drawn();
    if (struck.includes(stances[crisis.m])) return { ...crisis, imposed: false };
  }
  return { ...drawn(), m: stances.indexOf(struck[struck.length - 1]), imposed: true };
}

/** What folding and standing would cost, as docs/model.md has it. @param {Object<string, number>} p @param {string} stance @param {string} type */
function costs(p, stance, type) {
  const backing = p[`signal.${stance}.ally_backing`];
  const [clash, war] = ["fight_cost", "war_cost"].map((cost) => p[`france.${cost}.${type}`] ?? p[`france.${cost}.resolute`]);
  const [alone, backed] = ["alone", "backed"].map((which) => p[`escalation.war_if_${which}`] * war + (1 - p[`escalation.war_if_${which}`]) * clash);
  const stand = backing * (1 - (p["france.backing_relief"] ?? 0)) * backed + (1 - backing) * alone;
  return { fold: (p["france.humiliation"] ?? 1) + p[`signal.${stance}.audience_cost`], stand };
}

/** One match of ten crises, on one side. */
class Match {
  /** @param {HTMLElement} table @param {string} side */
  constructor(table, side) {
    this.table = table;
    this.side = side;
    /** @type {any[]} */
    this.past = [];
  }

  /** Deal the next crisis, or sum up. */
  next() {
    this.table.parentElement?.classList.add("begun");
    this.table.parentElement?.classList.toggle("playing", this.past.length < ROUNDS);
    if (this.past.length === ROUNDS) return this.sumUp();
    if (this.side === "receiver") this.askReceiver();
    else this.askSender();
    this.table.focus({ preventScroll: true });
  }

  /** @param {...any} parts */
  lay(...parts) {
    const head = h("h3", {}, say("play.round", { number: Math.min(this.past.length + 1, ROUNDS), rounds: ROUNDS }));
    this.table.replaceChildren(head, ...parts);
  }

  askReceiver() {
    const crisis = drawnToDecide();
    const { game, eq, k, m, point } = crisis;
    const stance = stances[m];
    const worth = [game.receiver[k][0][m][0], game.receiver[k][0][m][1], game.receiver[k][1][m][1]];
    const names = ["hold", "bluffing", "resolute"].map((name) => say(`play.if_${name}`));
    const hit = point[`signal.${stance}.deployment`] ?? 1;
    const act = (/** @type {number} */ action) => {
      const allowed = eq.response[k][m][action] > POSSIBLE;
      const weighed = (/** @type {number} */ a) => game.receiver[k][crisis.t][m][a];
      const expected = eq.response[k][m][0] * weighed(0) + eq.response[k][m][1] * weighed(1);
      const what = action ? this.strikeOn(crisis, stance, game.stands[stance][SENDERS[crisis.t]]) : say("play.held");
      const gain = [0, 1].map((t) => game.receiver[k][t][m][1] - game.receiver[k][t][m][0]);
      this.past.push({ crisis, action, allowed, own: weighed(action), expected, gain, what, did: say(action ? "play.strike" : "play.hold"), signal: stanceName(stance), would: this.wouldDo(eq.response[k][m][1]) });
      this.settle(`${what} ${say("play.truth", { type: say(`play.type_${SENDERS[crisis.t]}`) })}`);
    };
    this.lay(
      crisis.imposed ? h("p", { class: "small" }, say("play.imposed")) : "",
      h("p", { class: "question" }, say("play.signal", { does: page.stances[stance].does })),
      h("p", {}, `${say("play.you_are", { type: say(`play.type_${RECEIVERS[k]}`) })} ${say("play.prior", { prior: count(point["belief.resolute"] ?? point["prior.resolute"]) })} ${say("play.chance_hit", { hit: count(hit * point[`signal.${stance}.pinpoint`]) })}`),
      worthChart(say("play.worth"), names, worth, () => paint("chosen")),
      h(
        "p",
        { class: "buttons" },
        h("button", { type: "button", class: "main", "data-action": "hold", onclick: () => act(0) }, say("play.hold")),
        h("button", { type: "button", class: "main", "data-action": "strike", onclick: () => act(1) }, say("play.strike")),
      ),
      h("p", { class: "small" }, say("play.unit_receiver")),
    );
  }

  askSender() {
    const crisis = drawn();
    const { game, eq, t, k } = crisis;
    const rows = stances.flatMap((stance, m) => {
      const name = upper(stanceName(stance));
      const holds = [say("play.stance_hold", { stance: name }), game.sender[t][m][0], stance];
      return struck.includes(stance) ? [holds, [say("play.stance_strike", { stance: name }), game.sender[t][m][1], stance]] : [holds];
    });
    const act = (/** @type {number} */ m) => {
      const strike = [0, 1].reduce((sum, kind) => sum + (kind ? crisis.point["prior.opportunist"] : 1 - crisis.point["prior.opportunist"]) * (eq.response[kind][m][1] ?? 0), 0);
      const own = (1 - strike) * game.sender[t][m][0] + strike * (struck.includes(stances[m]) ? game.sender[t][m][1] : 0);
      const allowed = eq.strategy[t][m] > POSSIBLE;
      const would = eq.strategy[t].flatMap((/** @type {number} */ share, /** @type {number} */ place) => (share > POSSIBLE ? [stanceName(stances[place])] : [])).join(` ${say("why.or")} `);
      this.past.push({ crisis, m, allowed, own, expected: eq.sender_value[t], did: stanceName(stances[m]), signal: stanceName(stances[m]), would });
      const strikes = struck.includes(stances[m]) && happens(eq.response[k][m][1]);
      if (!strikes) this.tell(crisis, say("play.receiver_held"));
      else if (!happens(hitChance(crisis.point, stances[m]))) this.tell(crisis, say("play.nobody"));
      else this.askHit(crisis, stances[m]);
    };
    this.lay(
      h("p", { class: "question" }, say("play.you_are", { type: say(`play.type_${SENDERS[t]}`) })),
      worthChart(say("play.choose"), rows.map(([name]) => name), rows.map(([, value]) => value), (place) => colourOf(rows[place][2])),
      h("p", { class: "buttons" }, ...stances.map((stance, m) => h("button", { type: "button", class: "main", "data-action": stance, onclick: () => act(m) }, upper(stanceName(stance))))),
      h("p", { class: "small" }, say("play.unit_sender")),
    );
  }

  /** The last move is the player's own. @param {Crisis} crisis @param {string} stance */
  askHit(crisis, stance) {
    const { fold, stand } = costs(crisis.point, stance, SENDERS[crisis.t]);
    const decide = (/** @type {boolean} */ stands) => this.tell(crisis, this.afterHit(crisis.point, stance, stands));
    this.table.replaceChildren(
      h("h3", {}, say("play.round", { number: this.past.length, rounds: ROUNDS })),
      h("p", { class: "question" }, say("play.hit_choice")),
      h("p", {}, say("play.costs", { fold: payoff(fold), stand: payoff(stand) })),
      h(
        "p",
        { class: "buttons" },
        h("button", { type: "button", class: "main", "data-action": "fold", onclick: () => decide(false) }, say("play.fold")),
        h("button", { type: "button", class: "main", "data-action": "stand", onclick: () => decide(true) }, say("play.stand")),
      ),
    );
    this.table.focus({ preventScroll: true });
  }

  /** @param {Crisis} crisis @param {string} what */
  tell(crisis, what) {
    this.past[this.past.length - 1].what = what;
    this.settle(`${what} ${say("play.truth", { type: say(`play.type_${RECEIVERS[crisis.k]}`) })}`);
  }

  /** @param {Crisis} crisis @param {string} stance @param {boolean} stands */
  strikeOn(crisis, stance, stands) {
    return happens(hitChance(crisis.point, stance)) ? this.afterHit(crisis.point, stance, stands) : say("play.nobody");
  }

  /** Chance decides the rest. @param {Object<string, number>} point @param {string} stance @param {boolean} stands */
  afterHit(point, stance, stands) {
    if (!stands) return say("play.folded");
    const backed = happens(point[`signal.${stance}.ally_backing`]);
    return say(happens(point[`escalation.war_if_${backed ? "backed" : "alone"}`]) ? "play.went_to_war" : "play.stood");
  }

  /** @param {number} strike */
  wouldDo(strike) {
    if (strike < POSSIBLE || strike > 1 - POSSIBLE) return say(strike > 0.5 ? "play.would_strike" : "play.would_hold");
    return say("play.would_mix", { count: count(strike) });
  }

  /** @param {string} text */
  settle(text) {
    const last = this.past[this.past.length - 1];
    const over = this.past.length === ROUNDS;
    this.table.replaceChildren(
      h("h3", {}, say("play.round", { number: this.past.length, rounds: ROUNDS })),
      h("p", { class: "question" }, text),
      h("p", {}, say("play.would", { done: last.would })),
      h("p", { class: "buttons" }, h("button", { type: "button", class: "main", "data-action": "next", onclick: () => this.next() }, say(over ? "play.result" : "play.next"))),
    );
    this.table.focus({ preventScroll: true });
  }

  sumUp() {
    const sum = (/** @type {string} */ key) => payoff(this.past.reduce((total, each) => total + each[key], 0));
    const agreed = this.past.filter((each) => each.allowed).length;
    const columns = ["crisis", "signal", "you_did", "it_would", "what_happened"].filter((key) => this.side === "receiver" || key !== "signal");
    const cells = { crisis: (/** @type {any} */ _, /** @type {number} */ i) => String(i + 1), signal: (/** @type {any} */ each) => each.signal, you_did: (/** @type {any} */ each) => each.did, it_would: (/** @type {any} */ each) => each.would, what_happened: (/** @type {any} */ each) => each.what };
    const rows = this.past.map((each, i) => h("tr", {}, ...columns.map((key) => h("td", {}, cells[/** @type {keyof typeof cells} */ (key)](each, i)))));
    this.table.replaceChildren(
      h("h3", {}, say("play.result")),
      ...(this.side === "receiver" ? impliedBelief(this.past) : impliedReputation(this.past)).map((text, place) => h("p", { class: place && this.side === "receiver" ? "" : "question implied" }, text)),
      h("p", {}, say("play.agreed", { count: agreed, rounds: ROUNDS }), " ", this.side === "receiver" ? struckTold(this.past) : ""),
      h("p", { class: "ask" }, say(`play.ask_${this.side}`)),
      h("p", {}, `${say("play.score", { own: sum("own"), equilibrium: sum("expected") })} ${say(`play.unit_${this.side}`)}`),
      h("p", { class: "buttons" }, h("button", { type: "button", class: "main", "data-action": "again", onclick: () => new Match(this.table, this.side).next() }, say("play.again"))),
      h(
        "details",
        {},
        h("summary", {}, say("play.history")),
        h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": say("play.history") }, h("table", {}, h("thead", {}, h("tr", {}, ...columns.map((key) => h("th", { scope: "col" }, key === "signal" ? say("ladder.stance") : say(`play.${key}`))))), h("tbody", {}, ...rows))),
      ),
    );
    this.table.focus({ preventScroll: true });
  }
}

/** @param {Object<string, number>} point @param {string} stance */
function hitChance(point, stance) {
  return (point[`signal.${stance}.deployment`] ?? 1) * point[`signal.${stance}.pinpoint`];
}

/** Which beliefs, in hundredths, explain most of the choices? @param {any[]} past */
function impliedBelief(past) {
  const beliefs = Array.from({ length: 101 }, (_, each) => each / 100);
  const fits = beliefs.map((belief) => past.filter(({ gain, action }) => (1 - belief) * gain[0] + belief * gain[1] > 0 === (action === 1)).length);
  const most = Math.max(...fits);
  const low = fits.indexOf(most);
  let high = low;
  while (fits[high + 1] === most) high += 1;
  const mean = past.reduce((sum, { crisis }) => sum + crisis.eq.belief[crisis.m], 0) / past.length;
  const range = low === high ? String(low) : say("play.to", { low, high });
  const against = most < EXPLAINED * past.length ? "unexplained" : 100 * mean < low ? "higher" : 100 * mean > high ? "lower" : "alike";
  return [say("play.implied", { range, fits: most, rounds: past.length, belief: count(mean) }), say(`play.${against}`)];
}

/** How often did you strike, and how often would equilibrium play have? @param {any[]} past */
function struckTold(past) {
  const would = past.reduce((sum, { crisis: { eq, k, m } }) => sum + eq.response[k][m][1], 0);
  return say("play.struck", { own: past.filter(({ action }) => action === 1).length, equilibrium: +would.toFixed(1) });
}

/** What would a receiver that watched have learnt from each stance? @param {any[]} past */
function impliedReputation(past) {
  const prior = past.reduce((sum, { crisis }) => sum + crisis.point["prior.resolute"], 0) / past.length;
  const played = [0, 1].map((t) => past.filter(({ crisis }) => crisis.t === t));
  return stances.flatMap((stance, m) => {
    const chosen = past.filter((each) => each.m === m);
    if (!chosen.length) return [];
    const [bluffing, resolute] = played.map((own) => (own.length ? own.filter((each) => each.m === m).length / own.length : 0));
    const belief = (prior * resolute) / (prior * resolute + (1 - prior) * bluffing);
    const sent = past.filter(({ crisis }) => crisis.eq.strategy.some((/** @type {number[]} */ row) => row[m] > POSSIBLE));
    const mean = sent.reduce((sum, { crisis }) => sum + crisis.eq.belief[m], 0) / sent.length;
    const beside = sent.length ? say("play.in_equilibrium", { belief: count(mean) }) : say("play.never_sent");
    return [`${say("play.implied_sender", { stance: stanceName(stance), belief: count(belief), count: chosen.length })} ${beside}`];
  });
}

/** Payoffs as bars from a common zero. @param {string} title @param {string[]} names @param {number[]} values @param {(place: number) => string} colour */
function worthChart(title, names, values, colour) {
  const stage = h("div", { class: "stage" });
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const pad = 0.05 * (high - low || 1);
  const draw = () => {
    const em = parseFloat(getComputedStyle(stage).fontSize);
    const groups = values.map((value, place) => ({
      label: `${names[place]}: ${payoff(value)}`,
      bars: [{ name: "", told: "", value, colour: colour(place), span: /** @type {[number, number]} */ ([0, value]) }],
    }));
    const svg = barChart(stage.clientWidth || 320, em, groups, { least: low - pad, most: high + pad });
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `${title} ${names.map((name, place) => `${name}: ${payoff(values[place])}`).join("; ")}.`);
    stage.replaceChildren(svg);
  };
  requestAnimationFrame(draw);
  return h("div", {}, h("h4", {}, title), stage);
}
