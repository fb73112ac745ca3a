"use strict";

// One phase: what was decided about it, and its launches by each metric, the chosen one first.

function drawDetail(view, phase, metric) {
  const gate = gateOf(view, phase, metric);
  const width = Math.max(280, Math.min(560, document.getElementById("scenario").clientWidth - 40));
  const metrics = [metric, ...view.metrics.filter(each => each !== metric && !each.missing)];
  const charts = metrics.map(each => ({each, groups: groupsOf(view, phase, each)})).filter(({groups}) => groups.length);
  const place = fill("detail",
    element("h2", {}, phase.path, " ", gate ? chip(gate.verdict) : ""),
    sentencesOf(view, phase, metric),
    element("div", {class: "charts"}, charts.map(({each, groups}) => chartOf(each, groups, width))));
  place.className = "card";
}

// What was decided by another metric is said as well, and by which.
function sentencesOf(view, phase, metric) {
  const gates = gatesOf(view, phase);
  if (!gates.length) return element("p", {class: "faint"}, "Not gated by the policy: shown, not judged.");
  const by = gate => gate.metric && gate.metric !== metric ? `By ${gate.metric.name} ${gate.verdict}: ` : "";
  return [...gates].sort((a, b) => (b.metric === metric) - (a.metric === metric)).map(gate => element("p", {}, by(gate), sentenceOf(gate)));
}

function sentenceOf(gate) {
  if (!gate.change) return gate.reason;
  const parts = [`${gate.change} (${gate.interval})`, gate.kind, `adjusted p ${gate.p}`, gate.below ? "" : `tolerated ${gate.tolerance}`,
                 `smallest detectable change ${gate.smallest_detectable}`, gate.reason];
  return parts.filter(Boolean).join("; ");
}

function chartOf(metric, groups, width) {
  const ratio = ratioOf(groups);
  const change = metric.id === "waiting" ? changeText(groups, metric) : Number.isFinite(ratio) ? `ratio ${ratio.toFixed(4)}` : "";
  const rows = groups.map(group => {
    const {n, median, mean, deviation, minimum, maximum} = summarise(group.values);
    const text = value => valueText(metric, value);
    return [group.name, String(n), text(median), deviation === undefined ? text(mean) : `${text(mean)} ± ${text(deviation)}`, `${text(minimum)} – ${text(maximum)}`];
  });
  return element("figure", {"data-metric": metric.id}, element("figcaption", {}, [metric.title, change].filter(Boolean).join(", ")), largeDots(groups, metric, width),
                 table(["of", "launches", "median", "mean ± sd", "range"], rows, {class: "numbers"}));
}
