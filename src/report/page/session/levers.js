"use strict";

// What the levers of a session save, as `bootperf what-if` ranks them.

function drawLevers(levers) {
  if (!levers) return fill("levers");
  const timed = levers.rows.some(row => row.wall);
  const rows = levers.rows.map(row => [
    row.lever, row.effect, [row.work, row.interval].filter(Boolean).join(" "), row.waiting, timed ? row.wall : null, row.where, row.note,
  ].filter(cell => cell !== null));
  const heads = ["lever", "effect", "work", "waiting", timed ? "wall time" : null, "where", "to adopt, or why not"].filter(head => head !== null);
  const place = fill("levers",
    element("h2", {id: "levers-title"}, "What each lever saves"),
    element("p", {}, levers.sentence),
    table(heads, rows, {class: "suggestions"}));
  place.className = "card";
  return place;
}
