/** What does it all rest on? Every number with its reason and claims, the file, and how the page was made. */

import { h } from "./dom.js";
import { claimTold } from "./sliders.js";
import { asToml, onChange, scenario } from "./state.js";
import { count, grouped, lineName, listed, page, say, stanceName, upper } from "./words.js";
import { doctrines, ruleTold, stances, struck } from "./world.js";

/** @param {HTMLElement} place */
export function sources(place) {
  const body = h("tbody", {});
  const file = h("pre", { tabindex: 0, role: "group", "aria-label": say("sources.file") });
  const fileBehind = h("details", { ontoggle: () => (file.textContent = asToml()) }, h("summary", {}, say("sources.file")), file);
  const { versions, seed, draws } = page.run;
  const made = { draws: grouped(draws), seed, count: grouped(page.count), version: page.version, python: versions.python, numpy: versions.numpy, scipy: versions.scipy };
  place.append(
    h("h2", {}, say("sources.title")),
    h("p", {}, say("sources.intro")),
    h("h3", {}, say("sources.notes")),
    h("ul", {}, ...notes().map((note) => h("li", {}, note))),
    h(
      "details",
      { id: "every-number" },
      h("summary", {}, say("sources.every")),
      h(
        "div",
        { class: "scroll", tabindex: 0, role: "group", "aria-label": say("sources.intro") },
        h("table", { class: "numbers" }, h("thead", {}, h("tr", {}, ...["number", "believed", "reason", "claims"].map((key) => h("th", { scope: "col" }, say(`sources.${key}`))))), body),
      ),
    ),
    fileBehind,
    h("h3", {}, say("sources.made")),
    h("p", {}, say("sources.made_text", made)),
    h("p", {}, say("sources.again"), " ", h("code", {}, `sim page ${page.scenario.command} --draws ${page.count}`)),
  );
  onChange("later", () => {
    body.replaceChildren(...Object.entries(scenario().lines).map(([line, about]) => rowOf(line, about)));
    if (fileBehind.hasAttribute("open")) file.textContent = asToml();
  });
}

/** What must be known to read any of the figures. */
function notes() {
  const quiet = stances.filter((stance) => !struck.includes(stance)).map(stanceName);
  const folds = doctrines();
  return [
    say("sources.note_assumptions"),
    quiet.length ? say("ladder.zero", { stances: upper(listed(quiet)) }) : "",
    say("sources.note_strikes"),
    say("sources.note_best", { rule: ruleTold() }),
    page.run.concept === "quantal" ? say("sources.note_quantal") : "",
    ...struck.map((stance) => say("sources.note_folds", { stance: stanceName(stance), share: count(folds[stance].resolute_folds) })),
  ].filter(Boolean);
}

/** @param {string} line @param {any} about */
function rowOf(line, about) {
  const rests = about.evidence.length ? h("ul", {}, ...about.evidence.map((/** @type {string} */ id) => h("li", {}, claimTold(id)))) : about.assumption;
  return h("tr", {}, h("th", { scope: "row" }, lineName(line)), h("td", {}, h("code", {}, about.stated)), h("td", {}, about.rationale), h("td", {}, rests));
}
