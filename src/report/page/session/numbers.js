"use strict";

// Numbers for people, as the rest of bootperf writes them.

function scaled(value, units) {
  const [size, unit] = units.find(([each]) => Math.abs(value) >= each) || units[units.length - 1];
  return (value / size).toPrecision(4).replace(/e.*/, "") + " " + unit;
}

/** Nanoseconds: "15.23 s". */
function duration(ns) {
  if (!Number.isFinite(ns)) return "–";
  return ns === 0 ? "0 s" : scaled(ns, [[1e9, "s"], [1e6, "ms"], [1e3, "µs"], [1, "ns"]]);
}

/** Counts: "2.579 G". */
function count(value) {
  if (!Number.isFinite(value)) return "–";
  return value < 1000 ? String(Math.round(value)) : scaled(value, [[1e9, "G"], [1e6, "M"], [1e3, "k"]]);
}

/** A share: "12.3 %". */
function percent(share) {
  if (!Number.isFinite(share)) return "–";
  const value = 100 * share;
  return (value !== 0 && Math.abs(value) < 0.1 ? value.toPrecision(2) : value.toFixed(1)).replace("-", "−") + " %";
}

/** A ratio as a change: "+4.1 %". */
function change(ratio) {
  return Number.isFinite(ratio) ? (ratio >= 1 ? "+" : "") + percent(ratio - 1) : "–";
}

/** A difference of times: "+304.2 ms". */
function signedDuration(ns) {
  return Number.isFinite(ns) ? (ns < 0 ? "−" : "+") + duration(Math.abs(ns)) : "–";
}

/** A difference of counts: "+28.71 M". */
function signedCount(value) {
  return (value < 0 ? "−" : "+") + count(Math.abs(value));
}

function valueText(metric, value) {
  return metric.time ? duration(value) : count(value);
}

/** The same beside an axis, where all that tells apart is wanted: "5 s", "2.5037 G". */
function tickText(metric, value) {
  const units = metric.time ? [[1e9, "s"], [1e6, "ms"], [1e3, "µs"], [1, "ns"]] : [[1e9, "G"], [1e6, "M"], [1e3, "k"], [1, ""]];
  const [size, unit] = units.find(([each]) => Math.abs(value) >= each) || [1, metric.time ? "s" : ""];
  return `${Number((value / size).toPrecision(7))} ${unit}`.trim();
}

/** What one sample comes to, nulls left out; undefined numbers for an empty one. */
function summarise(values) {
  const known = values.filter(value => value !== null);
  return {
    n: known.length,
    mean: d3.mean(known),
    median: d3.median(known),
    deviation: d3.deviation(known),
    minimum: d3.min(known),
    maximum: d3.max(known),
    logMean: d3.mean(known, value => Math.log(Math.max(value, 1))),
  };
}
