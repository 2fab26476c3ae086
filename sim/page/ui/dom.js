/** How are elements made? Text is always text: nothing that a scenario says is ever read as markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element of the page; attributes that begin with "on" are listeners, true stands alone, false is left out.
 * @param {string} tag @param {Object<string, any>} [attributes] @param {...any} children
 */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** Make an element of a drawing. @param {string} tag @param {Object<string, any>} [attributes] @param {...any} children */
export function s(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

/** @template {Element} T @param {T} element @param {Object<string, any>} attributes @param {any[]} children @returns {T} */
function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** Colours that were looked up, since asking makes the browser lay out the page. @type {Map<string, string>} */
const painted = new Map();

/** A colour of the theme that is on. @param {string} name */
export function paint(name) {
  if (!painted.has(name)) painted.set(name, getComputedStyle(document.body).getPropertyValue(`--${name}`).trim());
  return /** @type {string} */ (painted.get(name));
}

/** Look colours up again: the theme has changed. */
export function repaint() {
  painted.clear();
}

const FONT = getComputedStyle(document.body).fontFamily;
const ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

/** How wide a text is, in pixels. @param {string} text @param {number} em @param {boolean} [bold] */
export function widthOf(text, em, bold = false) {
  ruler.font = `${bold ? 700 : 400} ${em}px ${FONT}`;
  return ruler.measureText(text).width;
}

/** Hand a text over as a file. @param {string} name @param {string} type @param {string} text */
export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
