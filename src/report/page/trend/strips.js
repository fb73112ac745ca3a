"use strict";

// A line for every phase, small, under each other.

function drawStrip(canvas, view, series) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth, height = canvas.clientHeight;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  const colour = name => getComputedStyle(canvas).getPropertyValue(name);
  const points = thinned(pointsOf(series), Math.max(1, width));
  const x = d3.scaleLinear([0, Math.max(1, view.nights.length - 1)], [2, width - 2]);
  const y = d3.scaleLinear(d3.extent(points, point => point[1]), [height - 3, 3]);
  pen.lineWidth = 1.2;
  pen.strokeStyle = colour("--now");
  pen.beginPath();
  for (const [i, value] of points) pen.lineTo(x(i), y(value));
  pen.stroke();
  for (const step of view.steps.filter(each => each.id === series.id)) {
    pen.strokeStyle = colour(step.state === "new" ? "--bad" : step.state === "faster" ? "--good" : "--faint");
    pen.beginPath();
    pen.moveTo(x(step.at - 0.5), 0);
    pen.lineTo(x(step.at - 0.5), height);
    pen.stroke();
  }
}

/** Draws a strip when it comes into sight, and gives the buttons by phase id. */
function drawStrips(view, select) {
  const buttons = new Map();
  const seen = new IntersectionObserver(entries => {
    for (const entry of entries.filter(each => each.isIntersecting)) {
      drawStrip(entry.target, view, entry.target.series);
      seen.unobserve(entry.target);
    }
  }, {rootMargin: "200px"});
  for (const series of view.series) {
    const canvas = element("canvas", {role: "img", "aria-label": `${series.phase} over the nights`});
    canvas.series = series;
    const last = pointsOf(series).pop();
    const button = element("button", {class: "strip", "aria-pressed": "false"}, element("span", {}, series.phase), canvas,
      element("span", {class: "faint"}, last ? valueText(last[1], view.metric) : "–"));
    button.onclick = () => select(series.id);
    buttons.set(series.id, button);
    seen.observe(canvas);
  }
  document.getElementById("strips").replaceChildren(...buttons.values());
  return buttons;
}
