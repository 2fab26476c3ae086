/** Why does a stance do what it does? A promise imposed or chosen, equal exposure, and what changes between stances. */

import { barChart } from "./bars.js";
import { h, paint } from "./dom.js";
import { show } from "./figure.js";
import { colourOf, commandNow } from "./ladder.js";
import { onChange } from "./state.js";
import { baseOf, count, frequency, grouped, listed, page, say, stanceName, upper } from "./words.js";
import { doctrines, exposed, play, struck } from "./world.js";

const READINGS = ["type", "outcome"];

/** A part of the section, which presentation shows by itself. @param {HTMLElement} place */
export function part(place) {
  const article = h("article", { class: "slide" });
  place.append(article);
  return article;
}

/** @param {HTMLElement} place */
export function imposedOrChosen(place) {
  const shares = () =>
    struck.map((stance) => ({
      stance,
      imposed: doctrines()[stance].strike,
      there: play().imposed_where_sent[stance],
      chosen: play().by_signal[stance].strike,
    }));
  const last = () => shares()[shares().length - 1];
  const redraw = show(part(place), {
    id: "imposed",
    level: "h2",
    finding: () => {
      const { stance, imposed, chosen } = last();
      const base = baseOf([imposed]);
      const told = { stance: stanceName(stance), imposed: count(imposed, base), base: grouped(base) };
      return chosen === null ? say("why.imposed_never", told) : say("why.imposed_finding", { ...told, chosen: count(chosen, base) });
    },
    note: `${say("why.imposed_why")} (${say("figure.live")})`,
    command: commandNow,
    table: () => ({
      columns: [say("ladder.stance"), say("why.is_imposed"), say("why.is_imposed_there"), say("why.is_chosen")],
      rows: shares().map(({ stance, imposed, there, chosen }) => [stanceName(stance), imposed, there ?? "–", chosen ?? "–"]),
    }),
    draw: (width, em) => {
      const groups = shares().map(({ stance, imposed, there, chosen }) => ({
        label: upper(stanceName(stance)),
        bars: [
          { name: say("why.is_imposed"), told: frequency(imposed), value: imposed, colour: colourOf(stance) },
          ...(there === null ? [] : [{ name: say("why.is_imposed_there"), told: frequency(there), value: there, colour: colourOf(stance) }]),
          ...(chosen === null ? [] : [{ name: say("why.is_chosen"), told: frequency(chosen), value: chosen, colour: paint("chosen") }]),
        ],
      }));
      return barChart(width, em, groups);
    },
  });
  onChange("later", redraw);
}

/** @param {HTMLElement} place */
export function equallyExposed(place) {
  const share = (/** @type {string} */ reading, /** @type {string} */ stance) => ({
    stated: doctrines(reading)[stance].strike,
    equal: exposed(reading)[stance].strike,
  });
  const redraw = show(part(place), {
    id: "exposure",
    level: "h2",
    finding: () => {
      const base = baseOf(READINGS.flatMap((reading) => struck.map((stance) => share(reading, stance).equal)));
      const [type, outcome] = READINGS.map((reading) =>
        listed(struck.map((stance) => say("ladder.each", { count: count(share(reading, stance).equal, base), stance: stanceName(stance) }))),
      );
      return say("why.exposure_finding", { type, outcome, base: grouped(base) });
    },
    note: `${say("why.exposure_why", { reference: stanceName(page.scenario.reference) })} (${say("figure.live")})`,
    command: commandNow,
    table: () => ({
      columns: [say("ladder.stance"), ...READINGS.flatMap((reading) => [say("why.as_stated"), say("why.equal")].map((which) => `${which}: ${say(`doubt.${reading}`)}`))],
      rows: struck.map((stance) => [stanceName(stance), ...READINGS.flatMap((reading) => Object.values(share(reading, stance)))]),
    }),
    draw: (width, em) => {
      const groups = READINGS.flatMap((reading) =>
        struck.map((stance) => {
          const { stated, equal } = share(reading, stance);
          const bars = [
            { name: say("why.as_stated"), told: frequency(stated), value: stated, colour: paint("pale") },
            { name: say("why.equal"), told: frequency(equal), value: equal, colour: colourOf(stance) },
          ];
          return { label: `${upper(say("why.doubts", { doubt: say(`doubt.${reading}`) }))}: ${stanceName(stance)}`, bars };
        }),
      );
      return barChart(width, em, groups);
    },
  });
  onChange("later", redraw);
}

/** @param {HTMLElement} place */
export function channels(place) {
  const found = page.channels;
  const step = found.steps.strike;
  const base = baseOf([step.before.mean, step.after.mean]);
  const parts = Object.entries(step.channels)
    .filter(([, size]) => size !== 0)
    .sort(([, one], [, other]) => Math.abs(other) - Math.abs(one));
  show(part(place), {
    id: "channels",
    level: "h2",
    finding: () =>
      say("why.channels_finding", {
        from: stanceName(found.from),
        to: stanceName(found.to),
        before: count(step.before.mean, base),
        after: count(step.after.mean, base),
        base: grouped(base),
      }),
    note: say("why.channels_why"),
    command: `sim channels ${page.scenario.command} --from ${found.from} --to ${found.to} --draws ${page.fewer}`,
    table: () => ({
      columns: ["", say("ladder.probability")],
      rows: [[stanceName(found.from), step.before.mean], ...parts.map(([name, size]) => [said(name), size]), [stanceName(found.to), step.after.mean]],
    }),
    draw: (width, em) => waterfall(width, em, found, parts),
  });
}

/** What it means that a number of the stance falls, or rises. @param {string} name */
function said(name) {
  const { from, to } = page.channels.levels[name];
  return say(`why.${name}_${(to ?? 0) < (from ?? 0) ? "falls" : "rises"}`).replace(/^The /, "the ");
}

/** Steps from one total to another. @param {number} width @param {number} em @param {any} found @param {[string, number][]} parts */
function waterfall(width, em, found, parts) {
  const step = found.steps.strike;
  let level = step.before.mean;
  const most = parts.reduce((top, [, size]) => ((level += size), Math.max(top, level)), step.before.mean);
  level = step.before.mean;
  const narrow = width < 30 * em; // there each step has its name above it
  const groups = [{ label: "", bars: [{ name: stanceName(found.from), told: frequency(level), value: level, colour: colourOf(found.from) }] }];
  for (const [name, size] of parts) {
    const next = level + size;
    const sign = size < 0 ? "−" : "+";
    const bar = { name: narrow ? "" : said(name), told: `${sign}${(100 * Math.abs(size)).toFixed(1)}`, value: size, colour: paint("chosen"), span: [level, next] };
    if (narrow) groups.push({ label: said(name), bars: [bar] });
    else groups[0].bars.push(bar);
    level = next;
  }
  groups[narrow ? groups.push({ label: "", bars: [] }) - 1 : 0].bars.push({ name: stanceName(found.to), told: frequency(step.after.mean), value: step.after.mean, colour: colourOf(found.to) });
  return barChart(width, em, groups, { most: Math.max(most * 1.05, 0.01) });
}
