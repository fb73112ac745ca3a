"use strict";

// Where a phase lies along the axis of a metric. Of wall time the launches say it. Of what was
// counted they say how much, and in which order: a phase begins where what came before it ends.

/** For each launch of a subject the places of all phases by index: {start, end}, or undefined where not measured. */
function placesOf(view, subject, metric) {
  const key = subject + " " + metric.id;
  if (!view.places.has(key))
    view.places.set(key, view.subjects[subject].launches.map((_, launch) => placesIn(view, subject, metric, launch)));
  return view.places.get(key);
}

function placesIn(view, subject, metric, launch) {
  const amount = phase => amountOf(phase, subject, metric, launch);
  const timed = phase => {
    const start = phase.values[subject].start[launch], wall = phase.values[subject].wall[launch];
    return start === null || wall === null ? null : {start, end: start + wall};
  };
  if (metric.id === "wall") return view.phases.map(phase => timed(phase) || undefined);
  const places = [];
  const place = (phase, start) => {
    const whole = amount(phase);
    places[phase.index] = {start, end: start + whole};
    const inside = phase.children.filter(child => child.kind === "" && amount(child) !== null);
    const rest = Math.max(0, whole - d3.sum(inside, amount));
    const gaps = gapsOf(timed(phase), inside.map(timed));
    let at = start;
    inside.forEach((child, i) => {
      at += rest * gaps[i];
      place(child, at);
      at += amount(child);
    });
  };
  for (const phase of view.phases) if (phase.parent === null && amount(phase) !== null) place(phase, 0);
  return places;
}

const amountOf = (phase, subject, metric, launch) => {
  const values = phase.values[subject][metric.id];
  return values ? values[launch] : null;
};

// The share of each gap before, between and behind the children in all of them, by time; all of it
// behind them where there is none.
function gapsOf(whole, inside) {
  const gaps = [];
  let at = whole ? whole.start : null;
  for (const child of [...inside, whole && {start: whole.end, end: whole.end}]) {
    gaps.push(child && at !== null ? Math.max(0, child.start - at) : 0);
    if (child) at = child.end;
  }
  const all = d3.sum(gaps);
  return all > 0 ? gaps.map(gap => gap / all) : gaps.map((_, i) => i === gaps.length - 1 ? 1 : 0);
}

/** The span of a phase in one launch of a subject, or the mean over them; null where not measured. */
function spanOf(view, phase, subject, launch, metric) {
  const places = placesOf(view, subject, metric);
  if (launch !== null) return places[launch][phase.index] || null;
  const known = places.map(each => each[phase.index]).filter(Boolean);
  return known.length ? {start: d3.mean(known, each => each.start), end: d3.mean(known, each => each.end)} : null;
}

/** All that a timeline of a subject draws. "(other)" is what is left over: it has no place of its own. */
function spansOf(view, subject, launch, metric) {
  return view.phases
    .filter(phase => phase.kind === "")
    .map(phase => ({phase, subject, span: spanOf(view, phase, subject, launch, metric)}))
    // A phase that takes no time is a moment; one that executes nothing, or does not wait, is nothing.
    .filter(({span}) => span !== null && (metric.id === "wall" || span.end > span.start))
    .map(({phase, span}) => ({phase, subject, ...span}));
}
