"use strict";

// The steps of a class as a table, and what they mean for the build.

function drawSteps(model, view, select) {
  const day = i => model.nights[view.nights[i]][0].slice(0, 10);
  const names = new Map(view.series.map(series => [series.id, series.phase]));
  const rows = view.steps.map(step => {
    const name = element("button", {class: "link"}, names.get(step.id));
    name.onclick = () => select(step.id);
    return [name, element("span", {class: "chip " + step.state}, step.state), changeText(step.change),
      `${valueText(step.before, view.metric)} → ${valueText(step.after, view.metric)}`,
      `${day(step.lastBefore)} – ${day(step.firstAfter)}`, step.commits, step.reason];
  });
  fill("steps", rows.length ? table(["phase", "state", "change", "from → to", "between", "commits", "accepted because"], rows)
    : element("p", {class: "faint"}, "No step in any phase of this class."));
}

function drawTrendVerdict(model) {
  const news = d3.sum(model.classes, each => each.steps.filter(step => step.state === "new").length);
  const gaps = model.classes.filter(each => each.decides && each.notMeasured);
  const words = {0: "nothing new", 1: `${news} new ${news === 1 ? "step" : "steps"}`, 4: "not measured"};
  const verdict = fill("verdict", element("p", {class: "word"}, element("span", {class: "chip exit-" + model.exit}, words[model.exit] || "")),
    gaps.length ? element("ul", {}, gaps.map(each => element("li", {}, `${each.name}, ${each.metric}: ${each.notMeasured}`))) : null);
  verdict.classList.add({0: "pass", 1: "regressed"}[model.exit] || "open");
}
