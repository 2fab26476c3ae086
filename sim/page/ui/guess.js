/** What do you expect? A guess is locked before the answer is shown. */

import { hundred } from "./bars.js";
import { h, paint } from "./dom.js";
import { onChange, state } from "./state.js";
import { count, page, say } from "./words.js";
import { doctrines, struck } from "./world.js";

/** @param {HTMLElement} place */
export function guess(place) {
  const asked = struck.includes(page.scenario.reference) ? page.scenario.reference : struck[struck.length - 1];
  if (!asked) {
    place.append(h("p", { class: "question" }, say("guess.nobody")));
    return;
  }
  let locked = false;
  const does = page.stances[asked].does;
  const question = h("h2", { class: "question" });
  const number = h("output", { class: "big", for: "guess-value" }, "50");
  const value = /** @type {HTMLInputElement} */ (
    h("input", { type: "range", id: "guess-value", min: 0, max: 100, step: 1, value: 50, oninput: () => reveal() })
  );
  const lock = h("button", { type: "button", class: "main", id: "lock", onclick: () => turn(!locked) }, say("guess.lock"));
  const picture = h("div", { class: "picture" });
  const answer = h("div", { class: "answer", "aria-live": "polite" });
  const row = h("div", { class: "guess-row" });
  const form = h("div", { class: "guess" }, h("label", { for: "guess-value" }, say("guess.label")), number, value, lock);
  row.append(form, picture, answer);
  place.append(question, row);

  const turn = (/** @type {boolean} */ to) => {
    locked = to;
    value.disabled = locked;
    row.classList.toggle("locked", locked);
    lock.textContent = say(locked ? "guess.again" : "guess.lock");
    reveal();
  };
  const reveal = () => {
    question.textContent = say("guess.question", { does, doubt: say(`doubt.${state.worstCase}`) });
    number.textContent = value.value;
    const found = doctrines();
    const share = found[asked].strike;
    const whole = Math.round(100 * share);
    const guessed = Number(value.value);
    const squares = hundred(300, locked ? whole : 0, guessed, paint(page.stances[asked].colour));
    squares.setAttribute("role", "img");
    const alt = locked ? say("guess.alt", { answer: count(share), guess: guessed }) : say("guess.you", { count: guessed });
    squares.setAttribute("aria-label", alt);
    picture.replaceChildren(squares, h("p", { class: "small" }, say(locked ? "guess.legend" : "guess.legend_open")));
    answer.replaceChildren();
    if (!locked) return;
    const key = guessed === whole ? "exact" : guessed > whole ? "more" : "fewer";
    const others = struck.filter((stance) => stance !== asked);
    answer.replaceChildren(
      h(
        "div",
        {},
        h("p", { class: "big", "data-value": share }, say("guess.answer", { count: count(share) })),
        h("p", {}, say(`guess.${key}`, { guess: guessed, answer: count(share), gap: Math.abs(whole - guessed) })),
        ...others.map((stance) =>
          h("p", {}, say("guess.others", { does: page.stances[stance].does, answer: count(found[stance].strike) })),
        ),
        h("p", { class: "caveat" }, say("guess.caveat")),
      ),
    );
  };
  reveal();
  onChange("later", reveal);
}
