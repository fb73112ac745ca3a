"use strict";

// What to fix first: the levers that touch most of what the boot executes, and what each saved when it was measured.

function drawSuggestions(suggestions) {
  if (!suggestions) return fill("suggestions");
  const rows = suggestions.rows.map(row => [row.lever, row.saved, row.spent, row.what, row.functions]);
  const place = fill("suggestions",
    element("h2", {id: "suggestions-title"}, "What to fix first"),
    element("p", {}, suggestions.sentence.replaceAll("`", "")),
    rows.length ? table(["lever", "saved", "spent", "what it changes", "mostly in"], rows, {class: "suggestions"}) : null,
    suggestions.measure ? element("p", {class: "faint"}, "Measure those with ?: ", element("code", {}, suggestions.measure)) : null);
  place.className = "card";
  return place;
}
