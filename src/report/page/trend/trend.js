"use strict";

// Puts the page together. Everything shown comes from the JSON in the page.

(function () {
  const model = JSON.parse(document.getElementById("data").textContent);
  const count = (n, what) => `${n} ${what}${n === 1 ? "" : "s"}`;
  document.getElementById("extent").textContent = model.nights.length
    ? `${count(model.nights.length, "session")}, ${model.nights[0][0].slice(0, 10)} to ${model.nights[model.nights.length - 1][0].slice(0, 10)} · exit code ${model.exit}`
    : "no session yet";
  drawTrendVerdict(model);
  if (!model.classes.length) return;

  const classes = document.getElementById("class"), phases = document.getElementById("phase");
  let view = null, buttons = null, chosen = null;

  function select(id) {
    const series = view.series.find(each => each.id === id) || view.series[0];
    chosen = series.id;
    phases.value = series.id;
    for (const [phase, button] of buttons) button.setAttribute("aria-pressed", String(phase === series.id));
    document.getElementById("phase-title").textContent = series.phase;
    drawChart(model, view, series);
  }

  function show(i) {
    view = model.classes[i];
    phases.replaceChildren(...view.series.map(series => element("option", {value: series.id}, series.phase)));
    buttons = drawStrips(view, select);
    drawSteps(model, view, select);
    // What is new is what one has come to see; else the launch as a whole.
    const first = view.steps.find(step => step.state === "new");
    const launch = view.series.find(series => series.id.endsWith("launch"));
    select(chosen !== null && view.series.some(series => series.id === chosen) ? chosen : first ? first.id : launch ? launch.id : null);
  }

  classes.replaceChildren(...model.classes.map((each, i) => element("option", {value: i}, `${each.name}, ${each.metric}`)));
  classes.onchange = () => show(Number(classes.value));
  phases.onchange = () => select(phases.value);
  window.onresize = () => select(chosen);
  const decides = model.classes.findIndex(each => each.decides);
  classes.value = Math.max(0, decides);
  show(Math.max(0, decides));
}());
