"use strict";

// The nights of one phase: a dot for each with the spread of its launches, the levels between its steps, and what
// counts as a step around each level. In percent of the first night.

function drawSteps(inside, steps, x, width, margin, height) {
  for (const step of steps) {
    const at = x(step.at - 0.5), from = x(step.lastBefore), to = x(step.firstAfter);
    const mark = inside.append("g").attr("class", "step " + step.cause.state);
    mark.append("rect").attr("x", from).attr("width", Math.max(2, to - from)).attr("y", margin.top).attr("height", height - margin.top - margin.bottom);
    mark.append("line").attr("x1", at).attr("x2", at).attr("y1", margin.top).attr("y2", height - margin.bottom);
    mark.append("text").attr("x", at).attr("y", margin.top - 8)
      .attr("text-anchor", at > width - 60 ? "end" : at < margin.left + 30 ? "start" : "middle").text(signedPercent(step.change));
  }
}

function drawLevels(inside, levels, series, x, y) {
  for (const level of levels) {
    const value = fromFirst(series, level.value), room = series.least * (1 + value);
    const from = x(level.from - 0.5), to = x(level.to + 0.5);
    inside.append("rect").attr("class", "tolerated").attr("x", from).attr("width", Math.max(1, to - from))
      .attr("y", y(value + room)).attr("height", y(value - room) - y(value + room));
    inside.append("line").attr("class", "level").attr("x1", from).attr("x2", to).attr("y1", y(value)).attr("y2", y(value));
  }
}

/** Dots with whiskers where there is room for them, else a line. */
function drawValues(inside, shown, series, x, y, width) {
  const drawn = thinned(shown, width);
  const ratio = point => fromFirst(series, point.value);
  if (shown.length > width / 5) {
    inside.append("path").attr("class", "spread").attr("d", d3.area().x(point => x(point.i))
      .y0(point => y((1 + ratio(point)) / (1 + point.spread) - 1)).y1(point => y((1 + ratio(point)) * (1 + point.spread) - 1))(drawn));
    inside.append("path").attr("class", "value").attr("d", d3.line().x(point => x(point.i)).y(point => y(ratio(point)))(drawn));
    return;
  }
  inside.append("path").attr("class", "value thin").attr("d", d3.line().x(point => x(point.i)).y(point => y(ratio(point)))(drawn));
  for (const point of shown) {
    const value = 1 + ratio(point);
    inside.append("line").attr("class", "whisker").attr("x1", x(point.i)).attr("x2", x(point.i))
      .attr("y1", y(value / (1 + point.spread) - 1)).attr("y2", y(value * (1 + point.spread) - 1));
    inside.append("circle").attr("class", "night").attr("r", 3).attr("cx", x(point.i)).attr("cy", y(value - 1));
  }
}

function drawAxes(xAxis, yAxis, x, y, view, width, margin) {
  const date = i => Number.isInteger(i) && view.nights[i] ? view.nights[i][0] : "";
  xAxis.call(d3.axisBottom(x).ticks(Math.max(2, width / 150)).tickFormat(date));
  const ticks = y.ticks(6);
  const digits = Math.max(0, Math.min(4, -Math.floor(Math.log10(100 * (ticks[1] - ticks[0]) + 1e-12))));
  yAxis.call(d3.axisLeft(y).tickValues(ticks).tickSize(-(width - margin.left - margin.right)).tickFormat(value => signedPercent(value, digits)));
}

/** Arrow keys go from night to night. */
function nextNight(key, at, points) {
  const moves = {ArrowLeft: at - 1, ArrowRight: at + 1, PageUp: at - 10, PageDown: at + 10, Home: 0, End: points.length - 1};
  return key in moves ? Math.max(0, Math.min(points.length - 1, moves[key])) : null;
}

function drawChart(view, series) {
  const place = document.getElementById("chart");
  const width = Math.max(240, place.clientWidth), height = width < 500 ? 260 : 320;
  const margin = {left: width < 500 ? 50 : 60, right: 14, top: 24, bottom: 28};
  const points = pointsOf(series);
  const steps = stepsIn(view, series), levels = levelsOf(view, series);
  const all = d3.scaleLinear([-0.5, Math.max(1, view.nights.length) - 0.5], [margin.left, width - margin.right]);
  let x = all, y = null, at = null;

  const svg = d3.create("svg").attr("class", "nights").attr("width", width).attr("height", height)
    .attr("tabindex", 0).attr("role", "application").attr("aria-roledescription", "chart").attr("aria-describedby", "chart-keys")
    .attr("aria-label", `${series.phase} over ${points.length} nights; arrow keys go from night to night`);
  svg.append("clipPath").attr("id", "inside").append("rect")
    .attr("x", margin.left).attr("y", 0).attr("width", width - margin.left - margin.right).attr("height", height);
  const xAxis = svg.append("g").attr("class", "axis").attr("aria-hidden", "true").attr("transform", `translate(0,${height - margin.bottom})`);
  const yAxis = svg.append("g").attr("class", "axis").attr("aria-hidden", "true").attr("transform", `translate(${margin.left},0)`);
  const inside = svg.append("g").attr("aria-hidden", "true").attr("clip-path", "url(#inside)");
  let here = null;

  function draw() {
    const [first, last] = x.domain();
    const shown = points.filter(point => point.i >= first - 1 && point.i <= last + 1);
    if (!shown.length) return;
    y = d3.scaleLinear(shownRange(series, shown), [height - margin.bottom, margin.top]);
    drawAxes(xAxis, yAxis, x, y, view, width, margin);
    inside.selectAll("*").remove();
    drawLevels(inside, levels, series, x, y);
    drawSteps(inside, steps, x, width, margin, height);
    drawValues(inside, shown, series, x, y, width);
    here = inside.append("circle").attr("class", "here").attr("r", 5).attr("visibility", "hidden");
  }

  function mark(i) {
    at = i;
    here.attr("cx", x(points[i].i)).attr("cy", y(fromFirst(series, points[i].value))).attr("visibility", "visible");
  }

  function leave() {
    here.attr("visibility", "hidden");
    hideTooltip();
  }

  svg.on("pointermove", function (given) {
    const event = eventOf(given);
    const wanted = x.invert(event.clientX - this.getBoundingClientRect().left);
    mark(Math.min(points.length - 1, d3.bisector(point => point.i).left(points, wanted - 0.5)));
    showTooltip(event, nightLines(view, series, points[at]));
  });
  svg.on("pointerleave", leave);
  svg.on("blur", leave);
  svg.on("keydown", function (given) {
    const event = eventOf(given);
    if (event.key === "Escape") return leave();
    const next = nextNight(event.key, at === null ? points.length : at, points);
    if (next === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const [first, last] = x.domain();
    if (points[next].i < first || points[next].i > last) svg.call(zoom.transform, d3.zoomIdentity);
    mark(next);
    const box = this.getBoundingClientRect();
    const lines = nightLines(view, series, points[next]);
    showTooltip({clientX: box.left + x(points[next].i), clientY: box.top + y(fromFirst(series, points[next].value))}, lines);
    document.getElementById("night").textContent = lines.join(", ");
  });

  const zoom = d3.zoom().scaleExtent([1, Math.max(1, view.nights.length / 10)])
    .translateExtent([[margin.left, 0], [width - margin.right, height]]).extent([[margin.left, 0], [width - margin.right, height]])
    .on("zoom", given => { x = eventOf(given).transform.rescaleX(all); draw(); });
  svg.call(zoom);
  draw();
  place.replaceChildren(svg.node());
  document.getElementById("zoom-all").onclick = () => svg.call(zoom.transform, d3.zoomIdentity);
}
