"use strict";

// The nights of one phase, as a line with its steps.

/** "812.3 ms", "15.05 s", "2.504 G": values come in milliseconds or millions of instructions. */
function valueText(value, metric) {
  const large = value >= 1000;
  const unit = metric === "wall" ? (large ? "s" : "ms") : (large ? "G" : "M");
  return `${(large ? value / 1000 : value).toPrecision(4)} ${unit}`;
}

function changeText(change) {
  return `${change < 0 ? "−" : "+"}${Math.abs(100 * change).toFixed(1)} %`;
}

/** At most two values a pixel, the smallest and the largest: what a line of more would look like. */
function thinned(points, pixels) {
  if (points.length <= 2 * pixels) return points;
  const kept = [];
  const width = points.length / pixels;
  for (let i = 0; i < pixels; ++i) {
    const part = points.slice(Math.floor(i * width), Math.floor((i + 1) * width));
    const least = d3.scan(part, (a, b) => a[1] - b[1]), most = d3.scan(part, (a, b) => b[1] - a[1]);
    kept.push(...d3.extent([least, most]).map(at => part[at]));
  }
  return kept;
}

/** The points [night, value] of a phase that was measured. */
function pointsOf(series) {
  const points = [];
  series.values.forEach((value, i) => { if (value !== null) points.push([i, value]); });
  return points;
}

function drawChart(model, view, series) {
  const place = document.getElementById("chart");
  const width = Math.max(280, place.clientWidth), height = 320;
  const margin = {left: 64, right: 14, top: 24, bottom: 28};
  const points = pointsOf(series);
  const steps = view.steps.filter(step => step.id === series.id);
  const night = i => model.nights[view.nights[Math.max(0, Math.min(view.nights.length - 1, Math.round(i)))]];
  const all = d3.scaleLinear([0, Math.max(1, view.nights.length - 1)], [margin.left, width - margin.right]);

  const svg = d3.create("svg").attr("class", "nights").attr("width", width).attr("height", height)
    .attr("role", "img").attr("aria-label", `${series.phase} over ${points.length} nights`);
  const clip = svg.append("clipPath").attr("id", "inside").append("rect");
  clip.attr("x", margin.left).attr("y", 0).attr("width", width - margin.left - margin.right).attr("height", height);
  const xAxis = svg.append("g").attr("class", "axis").attr("transform", `translate(0,${height - margin.bottom})`);
  const yAxis = svg.append("g").attr("class", "axis").attr("transform", `translate(${margin.left},0)`);
  const inside = svg.append("g").attr("clip-path", "url(#inside)");

  function draw(x) {
    const [first, last] = x.domain();
    const shown = points.filter(point => point[0] >= first - 1 && point[0] <= last + 1);
    const [least, most] = d3.extent(shown, point => point[1]);
    if (least === undefined) return;
    const room = (most - least || most || 1) * 0.06;
    const y = d3.scaleLinear([least - room, most + room], [height - margin.bottom, margin.top]);
    xAxis.call(d3.axisBottom(x).ticks(Math.max(2, width / 130)).tickFormat(i => Number.isInteger(i) ? night(i)[0].slice(0, 10) : ""));
    yAxis.call(d3.axisLeft(y).ticks(6).tickSize(-(width - margin.left - margin.right)).tickFormat(value => valueText(value, view.metric)));
    inside.selectAll("*").remove();
    for (const step of steps) {
      const at = x(step.at - 0.5), from = x(step.lastBefore), to = x(step.firstAfter);
      const mark = inside.append("g").attr("class", "step " + step.state);
      mark.append("rect").attr("x", from).attr("width", Math.max(2, to - from)).attr("y", margin.top).attr("height", height - margin.top - margin.bottom);
      mark.append("line").attr("x1", at).attr("x2", at).attr("y1", margin.top).attr("y2", height - margin.bottom);
      mark.append("text").attr("x", at).attr("y", margin.top - 8).attr("text-anchor", at > width - 80 ? "end" : "middle").text(changeText(step.change));
    }
    inside.append("path").attr("class", "value")
      .attr("d", d3.line()(thinned(shown, width).map(point => [x(point[0]), y(point[1])])));
    const dot = inside.append("circle").attr("class", "here").attr("r", 4).attr("visibility", "hidden");
    svg.on("pointermove", function (given) {
      const event = eventOf(given);
      const i = x.invert(event.clientX - this.getBoundingClientRect().left);
      const near = shown[Math.min(shown.length - 1, d3.bisector(point => point[0]).left(shown, i - 0.5))];
      dot.attr("cx", x(near[0])).attr("cy", y(near[1])).attr("visibility", "visible");
      const [created, commit, session] = night(near[0]);
      const beside = steps.filter(step => near[0] >= step.lastBefore && near[0] <= step.firstAfter);
      showTooltip(event, [valueText(near[1], view.metric), created.replace("T", " ").replace("Z", " UTC"), commit ? "commit " + commit : "no commit",
        "session " + session, ...beside.map(step => `${step.state} step ${changeText(step.change)}, ${step.commits || "no commits"}`)]);
    });
    svg.on("pointerleave", () => { dot.attr("visibility", "hidden"); hideTooltip(); });
  }

  const zoom = d3.zoom().scaleExtent([1, Math.max(1, view.nights.length / 10)])
    .translateExtent([[margin.left, 0], [width - margin.right, height]]).extent([[margin.left, 0], [width - margin.right, height]])
    .on("zoom", given => draw(eventOf(given).transform.rescaleX(all)));
  svg.call(zoom);
  draw(all);
  place.replaceChildren(svg.node());
  document.getElementById("zoom-all").onclick = () => svg.call(zoom.transform, d3.zoomIdentity);
}
