"use strict";

// A profile as nested bars: each below what contains it, as long as what it ran.

const icicleRow = 22;

/** Draws into #icicle; returns {all, redraw}. */
function drawIcicle(profile, nodes) {
  const whole = d3.sum(nodes.filter(node => !node.parent), node => node.head) || 1;
  const depth = d3.max(nodes, node => node.depth) + 1;
  const state = {from: 0, to: whole, selected: null};
  const width = () => Math.max(240, document.getElementById("icicle").clientWidth);
  const svg = d3.select("#icicle").html("").append("svg").attr("class", "icicle").attr("width", "100%").attr("height", depth * icicleRow + 2)
    .attr("tabindex", 0).attr("role", "application")
    .attr("aria-label", "Instructions by phase, object and function; the same is in the table below. Arrow keys go from bar to bar, Enter zooms in, 0 shows the whole launch.");

  function redraw() {
    const x = d3.scaleLinear([state.from, state.to], [0, width()]);
    // What is narrower than a pixel would only make the page slow.
    const seen = nodes.filter(node => x(node.x1) > 0 && x(node.x0) < width() && x(node.x1) - x(node.x0) >= 0.8);
    svg.selectAll("g.node").data(seen, node => node.index).join(addNodes)
      .classed("selected", node => node === state.selected)
      .each(function (node) { placeNode(d3.select(this), profile, node, x, width(), whole); });
  }
  function addNodes(enter) {
    const bar = enter.append("g").attr("class", node => `node ${["phase", "object", "function"][node.part]} ${hueOf(profile, node, whole)}`)
      .attr("data-node", node => node.index);
    bar.append("rect").attr("rx", 2).attr("height", icicleRow - 2);
    bar.append("text").attr("dy", 14).attr("aria-hidden", "true");
    bar.on("click", function () { show(d3.select(this).datum(), true); })
      .on("pointermove", function () {
        const node = d3.select(this).datum();
        showTooltip(eventOf(arguments[0]), [profilePath(node), ...profileText(profile, node, whole).split(", ")]);
      })
      .on("pointerleave", hideTooltip);
    return bar;
  }
  function show(node, zooms) {
    state.selected = node;
    if (zooms && node.head > 0) [state.from, state.to] = [node.x0, node.x1];
    document.getElementById("profile-node").textContent = `${profilePath(node)}: ${profileText(profile, node, whole)}`;
    redraw();
  }
  function all() {
    [state.from, state.to] = [0, whole];
    redraw();
  }
  svg.on("keydown", function () {
    const event = eventOf(arguments[0]);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = {
      "ArrowUp": at => at && at.parent, "ArrowDown": at => at ? at.children.find(child => child.head > 0) : nodes[0],
      "ArrowRight": at => at ? besideNode(at, 1) : nodes[0], "ArrowLeft": at => at && besideNode(at, -1),
    }[event.key];
    const act = {"Enter": () => state.selected && show(state.selected, true), "0": all, "Escape": all}[event.key];
    if (!next && !act) return;
    event.preventDefault();
    if (act) return act();
    const node = next(state.selected);
    if (!node) return;
    // One that is out of sight, or too narrow to be seen, is gone to with what contains it.
    const hidden = node.x0 < state.from || node.x1 > state.to || (node.x1 - node.x0) / (state.to - state.from) * width() < 3;
    if (hidden && node.parent) [state.from, state.to] = [node.parent.x0, node.parent.x1];
    show(node, false);
  });
  redraw();
  return {all, redraw};
}

function besideNode(node, by) {
  if (!node.parent) return null;
  const row = node.parent.children.filter(each => each.head > 0);
  return row[row.indexOf(node) + by];
}

// One profile has the hues of the boot's stages, two have those of change.
function hueOf(profile, node, whole) {
  if (profile.compares) return "change " + changeStep(profile, node, whole);
  for (let each = node; each; each = each.parent)
    if (each.part === 0 && stageNumber(each.id) >= 0) return "stage-" + stageNumber(each.id);
  return "spine";
}

function placeNode(bar, profile, node, x, width, whole) {
  const left = Math.max(0, x(node.x0)), right = Math.min(width, x(node.x1));
  bar.attr("transform", `translate(${left},${node.depth * icicleRow})`);
  bar.select("rect").attr("width", Math.max(0.8, right - left - 0.6));
  const room = right - left - 8;
  const by = changeStep(profile, node, whole) ? ` ${signedCount(node.head - node.base)}` : "";
  bar.select("text").attr("x", 4).text(room < 10 ? "" : fitted([`${node.name}${by}  ${count(node.head)}`, node.name + by, node.name], room, "plain"));
}
