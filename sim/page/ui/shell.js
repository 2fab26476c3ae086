/** How is the page gone through? By its contents, slide by slide in front of a room, dark or light, on paper. */

import { byId, h, repaint } from "./dom.js";
import { redrawFigures } from "./figure.js";
import { say } from "./words.js";

const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
const BACK = ["ArrowLeft", "ArrowUp", "PageUp"];
const CLICKER = ["PageDown", "PageUp"]; // what clickers send goes to the slides, whatever has the focus
const PRESSING = [" ", "Enter"]; // what buttons and links take for themselves; all else on them steps
const KEEPERS = "input, select, textarea, [tabindex='0']"; // what has a use of its own for every key
const SMALLEST = 0.76; // of its type, to which a slide shrinks at most so that it fits the screen

/** @type {{number: number, shown: HTMLElement[], place: HTMLElement|null}} */
const slides = { number: 0, shown: [], place: null };

/** Put up what stands around the sections. @param {() => void} redraw What follows a change of looks. */
export function shell(redraw) {
  slides.place = h("span", { class: "place", id: "place", "aria-live": "polite" });
  const stepping = h(
    "span",
    { class: "stepping" },
    h("button", { type: "button", id: "previous", "aria-label": say("page.previous"), onclick: () => step(-1) }, "←"),
    slides.place,
    h("button", { type: "button", id: "next", "aria-label": say("page.next"), onclick: () => step(1) }, "→"),
  );
  byId("tools").append(
    stepping,
    h("button", { type: "button", id: "theme", onclick: () => theme(redraw) }, say("page.theme")),
    h("button", { type: "button", id: "present", "aria-pressed": "false", title: say("page.keys"), onclick: () => present(redraw) }, say("page.present")),
    h("button", { type: "button", id: "print", onclick: () => print() }, say("page.print")),
  );
  document.addEventListener("keydown", (event) => key(event, redraw));
  document.addEventListener("click", follow);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => (repaint(), redrawFigures(), redraw()));
  addEventListener("beforeprint", () => document.querySelectorAll("details.behind, #every-number").forEach((each) => each.setAttribute("open", "")));
}

/** @param {() => void} redraw */
function theme(redraw) {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  repaint();
  redrawFigures();
  redraw();
}

/** Follow a link of the contents without touching the address, which keeps the numbers. @param {MouseEvent} event */
function follow(event) {
  const link = /** @type {HTMLElement} */ (event.target).closest?.('a[href^="#"]');
  const target = link && document.getElementById(/** @type {string} */ (link.getAttribute("href")).slice(1));
  if (!target) return;
  event.preventDefault();
  if (presenting()) go(slides.shown.findIndex((slide) => slide === target || target.contains(slide)));
  target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: true });
  target.scrollIntoView();
}

function presenting() {
  return document.body.classList.contains("present");
}

/** Begin or end showing one slide at a time. @param {() => void} redraw */
function present(redraw) {
  const sections = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("main > section")]);
  const parts = sections.flatMap((section) => {
    const own = /** @type {HTMLElement[]} */ ([...section.querySelectorAll(":scope > .slide:not(.heading)")]);
    return own.length ? own : [section];
  });
  const near = parts.findIndex((slide) => slide.getBoundingClientRect().bottom > innerHeight / 3);
  const on = document.body.classList.toggle("present");
  byId("present").setAttribute("aria-pressed", String(on));
  byId("present").textContent = say(on ? "page.leave" : "page.present");
  if (on) {
    slides.shown = parts;
    rest();
    go(Math.max(near, 0));
  } else {
    document.querySelectorAll(".current").forEach((each) => each.classList.remove("current"));
    slides.shown[slides.number]?.scrollIntoView();
  }
  redrawFigures();
  redraw();
}

/** @param {number} number */
function go(number) {
  if (number < 0 || number >= slides.shown.length) return;
  slides.number = number;
  document.querySelectorAll(".current").forEach((each) => each.classList.remove("current"));
  const slide = slides.shown[number];
  slide.classList.add("current");
  slide.closest("section")?.classList.add("current");
  byId("opening").classList.toggle("current", number === 0);
  if (slides.place) slides.place.textContent = say("page.place", { number: number + 1, count: slides.shown.length });
  if (!document.activeElement?.checkVisibility() || document.activeElement === document.body) rest();
  scrollTo(0, 0);
  fit(slide);
}

/** Take the focus off everything, so that keys step, and press no button. */
function rest() {
  byId("main-content").focus({ preventScroll: true });
}

/** Shrink the type of a slide until all of it is on the screen, but never below what a room can read. @param {HTMLElement} slide */
function fit(slide) {
  if (!slide.matches(".slide")) return;
  for (let size = 1; size >= SMALLEST; size -= 0.06) {
    slide.style.setProperty("--fit", String(size));
    redrawFigures(slide);
    if (document.documentElement.scrollHeight <= innerHeight) return;
  }
}

/** @param {number} by */
function step(by) {
  go(slides.number + by);
}

/** @param {KeyboardEvent} event @param {() => void} redraw */
function key(event, redraw) {
  if (!presenting() || event.altKey || event.ctrlKey || event.metaKey) return;
  const target = /** @type {HTMLElement} */ (event.target);
  const keeper = target.closest?.(KEEPERS);
  if (event.key === "Escape") {
    if (keeper) rest();
    else present(redraw);
    return;
  }
  if (keeper && !CLICKER.includes(event.key)) return;
  if (PRESSING.includes(event.key) && target.closest?.("button, summary, a")) return;
  const by = NEXT.includes(event.key) ? 1 : BACK.includes(event.key) ? -1 : 0;
  if (!by) return;
  const left = by > 0 ? document.documentElement.scrollHeight - innerHeight - scrollY : scrollY;
  if (["ArrowDown", "ArrowUp"].includes(event.key) && left > 8) return; // there is more of this slide: the browser scrolls
  event.preventDefault();
  step(by);
}
