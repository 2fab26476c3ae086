/** The page of a crisis: its sections in their order. */

import { beliefs } from "./beliefs.js";
import { byId, h } from "./dom.js";
import { guess } from "./guess.js";
import { ladder } from "./ladder.js";
import { playing } from "./play.js";
import { regimes } from "./regimes.js";
import { shell } from "./shell.js";
import { sliders } from "./sliders.js";
import { sources } from "./sources.js";
import { changed, onChange, readFragment, redrawAll } from "./state.js";
import { sure } from "./sure.js";
import { channels, equallyExposed, imposedOrChosen } from "./why.js";
import { grouped, page, say } from "./words.js";
import { follow, struck } from "./world.js";

const started = performance.now();
follow();
readFragment();
shell(redrawAll);
guess(byId("guess"));
const bench = byId("ladder");
const [left, right] = [h("div", { class: "left" }), h("div", { class: "right", id: "sliders", role: "group", "aria-label": say("sections.sliders") })];
bench.append(left, right);
ladder(left);
sliders(right);
const why = byId("why");
if (struck.length) {
  imposedOrChosen(why);
  equallyExposed(why);
  beliefs(why);
}
if (page.channels) channels(why);
regimes(why);
playing(byId("play"));
sure(byId("sure"));
sources(byId("sources"));
byId("made").textContent = say("page.made", { command: page.scenario.command, draws: grouped(page.count), seed: page.run.seed, version: page.version });
addEventListener("hashchange", () => (readFragment(), changed()));
onChange("now", () => {
  if (!document.body.dataset.first) document.body.dataset.first = String(performance.now() - started);
});
onChange("later", () => (document.body.dataset.ready = "yes"));
changed();
