"use strict";

// Elements are made here and nowhere else. Text becomes a text node, so none can be markup.

/** element("p", {class: "faint"}, "text", otherElement, …); an attribute of null is left out. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {}))
    if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  made.append(...children.flat().filter(child => child !== null && child !== ""));
  return made;
}

/** Replaces what is inside; an element left empty is hidden. */
function fill(id, ...children) {
  const place = document.getElementById(id);
  place.replaceChildren(...children.flat().filter(child => child !== null));
  place.hidden = !place.hasChildNodes();
  return place;
}

/** What goes with a verdict's colour, which alone tells nobody anything. */
function sign(verdict) {
  return {"pass": "✓", "improved": "▼", "regressed": "▲", "inconclusive": "?", "not measured": "–"}[verdict] || "";
}

/** A verdict as a word with its sign. */
function chip(verdict, advisory) {
  return element("span", {class: "chip " + verdict.replace(" ", "-")},
                 element("span", {"aria-hidden": "true"}, sign(verdict), " "), verdict,
                 advisory ? ", advisory" : "");
}

/** A name that may go on in the next line behind what joins its parts, and not within a word. */
function breakable(name) {
  return name.split(/(?<=[:\-_./ ])/).flatMap((part, i) => i ? [element("wbr"), part] : [part]);
}

// What is scrolled sideways has to be reached without a mouse, and what is not should not hold one up.
const sideways = new ResizeObserver(entries => {
  for (const {target} of entries)
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
});

/** What is too wide for the page, scrolled. */
function scrolled(label, content) {
  const made = element("div", {class: "scroll", role: "group", "aria-label": label}, content);
  sideways.observe(made);
  return made;
}

/** A table of rows; cells are texts or elements, the first of a row names it. */
function table(heads, rows, attributes) {
  const cells = (row, name) => row.map((cell, i) =>
    element(i === 0 && name === "td" ? "th" : name, {scope: name === "th" ? "col" : i === 0 ? "row" : null}, cell));
  return scrolled("Table", element("table", attributes,
    heads.length ? element("thead", {}, element("tr", {}, cells(heads, "th"))) : null,
    element("tbody", {}, rows.map(row => element("tr", {}, cells(row, "td"))))));
}

/** d3 5 has the event in d3.event, later versions hand it over. */
function eventOf(given) {
  return d3.event || given;
}

/** Shows lines beside the pointer until hideTooltip(). */
function showTooltip(event, lines) {
  if (event.pointerType === "touch") return; // a tap selects, and a finger would hide it
  const tooltip = document.getElementById("tooltip");
  tooltip.replaceChildren(...lines.map((line, i) => element(i ? "div" : "strong", {}, line)));
  tooltip.hidden = false;
  const box = tooltip.getBoundingClientRect();
  const left = Math.min(event.clientX + 14, window.innerWidth - box.width - 8);
  const below = event.clientY + 18;
  const top = below + box.height > window.innerHeight ? event.clientY - box.height - 10 : below;
  tooltip.style.left = Math.max(8, left) + "px";
  tooltip.style.top = Math.max(8, top) + "px";
}

function hideTooltip() {
  document.getElementById("tooltip").hidden = true;
}
