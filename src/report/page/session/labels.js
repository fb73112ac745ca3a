"use strict";

// Texts that fit where they stand. They are measured as the browser draws them: a label that is cut
// off within a number says another number.

const labelFonts = {plain: '12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'};
labelFonts.strong = "650 " + labelFonts.plain;

const measuring = document.createElement("canvas").getContext("2d");
const measured = {plain: new Map(), strong: new Map()};

/** The width in px of a text in a chart. */
function textWidth(text, weight) {
  const known = measured[weight];
  if (!known.has(text)) {
    measuring.font = labelFonts[weight];
    known.set(text, measuring.measureText(text).width);
  }
  return known.get(text);
}

/** The first text that fits, else as much of the last one, a name, as fits with "…" behind it; "" where that would say nothing. */
function fitted(texts, room, weight) {
  const whole = texts.find(text => textWidth(text, weight) <= room);
  if (whole !== undefined) return whole;
  const name = texts[texts.length - 1];
  for (let letters = name.length - 1; letters >= 3; letters--) {
    const part = name.slice(0, letters) + "…";
    if (textWidth(part, weight) <= room) return part;
  }
  return "";
}

/** Where a text of this width has to begin to stand around a point and within the chart. */
function keptInside(point, textRoom, width) {
  return Math.max(2, Math.min(width - textRoom - 2, point - textRoom / 2));
}
