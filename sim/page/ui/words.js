/** How is anything said? Sentences from strings.toml, names from the scenario, numbers as people count. */

/** All that Python put into the page. */
export const page = JSON.parse(/** @type {string} */ (document.getElementById("page-data")?.textContent));

/**
 * Say a sentence; what stands in braces is filled in.
 * @param {string} key Its place in strings.toml. @param {Object<string, any>} [values]
 * @returns {string}
 */
export function say(key, values = {}) {
  const text = textOf(key);
  if (text === undefined) throw new Error(`strings.toml has no ${key}`);
  return filled(text, values);
}

/** @param {string} key @returns {string|undefined} */
function textOf(key) {
  const dot = key.indexOf(".");
  return page.strings[key.slice(0, dot)]?.[key.slice(dot + 1)];
}

/** @param {string} text @param {Object<string, any>} values */
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`nothing is said for {${name}} in: ${text}`);
    return String(value);
  });
}

/** A sentence's beginning with a capital. @param {string} text */
export function upper(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {string[]} names */
export function listed(names) {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} ${say("numbers.and")} ${names[names.length - 1]}`;
}

/** A probability as a count of cases, which most people grasp better than small per cents. @param {number} chance */
export function frequency(chance) {
  if (chance === 0 || chance === 1) return say(chance ? "numbers.always" : "numbers.never");
  if (chance > 0.995) return say("numbers.over");
  if (chance >= 0.02) return say("numbers.of", { count: Math.floor(100 * chance + 0.5), base: 100 });
  return chance > 1e-12 ? say("numbers.one_in", { many: many(1 / chance) }) : say("numbers.rarer");
}

/** How many of so many cases, bare: never 0 for what happens. @param {number} chance @param {number} [base] */
export function count(chance, base = 100) {
  const whole = Math.floor(base * chance + 0.5);
  return chance > 0 && whole === 0 ? say("numbers.less_than_one") : grouped(whole);
}

/** Of how many cases probabilities are best told: the largest is at least two of them. @param {number[]} chances */
export function baseOf(chances) {
  const largest = Math.max(0, ...chances);
  let base = 100;
  while (largest > 0 && largest * base < 2 && base < 1e12) base *= 10;
  return base;
}

/** A count with two significant digits. @param {number} number */
export function many(number) {
  const size = 10 ** Math.max(0, Math.floor(Math.log10(number)) - 1);
  const rounded = number < 10 ? Math.round(number * 10) / 10 : Math.round(number / size) * size;
  if (rounded >= 1e9) return say("numbers.billion", { count: +(rounded / 1e9).toPrecision(2) });
  if (rounded >= 1e6) return say("numbers.million", { count: +(rounded / 1e6).toPrecision(2) });
  return grouped(rounded < 10 ? rounded : Math.round(rounded));
}

/** @param {number} number */
export function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, say("numbers.thousand_mark"));
}

/** A payoff with two decimals and a real minus sign. @param {number} value */
export function payoff(value) {
  const text = value.toFixed(2);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

/** The value of a number that can be moved, in words. @param {string} kind @param {number} value */
export function valueTold(kind, value) {
  if (kind === "probability" || kind === "weight") {
    const hundred = 100 * value;
    const told = hundred > 0 && hundred < 2 ? +hundred.toPrecision(2) : Math.round(hundred);
    return say("sliders.of_100", { count: told });
  }
  return String(Math.abs(value) >= 10 ? Math.round(value) : +value.toFixed(2)).replace("-", "−");
}

/** The short name of a stance. @param {string} stance */
export function stanceName(stance) {
  return page.stances[stance].label;
}

/** What a line of the scenario is about. @param {string} line */
export function lineName(line) {
  const [group, stance, own] = line.split(".");
  if (group !== "signal") return upper(say(`parameters.${line}`));
  return upper(say("parameters.stance", { label: say(`parameters.${own}`), stance: stanceName(stance) }));
}
