"use strict";

// One phase: what was decided about it, and its launches by each metric.

function drawDetail(view, phase) {
  const gate = phase.gate;
  const width = Math.max(280, Math.min(560, document.getElementById("scenario").clientWidth - 40));
  const charts = view.metrics.map(metric => ({metric, groups: groupsOf(view, phase, metric)})).filter(({groups}) => groups.length);
  const place = fill("detail",
    element("h2", {}, phase.path, " ", gate ? chip(gate.verdict) : ""),
    sentenceOf(gate),
    element("div", {class: "charts"}, charts.map(({metric, groups}) => chartOf(metric, groups, width))));
  place.className = "card";
}

function sentenceOf(gate) {
  if (!gate) return element("p", {class: "faint"}, "Not gated by the policy: shown, not judged.");
  if (!gate.change) return element("p", {}, gate.reason);
  const parts = [`${gate.change} (${gate.interval})`, gate.kind, `adjusted p ${gate.p}`, gate.below ? "" : `tolerated ${gate.tolerance}`,
                 `smallest detectable change ${gate.smallest_detectable}`, gate.reason];
  return element("p", {}, parts.filter(Boolean).join("; "));
}

function chartOf(metric, groups, width) {
  const ratio = ratioOf(groups);
  const title = (metric === "wall" ? "Wall time" : "Instructions") + (Number.isFinite(ratio) ? `, ratio ${ratio.toFixed(4)}` : "");
  const rows = groups.map(group => {
    const {n, median, mean, deviation, minimum, maximum} = summarise(group.values);
    const text = value => valueText(metric, value);
    return [group.name, String(n), text(median), deviation === undefined ? text(mean) : `${text(mean)} ± ${text(deviation)}`, `${text(minimum)} – ${text(maximum)}`];
  });
  return element("figure", {"data-metric": metric}, element("figcaption", {}, title), largeDots(groups, metric, width),
                 table(["", "launches", "median", "mean ± sd", "range"], rows, {class: "numbers"}));
}
