"use strict";

// What a bar of the timeline says beside it: where it moved, also where the bar is too narrow to say
// so itself; and all about a phase beside the pointer.

const calloutHeight = 34;

/** Below the bars, for each phase that moved by itself: an arrow, and its name and change where there is room. */
function drawCallouts(place, view, metric, culprits, x, width, select) {
  const first = firstCulprit(view);
  const inOrder = [...culprits].sort((a, b) => (b.phase.id === first.phase) - (a.phase.id === first.phase));
  const taken = [];
  const shown = inOrder.map(each => {
    const middle = (Math.max(0, x(each.start)) + Math.min(width, x(each.end))) / 2;
    const verdict = culpritVerdict(view, each.phase, metric);
    const {change} = gateOf(view, each.phase, metric);
    const text = fitted([`${each.phase.path} ${change}`, `${each.phase.name} ${change}`, change], width - 4, "strong");
    const room = textWidth(text, "strong"), left = keptInside(middle, room, width);
    const free = taken.every(other => left > other.right + 8 || left + room < other.left - 8);
    if (free) taken.push({left, right: left + room});
    return {...each, middle, verdict, left, text: free ? text : ""};
  });
  const marks = place.selectAll("g").data(shown, each => each.phase.index).join(enter => {
    const mark = enter.append("g").attr("data-callout", each => each.phase.id);
    mark.append("path");
    mark.append("text").attr("y", 26).attr("aria-hidden", "true");
    mark.on("click", function () { select(d3.select(this).datum().phase); });
    return mark;
  });
  marks.attr("class", each => "callout " + each.verdict);
  marks.select("path").attr("d", each => `M${each.middle},2l6,9h-12z`);
  marks.select("text").attr("x", each => each.left).text(each => each.text);
}

/** The phase, what it takes and how much of the boot that is, by each metric, and how it changed. */
function tooltipOf(view, metric, each) {
  const {phase, subject} = each;
  const share = by => shareOf(view, phase, subject, by);
  const lines = [phase.path, `${valueText(metric, each.end - each.start)}, from ${valueText(metric, each.start)}`];
  for (const by of [metric, ...view.metrics.filter(other => other !== metric && !other.missing)]) {
    const mean = meanOf(phase, subject, by);
    if (mean === undefined) continue;
    lines.push(`${by.name} ${valueText(by, mean)}${Number.isFinite(share(by)) ? `, ${percent(share(by))} of the boot` : ""}`);
  }
  for (const gate of gatesOf(view, phase).filter(gate => gate.change))
    lines.push(`${gate.metric ? gate.metric.name + " " : ""}${gate.verdict}: ${gate.change} ${gate.interval}`);
  const change = changeText(groupsOf(view, phase, metric), metric);
  if (!gateOf(view, phase, metric) && change) lines.push(`change ${change}, not judged`);
  return lines;
}
