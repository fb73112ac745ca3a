"use strict";

// What bars, dots and labels speak of: one metric at a time, by default what was judged.

const everyMetric = [
  {id: "wall", name: "time", title: "Wall time", time: true,
   axis: "Bars are wall time, and begin when their phases begin."},
  {id: "work", name: "work", title: "Work", time: false,
   axis: "Bars are instructions that the guest executed outside delay loops, and begin where those of their phases begin"},
  {id: "instructions", name: "instructions", title: "Instructions", time: false,
   axis: "Bars are instructions that the guest executed, delay loops among them, and begin where those of their phases begin"},
  {id: "waiting", name: "waiting", title: "Waiting", time: true,
   axis: "Bars are the time for which the guest was halted, waiting for a timer of its own, and begin where the waiting of their phases begins"},
  {id: "spinning", name: "spinning", title: "Spinning", time: false,
   axis: "Bars are instructions inside delay loops, and begin where those of their phases begin"},
];

/** Of "work" and "instructions" only the one that these launches have: {…metric, missing: why it cannot be shown, or ""}. */
function metricsOf(phases) {
  const has = id => phases.some(phase => phase.values.some(values => values[id] && values[id].some(value => value !== null)));
  const counted = has("instructions");
  const missing = id => has(id) ? "" : id === "wall" ? "these launches do not say how long they took"
    : counted ? "these launches were counted without it" : "these launches were not counted (bootperf run --mode counted)";
  return everyMetric.filter(({id}) => id !== (counted && !has("work") ? "work" : "instructions"))
    .map(metric => ({...metric, missing: missing(metric.id)}));
}

/** What a gate was judged by, as far as these launches have it. */
function judgedMetric(view, waiting) {
  const {check, mode} = view.scenario;
  const counted = check ? check.metric === "instructions" : mode === "counted";
  const ids = waiting ? ["waiting"] : counted ? ["work", "instructions"] : ["wall"];
  return view.metrics.find(metric => ids.includes(metric.id) && !metric.missing);
}

/** What the page begins with: what was judged, and of that what the first finding moved by. */
function firstMetric(view) {
  const culprit = firstCulprit(view);
  return (culprit && culprit.metric) || judgedMetric(view, false) || view.metrics.find(metric => !metric.missing) || view.metrics[0];
}

/** The switch, and below it why a metric cannot be chosen. Calls choose(metric). */
function drawMetrics(view, chosen, choose) {
  fill("metric", element("legend", {}, "Show"), view.metrics.map(metric => {
    const input = element("input", {type: "radio", name: "metric", value: metric.id, checked: metric === chosen,
                                    disabled: Boolean(metric.missing), "aria-describedby": metric.missing ? "metric-missing" : null});
    input.addEventListener("change", () => choose(metric));
    return element("label", {title: metric.missing || null}, input, element("span", {}, metric.name));
  }));
  const reasons = [...new Set(view.metrics.map(metric => metric.missing))].filter(Boolean);
  fill("metric-missing", reasons.map(reason =>
    element("span", {}, `No ${listed(view.metrics.filter(metric => metric.missing === reason).map(metric => metric.name))}: ${reason}. `)));
}

const listed = names => names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names[names.length - 1]}`;

/** What is seen, in a sentence below the chart. */
function axisText(view, metric) {
  const between = metric.id === "wall" ? "" : "; what no phase covers is spread over the gaps between them by their time.";
  const judged = [judgedMetric(view, false), judgedMetric(view, true)].filter(Boolean);
  const gates = view.scenario.check ? view.scenario.check.gates.filter(gate => gate.change) : [];
  const unjudged = gates.length && !gates.some(gate => gate.metric === metric)
    ? ` Not judged by ${metric.name}, but by ${judged.map(each => each.name).join(" and ")}.` : "";
  return metric.axis + between + unjudged;
}
