"use strict";

// The boot as nested bars along the axis of a metric, subjects one above the other, zoomed together.

const barHeight = 24;
const trackGap = 30;

/** Draws into #chart. Calls select(phase) for a click; returns {zoomTo, reveal, zoomBy, all, mark, redraw}. */
function drawTimeline(view, metric, launch, select) {
  const tracks = view.subjects.map((subject, i) => ({subject, spans: spansOf(view, i, launch, metric)}));
  const spans = tracks.flatMap(track => track.spans);
  // What moved, moved in the last one: those above are what it is compared with.
  const last = tracks.length ? tracks[tracks.length - 1] : {spans: []};
  const culprits = last.spans.filter(each => culpritVerdict(view, each.phase, metric));
  const end = d3.max(spans, each => each.end) || 1;
  const depth = (d3.max(spans, each => each.phase.depth) || 0) + 1;
  const calloutRoom = culprits.length ? calloutHeight : 0;
  const height = 26 + tracks.length * (depth * barHeight + trackGap) + calloutRoom;
  const state = {selected: null, transform: d3.zoomIdentity};

  const width = () => Math.max(240, document.getElementById("chart").clientWidth);
  const base = () => d3.scaleLinear([0, end], [0, width()]);
  const svg = d3.select("#chart").html("").append("svg")
    .attr("class", "timeline").attr("height", height).attr("width", "100%")
    .attr("tabindex", 0).attr("role", "application")
    .attr("aria-label", `Timeline of the boot by ${metric.name}. Arrow keys go from phase to phase, Enter zooms in, plus and minus zoom, 0 shows the whole boot.`);
  const axis = svg.append("g").attr("class", "axis").attr("transform", "translate(0,22)");
  const layers = tracks.map((track, i) => {
    const top = 30 + i * (depth * barHeight + trackGap);
    const layer = svg.append("g").attr("transform", `translate(0,${top})`);
    layer.append("text").attr("class", "track").attr("y", 13).text(trackName(view, track.subject, launch));
    if (!track.spans.length) layer.append("text").attr("y", 40).text(`No ${metric.name} at all was measured here.`);
    return {track, bars: layer.append("g").attr("transform", "translate(0,20)")};
  });
  const callouts = svg.append("g").attr("class", "callouts").attr("transform", `translate(0,${height - calloutRoom - 6})`);

  function redraw() {
    const x = state.transform.rescaleX(base());
    axis.call(d3.axisTop(x).ticks(Math.max(3, width() / 110)).tickFormat(value => tickText(metric, value)).tickSizeInner(-height));
    // The edges would cut these off.
    axis.selectAll(".tick text").attr("text-anchor", value => x(value) < 34 ? "start" : x(value) > width() - 34 ? "end" : "middle");
    for (const {track, bars} of layers) {
      const seen = track.spans.filter(each => x(each.end) > 0 && x(each.start) < width());
      const judged = track === last;
      bars.selectAll("g.phase").data(seen, each => each.phase.index)
        .join(enter => addBars(enter, view, metric, select, zoomTo, judged))
        .each(function (each) { placeBar(d3.select(this), view, metric, each, x, width(), state.selected, judged); });
    }
    drawCallouts(callouts, view, metric, culprits.filter(each => x(each.end) > 0 && x(each.start) < width()), x, width(), select);
  }

  const zoom = d3.zoom().scaleExtent([1, 5000])
    .filter(function () {
      const event = eventOf(arguments[0]);
      // The wheel scrolls the page until the chart was clicked or chosen with the keyboard.
      if (event.type === "wheel") return event.ctrlKey || document.activeElement === svg.node();
      return !event.button;
    })
    .on("zoom", function () {
      state.transform = eventOf(arguments[0]).transform;
      redraw();
    });
  const fit = () => zoom.extent([[0, 0], [width(), height]]).translateExtent([[0, 0], [width(), height]]);
  fit();
  svg.call(zoom).on("dblclick.zoom", null).style("touch-action", "pan-y");
  svg.on("pointerdown.focus", () => svg.node().focus({preventScroll: true}));

  const spanOfPhase = phase => last.spans.find(each => each.phase === phase) || spans.find(each => each.phase === phase);
  const centre = each => svg.call(zoom.translateTo, base()((each.start + each.end) / 2), height / 2);
  const zoomTo = each => {
    svg.call(zoom.scaleTo, Math.min(5000, 0.9 * end / Math.max(each.end - each.start, end / 5000)));
    centre(each);
  };
  // To what is selected, while that is only a part of what one sees.
  const zoomBy = factor => {
    const at = spanOfPhase(state.selected), x = state.transform.rescaleX(base());
    svg.call(zoom.scaleBy, factor);
    if (at && factor > 1 && x(at.end) - x(at.start) < width()) centre(at);
  };
  const reveal = phase => {
    const at = spanOfPhase(phase), x = state.transform.rescaleX(base());
    if (at && (x(at.end) < 0 || x(at.start) > width() || x(at.end) - x(at.start) < 3)) zoomTo(at);
  };
  const all = () => svg.call(zoom.transform, d3.zoomIdentity);
  const mark = phase => { state.selected = phase; redraw(); };
  svg.on("keydown", function () {
    timelineKey(eventOf(arguments[0]), {view, state, spans: last.spans, select, zoomTo, zoomBy, all, svg, zoom});
  });
  redraw();
  return {zoomTo: phase => spanOfPhase(phase) && zoomTo(spanOfPhase(phase)), reveal, zoomBy, all, mark, redraw: () => { fit(); redraw(); }};
}

