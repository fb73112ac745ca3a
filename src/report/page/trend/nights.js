"use strict";

// What a phase had in the nights of its class. Values come in milliseconds or millions of instructions
// and are ns and instructions here.

/** The nights in which a phase was measured: {i, value, spread}, the spread as a ratio − 1. */
function pointsOf(series) {
  if (!series.points) {
    series.points = [];
    series.values.forEach((value, i) => {
      if (value !== null) series.points.push({i, value: value * 1e6, spread: Math.expm1((series.spreads[i] || 0) / 1e5)});
    });
  }
  return series.points;
}

/** "15.23 s", "2.579 G" */
function shownValue(view, value) {
  return view.metric === "wall" ? duration(value) : count(value);
}

/** How far a value is from that of the first night, as a ratio − 1. */
function fromFirst(series, value) {
  return value / pointsOf(series)[0].value - 1;
}

/** "+4.1 %", "0 %": a ratio − 1 with as many digits as tell. */
function signedPercent(ratio, digits = 1) {
  const rounded = Number((100 * ratio).toFixed(digits));
  return `${rounded > 0 ? "+" : rounded < 0 ? "−" : ""}${Math.abs(rounded).toFixed(rounded === 0 ? 0 : digits)} %`;
}

/** The steps that show in a phase, with the state of their cause. */
function stepsIn(view, series) {
  return view.causes.flatMap(cause => cause.steps.filter(step => step.id === series.id).map(step => ({...step, cause})));
}

/** The levels between the steps of a phase: {from, to, value}, nights included. */
function levelsOf(view, series) {
  const points = pointsOf(series);
  const at = [...new Set(stepsIn(view, series).map(step => step.at))].sort((a, b) => a - b);
  const begins = [points[0].i, ...at];
  return begins.map((from, i) => {
    const to = i + 1 < begins.length ? begins[i + 1] - 1 : points[points.length - 1].i;
    const inside = points.filter(point => point.i >= from && point.i <= to);
    return {from, to, value: Math.exp(d3.mean(inside, point => Math.log(point.value)))};
  }).filter(level => Number.isFinite(level.value));
}

/** The range to draw, as ratios − 1: never narrower than what counts as a step on either side, so that noise looks
    like noise. */
function shownRange(series, points) {
  const first = pointsOf(series)[0].value;
  const spread = d3.median(points, point => point.spread);
  const [low, high] = d3.extent(points, point => point.value / first - 1);
  const middle = (low + high) / 2;
  const half = Math.max((high - low) / 2 + Math.min(spread, (high - low) / 2 + series.least), series.least * 1.25);
  return [middle - half * 1.08, middle + half * 1.08];
}

/** At most two points a pixel, the lowest and the highest: what a line of more would look like. */
function thinned(points, pixels) {
  if (points.length <= 2 * pixels) return points;
  const kept = [];
  const width = points.length / pixels;
  for (let i = 0; i < pixels; ++i) {
    const part = points.slice(Math.floor(i * width), Math.floor((i + 1) * width));
    const least = d3.scan(part, (a, b) => a.value - b.value), most = d3.scan(part, (a, b) => b.value - a.value);
    kept.push(...d3.extent([least, most]).map(at => part[at]));
  }
  return kept;
}

/** What is told of a night, a line each. */
function nightLines(view, series, point) {
  const [date, commits, sessions, launches] = view.nights[point.i];
  const beside = stepsIn(view, series).filter(step => point.i >= step.lastBefore && point.i <= step.firstAfter);
  return [`${date}: ${shownValue(view, point.value)}`, `${signedPercent(fromFirst(series, point.value), 2)} from the first night`,
    `launches vary by ${percent(point.spread)}; ${launches} ${launches === 1 ? "launch" : "launches"}`,
    commits ? `commit ${commits}` : "no commit", `session ${sessions}`,
    ...beside.map(step => `${step.cause.state} step ${signedPercent(step.change)}`)];
}

/** Every night of a phase in rows. */
function nightTable(view, series) {
  return table(["night", "value", "from the first", "spread", "launches", "commit"], pointsOf(series).map(point => {
    const [date, commits, , launches] = view.nights[point.i];
    return [date, shownValue(view, point.value), signedPercent(fromFirst(series, point.value), 2), percent(point.spread),
      String(launches), commits || "–"];
  }));
}
