"use strict";

// The profile as a plain table, for whoever does not see the bars, and for what has none.

const mostFunctions = 200;

/** Folded; its rows are made when it is opened. */
function profileTable(profile, nodes) {
  const functions = nodes.filter(node => node.part === 2);
  const size = node => profile.compares ? Math.abs(node.head - node.base) : node.head;
  const shown = functions.filter(node => size(node) > 0).sort((a, b) => size(b) - size(a)).slice(0, mostFunctions);
  const what = profile.compares ? "functions that changed most in a phase" : "functions that ran most in a phase";
  const place = element("details", {id: "profile-table"}, element("summary", {}, `As a table: the ${shown.length} ${what}`));
  place.addEventListener("toggle", () => {
    if (place.open && !place.querySelector("table")) place.append(tableOfFunctions(profile, nodes, shown));
  });
  return place;
}

function tableOfFunctions(profile, nodes, functions) {
  const whole = d3.sum(nodes.filter(node => !node.parent), node => node.head);
  const heads = ["function", "object", "phase", "instructions", "share", ...(profile.compares ? ["base", "change", profile.knows_noise ? "noise" : null] : [])];
  const rows = functions.map(node => [
    node.name, node.parent.name, node.parent.parent.path, count(node.head), percent(node.head / whole),
    ...(profile.compares ? [count(node.base), signedCount(node.head - node.base) + (node.base === 0 ? ", new" : node.head === 0 ? ", gone" : ""),
                            profile.knows_noise ? count(node.noise) : null] : []),
  ].filter(cell => cell !== null));
  return table(heads.filter(Boolean), rows, {class: "functions"});
}
