"use strict";

// Puts the page together. Everything shown comes from the JSON in the page.

(function () {
  const model = JSON.parse(document.getElementById("data").textContent);
  // What is open comes first, then what decides.
  const rank = view => view.causes.some(cause => cause.state === "open") ? 0 : view.decides ? 1 : view.metricDecides ? 2 : 3;
  model.classes.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  const amount = (n, what) => `${n} ${what}${n === 1 ? "" : "s"}`;
  const dates = model.classes.flatMap(view => [view.nights[0][0], view.nights[view.nights.length - 1][0]]).sort();
  document.getElementById("extent").textContent = dates.length
    ? `${amount(model.sessions, "session")}, ${dates[0]} to ${dates[dates.length - 1]} · exit code ${model.exit}`
    : "no session yet";

  const classes = document.getElementById("class"), phases = document.getElementById("phase");
  const nights = document.getElementById("table");
  let view = null, mark = null, chosen = null;

  function drawTable() {
    if (nights.open) fill("rows", nightTable(view, view.series.find(each => each.id === chosen)));
    else document.getElementById("rows").replaceChildren();
  }

  function select(id) {
    const series = view.series.find(each => each.id === id) || view.series[0];
    chosen = series.id;
    phases.value = series.id;
    mark(series.id);
    document.getElementById("phase-title").textContent = series.phase;
    document.getElementById("least").textContent =
      `${series.gated ? "Gated" : "Not gated"}: a step is what changes it by ${percent(series.least)} or more.`;
    document.getElementById("night").textContent = "";
    drawChart(view, series);
    drawTable();
  }

  function describe() {
    const keys = Object.entries(view.keys).concat([["metric", view.metric], ["--class", view.id]]);
    fill("keys", table([], keys, {class: "keys"}));
    document.getElementById("class-facts").textContent = [amount(view.nights.length, "night"),
      !view.metricDecides ? "advisory only" : view.ended ? "ended" : view.decides ? "decides" : "decides nothing yet",
      view.notMeasured].filter(Boolean).join(", ");
  }

  function show(i, id) {
    view = model.classes[i];
    classes.value = i;
    classes.title = view.id;
    phases.replaceChildren(...view.series.map(series => element("option", {value: series.id}, series.phase)));
    mark = drawTree(view, select);
    drawCauses(model, view, selectAndGo);
    describe();
    // What is open is what one has come to see; else the launch as a whole.
    const open = view.causes.find(cause => cause.state === "open");
    const launch = view.series.find(series => series.id.endsWith("launch"));
    const wanted = id || (chosen !== null && view.series.some(series => series.id === chosen) ? chosen : null);
    select(wanted || (open ? open.named : launch ? launch.id : null));
  }

  function selectAndGo(id) {
    select(id);
    document.getElementById("chart-card").scrollIntoView({block: "nearest"});
  }

  drawTrendVerdict(model, (i, id) => { show(i, id); selectAndGo(id); });
  if (!model.classes.length) {
    document.querySelectorAll("main > section:not(#verdict)").forEach(section => { section.hidden = true; });
    return;
  }
  classes.replaceChildren(...model.classes.map((each, i) => element("option", {value: i}, each.name)));
  classes.onchange = () => show(Number(classes.value));
  phases.onchange = () => select(phases.value);
  nights.ontoggle = drawTable;
  let width = window.innerWidth;
  window.onresize = () => {
    if (window.innerWidth !== width) show(Number(classes.value), chosen); // not for a phone's address bar
    width = window.innerWidth;
  };
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show(Number(classes.value), chosen));
  show(0);
}());