function trackName(view, subject, launch) {
  const name = view.subjects.length > 1 ? subject.title + ", " : "";
  const failed = subject.launches.every(each => !each.ok) ? ", which failed" : "";
  if (launch !== null || subject.launches.length === 1)
    return `${name}launch ${subject.launches[launch || 0].number}${failed}`;
  return `${name}mean of ${subject.launches.length} launches`;
}

function addBars(enter, view, metric, select, zoomTo, judged) {
  const bar = enter.append("g")
    .attr("class", each => `phase ${stageOf(view, each.phase)} ${judged ? culpritVerdict(view, each.phase, metric) : ""}`)
    .attr("data-phase", each => each.phase.id);
  bar.append("rect").attr("rx", 3).attr("height", barHeight - 3);
  bar.append("text").attr("dy", 15).attr("aria-hidden", "true");
  const datum = node => d3.select(node).datum();
  bar.on("click", function () { select(datum(this).phase); })
    .on("dblclick", function () { zoomTo(datum(this)); })
    .on("pointermove", function () { showTooltip(eventOf(arguments[0]), tooltipOf(view, metric, datum(this))); })
    .on("pointerleave", hideTooltip);
  return bar;
}

function placeBar(bar, view, metric, each, x, width, selected, judged) {
  const left = Math.max(-4, x(each.start)), right = Math.min(width + 4, x(each.end));
  const room = right - left;
  bar.attr("transform", `translate(${left},${each.phase.depth * barHeight})`)
    .classed("selected", selected === each.phase);
  bar.select("rect").attr("width", Math.max(1, room - 1));
  const inset = Math.max(6, 6 - left);
  const verdict = judged ? culpritVerdict(view, each.phase, metric) : "";
  const {name} = each.phase, value = valueText(metric, each.end - each.start);
  const marked = verdict ? `${sign(verdict)} ${name} ${gateOf(view, each.phase, metric).change}` : name;
  const weight = verdict ? "strong" : "plain";
  // To the edge of the window, and not of the bar, where that is cut off there.
  const texts = room - inset < 10 ? [""] : [`${marked}  ${value}`, marked, name];
  bar.select("text").attr("x", inset).text(fitted(texts, Math.min(right, width) - left - inset - 4, weight));
}

/** The phase around, that inside, or those beside the selected one. */
function timelineKey(event, chart) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const {state, spans, select} = chart;
  const at = spans.find(each => each.phase === state.selected);
  const step = {
    "ArrowRight": () => sibling(spans, at, 1), "ArrowLeft": () => sibling(spans, at, -1),
    "ArrowUp": () => spans.find(each => at && each.phase.index === at.phase.parent),
    "ArrowDown": () => at ? spans.find(each => each.phase.parent === at.phase.index) : spans[0],
  }[event.key];
  const act = {
    "Enter": () => at && chart.zoomTo(at), "+": () => chart.zoomBy(1.6), "=": () => chart.zoomBy(1.6),
    "-": () => chart.zoomBy(1 / 1.6), "0": chart.all,
    "PageUp": () => chart.svg.call(chart.zoom.translateBy, 120, 0), "PageDown": () => chart.svg.call(chart.zoom.translateBy, -120, 0),
  }[event.key];
  if (!step && !act) return;
  event.preventDefault();
  if (act) act();
  const next = step && (step() || (at ? null : spans[0]));
  if (next) select(next.phase);
}

function sibling(spans, at, by) {
  if (!at) return spans[0];
  const row = spans.filter(each => each.phase.parent === at.phase.parent).sort((a, b) => a.start - b.start);
  return row[row.indexOf(at) + by];
}
