"use strict";

// The boot as nested bars over time, subjects one above the other, zoomed together.

const barHeight = 24;
const trackGap = 30;

/** Draws into #chart. Calls select(phase) for a click; returns {zoomTo, zoomBy, all, mark, redraw}. */
function drawTimeline(view, launch, select) {
  const tracks = view.subjects.map((subject, i) => ({subject, spans: spansOf(view, i, launch)}));
  const spans = tracks.flatMap(track => track.spans);
  const end = d3.max(spans, each => each.end) || 1;
  const depth = (d3.max(spans, each => each.phase.depth) || 0) + 1;
  const height = 26 + tracks.length * (depth * barHeight + trackGap);
  const state = {selected: null, transform: d3.zoomIdentity};

  const width = () => Math.max(280, document.getElementById("chart").clientWidth);
  const base = () => d3.scaleLinear([0, end], [0, width()]);
  const svg = d3.select("#chart").html("").append("svg")
    .attr("class", "timeline").attr("height", height).attr("width", "100%")
    .attr("tabindex", 0).attr("role", "application")
    .attr("aria-label", "Timeline of the boot. Arrow keys go from phase to phase, Enter zooms in, plus and minus zoom, 0 shows the whole boot.");
  const axis = svg.append("g").attr("class", "axis").attr("transform", "translate(0,22)");
  const layers = tracks.map((track, i) => {
    const top = 30 + i * (depth * barHeight + trackGap);
    const layer = svg.append("g").attr("transform", `translate(0,${top})`);
    layer.append("text").attr("class", "track").attr("y", 13).text(trackName(view, track.subject, launch));
    return {track, bars: layer.append("g").attr("transform", "translate(0,20)")};
  });

  function redraw() {
    const x = state.transform.rescaleX(base());
    axis.call(d3.axisTop(x).ticks(Math.max(3, width() / 110)).tickFormat(value => tickText("wall", value)).tickSizeInner(-height));
    // The edges would cut these off.
    axis.selectAll(".tick text").attr("text-anchor", value => x(value) < 20 ? "start" : x(value) > width() - 20 ? "end" : "middle");
    for (const {track, bars} of layers) {
      const seen = track.spans.filter(each => x(each.end) > 0 && x(each.start) < width());
      // What moved, moved in the last one: those above are what it is compared with.
      const judged = track === tracks[tracks.length - 1];
      bars.selectAll("g.phase").data(seen, each => each.phase.index)
        .join(enter => addBars(enter, view, select, zoomTo, judged))
        .each(function (each) { placeBar(d3.select(this), each, x, width(), state.selected, judged); });
    }
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

  const apply = transform => svg.call(zoom.transform, transform);
  const zoomBy = factor => svg.call(zoom.scaleBy, factor);
  const zoomTo = each => {
    const scale = Math.min(5000, 0.9 * end / Math.max(each.end - each.start, end / 5000));
    apply(d3.zoomIdentity.translate(width() / 2, 0).scale(scale).translate(-base()((each.start + each.end) / 2), 0));
  };
  const all = () => apply(d3.zoomIdentity);
  const mark = phase => { state.selected = phase; redraw(); };
  svg.on("keydown", function () {
    timelineKey(eventOf(arguments[0]), {view, state, spans: tracks.length ? tracks[tracks.length - 1].spans : [], select, zoomTo, zoomBy, all, svg, zoom});
  });
  redraw();
  return {zoomTo, zoomBy, all, mark, redraw: () => { fit(); redraw(); }};
}

function trackName(view, subject, launch) {
  const name = view.subjects.length > 1 ? subject.title + ", " : "";
  const failed = subject.launches.every(each => !each.ok) ? ", which failed" : "";
  if (launch !== null || subject.launches.length === 1)
    return `${name}launch ${subject.launches[launch || 0].number}${failed}`;
  return `${name}mean of ${subject.launches.length} launches`;
}

function addBars(enter, view, select, zoomTo, judged) {
  const bar = enter.append("g").attr("class", each => `phase ${stageOf(view, each.phase)} ${judged ? moved(each.phase) : ""}`)
    .attr("data-phase", each => each.phase.id);
  bar.append("rect").attr("rx", 3).attr("height", barHeight - 3);
  bar.append("text").attr("dy", 15).attr("aria-hidden", "true");
  const datum = node => d3.select(node).datum();
  bar.on("click", function () { select(datum(this).phase); })
    .on("dblclick", function () { zoomTo(datum(this)); })
    .on("pointermove", function () { showTooltip(eventOf(arguments[0]), tooltipOf(datum(this))); })
    .on("pointerleave", hideTooltip);
  return bar;
}

function placeBar(bar, each, x, width, selected, judged) {
  const left = Math.max(-4, x(each.start)), right = Math.min(width + 4, x(each.end));
  const room = right - left;
  bar.attr("transform", `translate(${left},${each.phase.depth * barHeight})`)
    .classed("selected", selected === each.phase);
  bar.select("rect").attr("width", Math.max(1, room - 1));
  const inset = Math.max(6, 6 - left);
  const name = each.phase.name, time = duration(each.end - each.start);
  const change = judged && moved(each.phase) ? `${name} ${each.phase.gate.change}` : name;
  bar.select("text").attr("x", inset).text(fitted([`${change}  ${time}`, change, name], room - inset - 4));
}

// The first text that fits, else what fits of the last one. Nothing is measured: what letters of
// this size take is known well enough.
function fitted(texts, room) {
  const letters = Math.floor(room / 6.6);
  const last = texts[texts.length - 1];
  return texts.find(text => text.length <= letters) || (letters < 4 ? "" : last.slice(0, letters - 1) + "…");
}

function tooltipOf(each) {
  const lines = [each.phase.path, `${duration(each.end - each.start)}, from ${duration(each.start)}`];
  if (each.phase.gate && each.phase.gate.change) lines.push(`${each.phase.gate.verdict}: ${each.phase.gate.change} ${each.phase.gate.interval}`);
  return lines;
}

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
