"use strict";

// The gated phases with their intervals.

/** Calls select(phase, metric) for a phase that is clicked. */
function drawGates(view, select) {
  const {check} = view;
  if (!check) return fill("gates");
  const reach = waiting => reachOf(check.gates.filter(gate => gate.change && !gate.below && gate.waiting === waiting));
  const reaches = new Map([[false, reach(false)], [true, reach(true)]]);
  const rows = check.gates.map((gate, i) => [
    element("button", {class: "link" + (gate.below ? " below" : ""), "data-gate": gate.phase, "data-row": i}, breakable(gate.path)),
    chip(gate.verdict),
    gate.change ? interval(gate, reaches.get(gate.waiting)) : element("span", {class: "faint"}, gate.reason),
    gate.change ? `${gate.change} ${gate.interval}` : "",
    gate.change ? `${gate.baseline} → ${gate.current}` : "",
    gate.p || "", gate.below ? "" : gate.tolerance, gate.smallest_detectable || "", gate.kind,
  ]);
  const heads = ["phase", "verdict", "change and its interval", "change", check.metric, "adjusted p", "tolerance", "detectable from", "kind"];
  const place = fill("gates",
    element("h2", {id: "gates-title"}, "Judged phases, by " + (check.metric === "wall" ? "wall time" : "instructions")),
    check.reason ? element("p", {class: "reason"}, check.reason) : null,
    rows.length ? table(heads, rows, {class: "gates"}) : null,
    check.moved.map(moved => element("p", {}, "Moved, nothing fails for it: ", moved)),
    check.controls.map(control => element("p", {}, "Negative control ", control.path, ": ",
      control.words, control.change ? `, ${control.change}` : "")),
    element("p", {class: "faint"}, [check.provenance, check.test].filter(Boolean).join(" · ")));
  for (const button of place.querySelectorAll("[data-gate]"))
    button.addEventListener("click", () => select(view.byId.get(button.dataset.gate), check.gates[Number(button.dataset.row)].metric));
  return place;
}

// A place below that moved much further is drawn at the edge.
const farthest = gate => Math.max(Math.abs(gate.ratio - 1) + (gate.half_width || 0), gate.margin);

/**
 * How far the axis reaches to either side, one scale for all of work and one for all of waiting. What most phases need: three quarters
 * of them with their intervals and bands, or all, where none needs three times that. What goes
 * beyond is an arrow at the edge, with its value.
 */
function reachOf(gates) {
  const needs = gates.map(farthest).filter(Number.isFinite).sort(d3.ascending);
  const most = d3.quantile(needs, 0.75) || 0.01;
  const all = d3.max(needs) || 0.01;
  return 1.15 * (all <= 3 * most ? all : most);
}

/** The change with its interval; the band is what the policy tolerates. */
function interval(gate, reach) {
  const width = 190, height = 26, middle = height / 2;
  const x = d3.scaleLinear([-reach, reach], [6, width - 6]).clamp(true);
  // A phase that is new has no ratio: it lies beyond any axis, where more is.
  const at = gate.ratio === null ? Infinity : gate.ratio - 1, half = Number.isFinite(gate.half_width) ? gate.half_width : reach;
  const beyond = Math.abs(at) > reach;
  const svg = d3.create("svg").attr("width", width).attr("height", height).attr("class", "interval " + gate.verdict.replace(" ", "-"))
    .attr("role", "img").attr("aria-label", `${gate.change} ${gate.interval}${gate.tolerance ? `, tolerated ${gate.tolerance}` : ""}${beyond ? ", beyond the axis" : ""}`);
  svg.append("rect").attr("class", "tolerated").attr("x", x(-gate.margin)).attr("width", x(gate.margin) - x(-gate.margin)).attr("y", 2).attr("height", height - 4).attr("rx", 3);
  svg.append("line").attr("class", "zero").attr("x1", x(0)).attr("x2", x(0)).attr("y1", 0).attr("y2", height);
  if (beyond) {
    // Its interval lies beyond as well, but for the end that reaches back.
    const side = Math.sign(at), edge = x(side * reach);
    if (Math.abs(at) - half < reach)
      svg.append("line").attr("class", "whisker").attr("x1", x(at - side * half)).attr("x2", edge).attr("y1", middle).attr("y2", middle);
    svg.append("path").attr("class", "at beyond").attr("transform", `translate(${edge},${middle}) scale(${side},1)`).attr("d", "M-7,-6L3,0L-7,6Z");
    svg.append("text").attr("class", "beyond").attr("x", edge - side * 11).attr("y", middle).attr("dy", "0.35em")
      .attr("text-anchor", side > 0 ? "end" : "start").text(gate.change);
  } else {
    svg.append("line").attr("class", "whisker").attr("x1", x(at - half)).attr("x2", x(at + half)).attr("y1", middle).attr("y2", middle);
    svg.append("circle").attr("class", "at").attr("cx", x(at)).attr("cy", middle).attr("r", 4.5);
  }
  return svg.node();
}
