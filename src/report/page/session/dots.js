"use strict";

// Distributions: every launch a dot, a line for the mean.

/** The range to draw samples in: never so narrow that noise looks like much. */
function rangeOf(groups, narrowest) {
  const values = groups.flatMap(group => group.values.filter(value => value !== null));
  const [low, high] = d3.extent(values);
  const middle = (low + high) / 2;
  const half = Math.max((high - low) / 2, middle * narrowest, 1) * 1.08;
  return [Math.max(0, middle - half), middle + half];
}

/** Dots of one row each for the groups, without axis: for a cell of a table. */
function smallDots(groups, width, height) {
  const svg = d3.create("svg").attr("width", width).attr("height", height).attr("aria-hidden", "true").attr("class", "dots");
  const x = d3.scaleLinear(rangeOf(groups, 0.005), [5, width - 5]);
  groups.forEach((group, row) => drawGroup(svg, group, x, height * (row + 0.5) / groups.length, height / groups.length, 2.2));
  return svg.node();
}

// Spread over the height of the row by their order, so that equal values stay apart.
function drawGroup(svg, group, x, y, room, radius) {
  const spread = Math.min(room / 2 - radius, 9);
  const known = group.values.map((value, i) => ({value, launch: group.launches[i]})).filter(each => each.value !== null);
  const mean = d3.mean(known, each => each.value);
  const place = i => known.length < 4 ? 0 : spread * (((i * 0.754878) % 1) * 2 - 1);
  svg.append("line").attr("class", "mean " + group.name)
    .attr("x1", x(mean)).attr("x2", x(mean)).attr("y1", y - room / 2 + 1).attr("y2", y + room / 2 - 1);
  return svg.append("g").selectAll("circle").data(known).join("circle")
    .attr("class", "dot " + group.name).attr("r", radius)
    .attr("cx", each => x(each.value)).attr("cy", (_, i) => y + place(i));
}

/** The same with names, an axis and a tooltip for each launch. */
function largeDots(groups, metric, width) {
  const row = 40, left = 74;
  const height = row * groups.length + 30;
  const text = groups.map(group => group.name + ": " + describe(group, metric)).join("; ");
  const svg = d3.create("svg").attr("viewBox", [0, 0, width, height]).attr("width", "100%").attr("class", "dots")
    .attr("role", "img").attr("aria-label", text);
  const x = d3.scaleLinear(rangeOf(groups, 0.002), [left, width - 34]).nice(5);
  svg.append("g").attr("class", "axis").attr("transform", `translate(0,${row * groups.length})`)
    .call(d3.axisBottom(x).ticks(Math.max(2, width / 130)).tickFormat(value => tickText(metric, value)).tickSizeInner(-row * groups.length));
  groups.forEach((group, i) => {
    const y = row * (i + 0.5);
    svg.append("text").attr("class", "name").attr("x", 0).attr("y", y).attr("dy", "0.35em").text(group.name);
    drawGroup(svg, group, x, y, row - 4, 4)
      .on("pointermove", function () {
        const each = d3.select(this).datum();
        const launch = each.launch ? "launch " + each.launch.number : "a launch of the baseline";
        showTooltip(eventOf(arguments[0]), [valueText(metric, each.value), launch, each.launch ? each.launch.started : ""].filter(Boolean));
      })
      .on("pointerleave", hideTooltip);
  });
  return svg.node();
}

function describe(group, metric) {
  const summary = summarise(group.values);
  const spread = summary.deviation === undefined ? "" : ` ± ${valueText(metric, summary.deviation)}`;
  return `${valueText(metric, summary.mean)}${spread}, ${summary.n} ${summary.n === 1 ? "launch" : "launches"}`;
}
