"use strict";

// The verdict first, and the gated phases with their intervals.

function drawVerdict(model) {
  if (model.nothing_judged) {
    const place = fill("verdict", element("p", {class: "sentence"}, model.nothing_judged.replaceAll("`", "")),
                       model.warnings.map(warning => element("p", {class: "warning"}, "Warning: ", warning)));
    place.className = "card unjudged";
    return;
  }
  const checked = model.scenarios.filter(scenario => scenario.check), several = model.scenarios.length > 1;
  const lines = checked.flatMap(scenario => findings(scenario, several));
  const place = fill("verdict",
    element("p", {class: "word"}, chip(model.verdict)),
    checked.map(scenario => element("p", {class: "sentence"}, sentence(scenario, several))),
    element("ul", {}, lines.map(({verdict, text, functions, advisory}) => element("li", {}, chip(verdict, advisory), " ", text,
      functions ? element("p", {class: "functions"}, functions) : null))),
    model.reason ? element("p", {}, model.reason) : null,
    model.warnings.map(warning => element("p", {class: "warning"}, "Warning: ", warning)));
  place.className = "card " + model.verdict.replace(" ", "-");
}

const named = (scenario, several, text) => (several ? scenario.name + ": " : "") + text;

function sentence(scenario, several) {
  const {sentence, advisory, reason} = scenario.check;
  const whole = reason ? sentence.replace(/\.$/, ": ") + reason : sentence;
  return named(scenario, several, advisory ? `${whole} (advisory)` : whole);
}

function findings(scenario, several) {
  const {check} = scenario;
  return check.findings.map(({verdict, text, functions}) => ({verdict, text: named(scenario, several, text), functions, advisory: check.advisory}));
}

function drawGates(view, select) {
  const {check} = view;
  if (!check) return fill("gates");
  const measured = check.gates.filter(gate => gate.change);
  // One scale for all, by the gated phases; a place below that moved much further is drawn at its edge.
  const reach = 1.15 * d3.max(measured.filter(gate => !gate.below), gate => Math.max(Math.abs(gate.ratio - 1) + (gate.half_width || 0), gate.margin)) || 0.01;
  const rows = check.gates.map(gate => [
    element("button", {class: "link" + (gate.below ? " below" : ""), "data-gate": gate.phase}, gate.path),
    chip(gate.verdict),
    gate.change ? interval(gate, reach) : element("span", {class: "faint"}, gate.reason),
    gate.change ? `${gate.change} ${gate.interval}` : "",
    gate.change ? `${gate.baseline} → ${gate.current}` : "",
    gate.p || "", gate.below ? "" : gate.tolerance, gate.smallest_detectable || "", gate.kind,
  ]);
  const heads = ["phase", "verdict", "change and its interval", "change", check.metric, "adjusted p", "tolerance", "detectable from", ""];
  const place = fill("gates",
    element("h2", {id: "gates-title"}, "Judged phases, by " + (check.metric === "wall" ? "wall time" : "instructions")),
    check.reason ? element("p", {class: "reason"}, check.reason) : null,
    rows.length ? table(heads, rows, {class: "gates"}) : null,
    check.moved.map(moved => element("p", {}, "Moved, nothing fails for it: ", moved)),
    check.controls.map(control => element("p", {}, "Negative control ", control.path, ": ",
      control.words, control.change ? `, ${control.change}` : "")),
    element("p", {class: "faint"}, [check.provenance, check.test].filter(Boolean).join(" · ")));
  for (const button of place.querySelectorAll("[data-gate]"))
    button.addEventListener("click", () => select(view.phases.find(phase => phase.id === button.dataset.gate)));
  return place;
}

/** The change with its interval; the band is what the policy tolerates. */
function interval(gate, reach) {
  const width = 190, height = 26, middle = height / 2;
  const x = d3.scaleLinear([-reach, reach], [6, width - 6]).clamp(true);
  const half = Number.isFinite(gate.half_width) ? gate.half_width : reach;
  const svg = d3.create("svg").attr("width", width).attr("height", height).attr("class", "interval " + gate.verdict.replace(" ", "-"))
    .attr("role", "img").attr("aria-label", `${gate.change} ${gate.interval}, tolerated ${gate.tolerance}`);
  svg.append("rect").attr("class", "tolerated").attr("x", x(-gate.margin)).attr("width", x(gate.margin) - x(-gate.margin)).attr("y", 2).attr("height", height - 4).attr("rx", 3);
  svg.append("line").attr("class", "zero").attr("x1", x(0)).attr("x2", x(0)).attr("y1", 0).attr("y2", height);
  svg.append("line").attr("class", "whisker").attr("x1", x(gate.ratio - 1 - half)).attr("x2", x(gate.ratio - 1 + half)).attr("y1", middle).attr("y2", middle);
  const at = gate.ratio - 1;
  if (Math.abs(at) <= reach)
    svg.append("circle").attr("class", "at").attr("cx", x(at)).attr("cy", middle).attr("r", 4.5);
  else
    svg.append("path").attr("class", "at").attr("transform", `translate(${x(at)},${middle}) scale(${Math.sign(at)},1)`).attr("d", "M-7,-6L3,0L-7,6Z");
  return svg.node();
}
