"use strict";

// Puts the page together. Everything shown comes from the JSON in the page.

(function () {
  const model = JSON.parse(document.getElementById("data").textContent);

  document.getElementById("title").textContent = model.title;
  document.getElementById("session").textContent =
    [`session ${model.session}`, model.created.replace("T", " ").replace("Z", " UTC"), model.commit ? `commit ${model.commit.slice(0, 12)}` : "",
     model.nothing_judged ? "" : `exit code ${model.exit}`].filter(Boolean).join(" · ");
  drawVerdict(model);
  drawLevers(model.levers);
  drawSuggestions(model.suggestions);
  drawProfile(model.profile);

  function show(scenario) {
    const view = scenarioView(scenario);
    const shown = {metric: firstMetric(view), launch: null, phase: null};
    let chart = null, tree = null;

    const select = phase => {
      if (!phase) return;
      shown.phase = phase;
      if (chart) chart.mark(phase);
      if (tree) tree.mark(phase);
      drawDetail(view, phase, shown.metric);
    };
    // From outside the chart, where one does not see whether it is in sight.
    const reveal = phase => {
      select(phase);
      if (chart && phase) chart.reveal(phase);
    };
    const draw = () => {
      chart = view.phases.length ? drawTimeline(view, shown.metric, shown.launch, select) : null;
      fill("axis-text", axisText(view, shown.metric));
      if (chart && shown.phase) chart.mark(shown.phase);
    };
    const showMetric = metric => {
      shown.metric = metric;
      drawMetrics(view, metric, showMetric);
      draw();
      tree = drawPhases(view, metric, reveal);
      if (shown.phase) select(shown.phase);
    };

    fill("detail");
    document.getElementById("timeline").hidden = !view.phases.length;
    drawChoice(view, launch => { shown.launch = launch; draw(); });
    showMetric(shown.metric);
    drawSearch(view, phase => {
      select(phase);
      if (chart) chart.zoomTo(phase);
    });
    drawGates(view, (phase, metric) => {
      if (metric && metric !== shown.metric) showMetric(metric);
      reveal(phase);
    });
    drawFailures(view);
    drawLaunches(view);
    drawEnvironment(model, view);
    // What moved is what one has come to see.
    const culprit = firstCulprit(view);
    if (culprit) select(view.byId.get(culprit.phase));

    document.getElementById("zoom-in").onclick = () => chart.zoomBy(1.6);
    document.getElementById("zoom-out").onclick = () => chart.zoomBy(1 / 1.6);
    document.getElementById("zoom-phase").onclick = () => shown.phase && chart.zoomTo(shown.phase);
    document.getElementById("zoom-all").onclick = () => chart.all();
    window.onresize = () => chart && chart.redraw();
  }

  /** The mean, or one launch of each subject. */
  function drawChoice(view, draw) {
    const most = d3.max(view.subjects, subject => subject.launches.length) || 0;
    const least = d3.min(view.subjects, subject => subject.launches.length) || 0;
    const which = document.getElementById("which");
    which.parentElement.hidden = most < 2;
    which.replaceChildren(element("option", {value: "mean"}, "mean of all"),
      ...d3.range(least).map(i => element("option", {value: i}, "launch " + view.subjects.map(subject => subject.launches[i].number).join(" and "))));
    which.onchange = () => draw(which.value === "mean" ? null : Number(which.value));
  }

  const tabs = model.scenarios.map(scenario => element("button", {role: "tab", "aria-controls": "scenario", "aria-selected": "false"}, scenario.name));
  function choose(i) {
    tabs.forEach((tab, j) => {
      tab.setAttribute("aria-selected", String(i === j));
      tab.tabIndex = i === j ? 0 : -1;
    });
    show(model.scenarios[i]);
  }
  tabs.forEach((tab, i) => {
    tab.onclick = () => choose(i);
    tab.onkeydown = event => {
      const next = {"ArrowRight": i + 1, "ArrowLeft": i - 1}[event.key];
      if (tabs[next]) { choose(next); tabs[next].focus(); }
    };
  });
  fill("scenarios", tabs.length > 1 ? tabs : []);
  if (tabs.length) choose(0);
  else document.getElementById("scenario").hidden = true;
})();
