"use strict";

// Every phase with a small line of its nights, in the tree that they are. What is quiet is folded.

/** The phases as nodes {series, children, loud}. Loud is what has a step, what the policy gates, and what holds such. */
function treeOf(view) {
  const nodes = new Map(view.series.map(series => [series.id, {series, children: [], loud: series.gated || stepsIn(view, series).length > 0}]));
  const roots = [];
  for (const node of nodes.values()) (nodes.has(node.series.parent) ? nodes.get(node.series.parent).children : roots).push(node);
  const settle = node => {
    node.children.forEach(settle);
    node.loud = node.loud || node.children.some(child => child.loud);
    // The longest first, and what no phase covers out of the way.
    const size = child => pointsOf(child.series)[pointsOf(child.series).length - 1].value;
    node.children.sort((a, b) => isOther(a) - isOther(b) || size(b) - size(a));
  };
  roots.forEach(settle);
  return roots;
}

function isOther(node) {
  return node.series.name === "(other)";
}

function drawStrip(canvas, view, series) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth, height = canvas.clientHeight;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  const colour = name => getComputedStyle(canvas).getPropertyValue(name);
  const all = pointsOf(series);
  const x = d3.scaleLinear([0, Math.max(1, view.nights.length - 1)], [3, width - 3]);
  const y = d3.scaleLinear(shownRange(series, all), [height - 2, 2]);
  const colours = {open: "--bad", faster: "--good"};
  for (const step of stepsIn(view, series)) {
    pen.strokeStyle = colour(colours[step.cause.state] || "--faint");
    pen.beginPath();
    pen.moveTo(x(step.at - 0.5), 0);
    pen.lineTo(x(step.at - 0.5), height);
    pen.stroke();
  }
  pen.lineWidth = 1.4;
  pen.strokeStyle = colour("--now");
  pen.beginPath();
  for (const point of thinned(all, Math.max(1, width))) pen.lineTo(x(point.i), y(fromFirst(series, point.value)));
  pen.stroke();
}

/** A phase's row: its name, its nights, the last value and how far it is from the first. */
function stripOf(view, series, select) {
  const points = pointsOf(series), last = points[points.length - 1];
  const canvas = element("canvas", {"aria-hidden": "true"});
  canvas.series = series;
  const steps = stepsIn(view, series);
  const state = steps.some(step => step.cause.state === "open") ? "open" : "";
  const change = signedPercent(fromFirst(series, last.value));
  const button = element("button", {class: "strip", "aria-pressed": "false"}, element("span", {class: "strip-name"}, series.name), canvas,
    element("span", {class: "faint"}, shownValue(view, last.value)),
    element("span", {class: state}, change));
  button.onclick = () => select(series.id);
  return {button, canvas};
}

/** Draws the tree, and gives how to mark the phase that is chosen: its rows are unfolded. */
function drawTree(view, select) {
  const rows = new Map(); // by phase: {button, unfold}
  const seen = new IntersectionObserver(entries => {
    for (const entry of entries.filter(each => each.isIntersecting)) {
      drawStrip(entry.target, view, entry.target.series);
      seen.unobserve(entry.target);
    }
  }, {rootMargin: "200px"});

  function listOf(nodes, depth, unfoldOuter, outer) {
    const list = element("ul", {class: "tree depth-" + Math.min(depth, 9)});
    const loud = nodes.filter(node => node.loud), quiet = nodes.filter(node => !node.loud);
    loud.forEach(node => list.append(itemOf(node, depth, unfoldOuter)));
    if (!quiet.length) return list;
    const fold = element("button", {class: "fold", "aria-expanded": "false"});
    const item = element("li", {}, fold);
    let shown = null;
    const turn = open => {
      if (open && !shown) {
        shown = element("ul", {class: "tree quiet"}, quiet.map(node => itemOf(node, depth, () => unfold())));
        item.append(shown);
      }
      if (shown) shown.hidden = !open;
      fold.setAttribute("aria-expanded", String(open));
      const word = (quiet.length === 1 ? quiet[0].series.name : `${quiet.length} quiet phases`) + (outer ? ` of ${outer}` : "");
      fold.replaceChildren(element("span", {"aria-hidden": "true"}, open ? "▾ " : "▸ "), word);
    };
    const unfold = () => { unfoldOuter(); turn(true); };
    const remember = node => { rows.set(node.series.id, {unfold}); node.children.forEach(remember); };
    quiet.forEach(remember);
    fold.onclick = () => turn(fold.getAttribute("aria-expanded") !== "true");
    turn(false);
    list.append(item);
    return list;
  }

  function itemOf(node, depth, unfold) {
    const {button, canvas} = stripOf(view, node.series, select);
    rows.set(node.series.id, {button, unfold});
    seen.observe(canvas);
    return element("li", {}, button, node.children.length ? listOf(node.children, depth + 1, unfold, node.series.name) : null);
  }

  document.getElementById("phases").replaceChildren(listOf(treeOf(view), 0, () => {}, ""));
  let pressed = null;
  return id => {
    // A fold that opens may hold another one.
    for (let row = rows.get(id), before = null; row !== before; row = rows.get(id)) {
      row.unfold();
      before = row;
    }
    if (pressed) pressed.setAttribute("aria-pressed", "false");
    pressed = rows.get(id).button;
    pressed.setAttribute("aria-pressed", "true");
  };
}
