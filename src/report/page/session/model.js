"use strict";

// Questions to the data of the page; src/report/page/session_model.h says what it holds.

/** The scenario with what the charts ask for again and again. */
function scenarioView(scenario) {
  const phases = scenario.phases.map((phase, index) => ({...phase, index, children: [], values: phase.values.map(withWork)}));
  for (const phase of phases) if (phase.parent !== null) phases[phase.parent].children.push(phase);
  const metrics = metricsOf(phases);
  const view = {...scenario, scenario, phases, metrics, places: new Map(), culprits: new Map(), byId: new Map(phases.map(phase => [phase.id, phase]))};
  view.counted = phases.some(phase => phase.values.some(values => values.instructions));
  for (const gate of scenario.check ? scenario.check.gates : []) gate.metric = judgedMetric(view, gate.waiting);
  return view;
}

// Work is what is executed outside delay loops, where it is known which these are.
function withWork(values) {
  const {instructions, spinning} = values;
  if (!instructions || !spinning) return values;
  return {...values, work: instructions.map((all, i) => all === null || spinning[i] === null ? null : all - spinning[i])};
}

/** What was decided about a phase by this metric. Work and waiting of a phase are judged apart. */
function gateOf(view, phase, metric) {
  return gatesOf(view, phase).find(gate => gate.metric === metric);
}

/** All that was decided about a phase. */
function gatesOf(view, phase) {
  return view.check ? view.check.gates.filter(gate => gate.phase === phase.id) : [];
}

const moved = gate => gate !== undefined && (gate.verdict === "regressed" || gate.verdict === "improved");

/** Where it moved: the gates of the deepest phases whose own tests say so. Those around them moved only with them. */
function culpritsOf(view, metric) {
  if (!view.culprits.has(metric)) {
    const gates = view.check ? view.check.gates.filter(gate => gate.metric === metric && moved(gate)) : [];
    const inside = (inner, gate) => inner.verdict === gate.verdict && inner.phase.startsWith(gate.phase + " > ");
    view.culprits.set(metric, gates.filter(gate => !gates.some(inner => inside(inner, gate))));
  }
  return view.culprits.get(metric);
}

/** The verdict of a phase that moved by itself, else "". */
function culpritVerdict(view, phase, metric) {
  const gate = culpritsOf(view, metric).find(each => each.phase === phase.id);
  return gate ? gate.verdict : "";
}

/** The gate that one has come to see: what the first finding says is slower, or faster. */
function firstCulprit(view) {
  const all = [false, true].map(waiting => judgedMetric(view, waiting)).filter(Boolean).flatMap(metric => culpritsOf(view, metric));
  const first = view.check && view.check.findings.find(finding => finding.verdict === "regressed" || finding.verdict === "improved");
  const inside = gate => first && gate.verdict === first.verdict && (gate.phase + " > ").startsWith(first.phase + " > ");
  return all.find(inside) || all.find(gate => gate.verdict === "regressed") || all[0];
}

/** The samples of a phase to draw beside each other: [{name, values, launches}]. */
function groupsOf(view, phase, metric) {
  const groups = view.subjects.map((subject, i) => ({
    name: view.subjects.length > 1 ? subject.name : "now",
    values: phase.values[i][metric.id] || [],
    launches: subject.launches,
  }));
  const before = metric.id === "waiting" ? phase.baseline_waiting : metric === judgedMetric(view, false) ? phase.baseline : null;
  if (view.check && before && before.length) groups.unshift({name: "baseline", values: before, launches: []});
  // Baselines hold 1 where a launch counted 0: a logarithm is taken of them.
  return groups.some(each => each.values.some(value => value > 1)) ? groups.filter(each => each.values.some(value => value !== null)) : [];
}

/** Ratio of the geometric means of the last two groups, by whatever is there; NaN for one group, or where there was nothing. */
function ratioOf(groups) {
  if (groups.length < 2) return NaN;
  const [before, now] = groups.slice(-2).map(group => summarise(group.values));
  return before.mean > 1 && now.mean > 1 ? Math.exp(now.logMean - before.logMean) : NaN;
}

/** How the last group differs from the one before it: "+4.1 %", and of waiting, which may be none, "+304.2 ms"; "" for one group. */
function changeText(groups, metric) {
  if (groups.length < 2) return "";
  if (metric.id !== "waiting") return Number.isFinite(ratioOf(groups)) ? change(ratioOf(groups)) : "";
  const [before, now] = groups.slice(-2).map(group => d3.mean(group.values.filter(value => value !== null)));
  return signedDuration(now - before);
}

/** The mean over the launches of a subject that measured it; undefined where none did. */
function meanOf(phase, subject, metric) {
  return d3.mean((phase.values[subject][metric.id] || []).filter(value => value !== null));
}

/** The share of a phase in the whole boot, by the means of a subject; NaN where there is none. */
function shareOf(view, phase, subject, metric) {
  const whole = meanOf(view.phases[0], subject, metric);
  return whole > 0 ? meanOf(phase, subject, metric) / whole : NaN;
}

/** The hue of a phase: that of the stage of the boot it belongs to. */
function stageOf(view, phase) {
  for (let each = phase; each; each = each.parent === null ? null : view.phases[each.parent]) {
    const stage = stageNumber(each.id);
    if (stage >= 0) return "stage-" + stage;
  }
  return "spine";
}

const stages = ["supermin:build", "qemu:feature-detect", "qemu:overhead", "bios:overhead", "seabios",
                "firmware and kernel", "kernel:overhead", "supermin:mini-initrd", "/init", "guestfsd",
                "shutdown", "close"];

const stageNumber = id => stages.indexOf(id.split(" > ").pop());
