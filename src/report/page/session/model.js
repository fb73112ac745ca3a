"use strict";

// Questions to the data of the page; src/report/page/session_model.h says what it holds.

const timeNs = phase => phase.values.map(values => d3.mean(values.wall.filter(value => value !== null)));

/** The scenario with what the charts ask for again and again. */
function scenarioView(scenario) {
  const verdicts = new Map();
  // Work and waiting of a phase are judged apart: its bar shows the one that says most.
  const weight = gate => ["pass", "improved", "inconclusive", "not measured", "regressed"].indexOf(gate.verdict);
  for (const gate of scenario.check ? scenario.check.gates : [])
    if (!verdicts.has(gate.phase) || weight(gate) > weight(verdicts.get(gate.phase))) verdicts.set(gate.phase, gate);
  const phases = scenario.phases.map((phase, index) => ({...phase, index, children: [], gate: verdicts.get(phase.id)}));
  for (const phase of phases) if (phase.parent !== null) phases[phase.parent].children.push(phase);
  const counted = phases.some(phase => phase.values.some(values => values.instructions));
  return {...scenario, phases, counted, metrics: counted ? ["wall", "instructions"] : ["wall"]};
}

/** The samples of a phase to draw beside each other: [{name, values, launches}]. */
function groupsOf(view, phase, metric) {
  const groups = view.subjects.map((subject, i) => ({
    name: view.subjects.length > 1 ? subject.name : "now",
    values: phase.values[i][metric] || [],
    launches: subject.launches,
  }));
  if (phase.baseline && phase.baseline.length && view.check && view.check.metric === metric)
    groups.unshift({name: "baseline", values: phase.baseline, launches: []});
  // Baselines hold 1 where a launch counted 0: a logarithm is taken of them.
  return groups.filter(group => group.values.some(value => value > 1));
}

/** The span of a phase in one launch of a subject, or the mean over them; null where not measured. */
function spanOf(phase, subject, launch) {
  const {start, wall} = phase.values[subject];
  if (launch !== null)
    return start[launch] === null ? null : {start: start[launch], end: start[launch] + wall[launch]};
  const known = start.map((_, i) => i).filter(i => start[i] !== null);
  if (!known.length) return null;
  const begin = d3.mean(known, i => start[i]);
  return {start: begin, end: begin + d3.mean(known, i => wall[i])};
}

/** All that a timeline of a subject draws. "(other)" is what is left over: it has no place of its own. */
function spansOf(view, subject, launch) {
  return view.phases
    .filter(phase => phase.kind === "")
    .map(phase => ({phase, span: spanOf(phase, subject, launch)}))
    .filter(each => each.span !== null)
    .map(({phase, span}) => ({phase, ...span}));
}

/** The verdict of a phase when it moved, else "". */
function moved(phase) {
  const verdict = phase.gate ? phase.gate.verdict : "";
  return verdict === "regressed" || verdict === "improved" ? verdict : "";
}

/** Ratio of the geometric means of the last two groups, by whatever is there; NaN for one group. */
function ratioOf(groups) {
  if (groups.length < 2) return NaN;
  const [before, now] = groups.slice(-2).map(group => summarise(group.values));
  return Math.exp(now.logMean - before.logMean);
}

/** The hue of a phase: that of the stage of the boot it belongs to. */
function stageOf(view, phase) {
  const stages = ["supermin:build", "qemu:feature-detect", "qemu:overhead", "bios:overhead", "seabios",
                  "firmware and kernel", "kernel:overhead", "supermin:mini-initrd", "/init", "guestfsd",
                  "shutdown", "close"];
  for (let each = phase; each; each = each.parent === null ? null : view.phases[each.parent]) {
    const stage = stages.indexOf(each.id.split(" > ").pop());
    if (stage >= 0) return "stage-" + stage;
  }
  return "spine";
}
