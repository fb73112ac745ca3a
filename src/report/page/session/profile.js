"use strict";

// Where the boot goes by function: the data of a profile, and its part of the page.

/** The nodes as objects, laid out: {…, x0, x1 in instructions of head, depth, children, change}. */
function profileNodes(profile) {
  const nodes = profile.nodes.map(([parent, part, text, head, base, noise], index) => ({
    index, part, head, base, noise, name: profile.texts[text], parent: null, parentIndex: parent, children: [], path: "", id: ""}));
  for (const [index, id, path] of profile.phases) Object.assign(nodes[index], {id, path});
  for (const node of nodes)
    if (node.parentIndex >= 0) {
      node.parent = nodes[node.parentIndex];
      node.parent.children.push(node);
    }
  const roots = nodes.filter(node => node.parent === null);
  // Phases as the boot has them, then what the phase runs itself, the longest first.
  const larger = node => Math.max(node.head, node.base || 0);
  for (const node of nodes)
    node.children.sort((a, b) => (a.part !== 0) - (b.part !== 0) || (a.part === 0 ? a.index - b.index : larger(b) - larger(a)));
  const lay = (row, start, depth) => {
    let at = start;
    for (const node of row) {
      Object.assign(node, {x0: at, x1: at + node.head, depth});
      lay(node.children, at, depth + 1);
      at = node.x1;
    }
  };
  lay(roots, 0, 0);
  return nodes;
}

/** "/init › vmlinux › memset" */
function profilePath(node) {
  return node.part === 0 ? node.path : [profilePath(node.parent), node.name].join(" › ");
}

/** What a node is worth saying: how much it ran, of how much, and how that changed. */
function profileText(profile, node, whole) {
  const parts = [`${count(node.head)} instructions`, `${percent(node.head / whole)} of the launch`];
  if (profile.compares) parts.push(`base ${count(node.base)}`, changeOfNode(profile, node));
  return parts.join(", ");
}

function changeOfNode(profile, node) {
  const by = signedCount(node.head - node.base);
  const noise = profile.knows_noise ? `, launches of one side differ by ${count(node.noise)}` : "";
  if (node.base === 0) return `new: ${by}${noise}`;
  if (node.head === 0) return `gone: ${by}${noise}`;
  return `${by} (${change(node.head / node.base)})${noise}`;
}

// From which share of a launch a change has which colour. Less is not told from chance
// (docs/profile.md), and neither is what launches of one side differ by.
const changeSteps = [2e-4, 1e-3, 5e-3];

/** "", or "more-1" to "more-3" and "less-1" to "less-3": how much a node changed. */
function changeStep(profile, node, whole) {
  const by = node.head - node.base, share = Math.abs(by) / whole;
  if (!profile.compares || Math.abs(by) <= node.noise || share < changeSteps[0]) return "";
  return `${by > 0 ? "more" : "less"}-${changeSteps.filter(step => share >= step).length}`;
}

function drawProfile(profile) {
  if (!profile || !profile.nodes.length) return fill("profile");
  const nodes = profileNodes(profile);
  const place = fill("profile",
    element("div", {class: "bar"}, element("h2", {id: "profile-title"}, "Where the boot goes, by function"),
      element("span", {class: "buttons"}, element("button", {id: "profile-all", title: "The whole launch (0)"}, "whole launch"))),
    element("p", {}, profile.sentence),
    profile.compares ? changeLegend() : null,
    element("div", {id: "icicle"}),
    element("p", {id: "profile-node", role: "status"}),
    element("p", {class: "faint"}, "Phases, below them their objects, below these their functions; a bar is as long as what it ran outside delay loops. ",
      profile.compares ? "What is only in base has no bar, and is in the table. " : "",
      profile.added_up ? `${profile.added_up} functions that ran least in their phases are added up as (others). ` : "",
      "Click a bar to zoom into it; arrow keys go from one to the next, Enter zooms, 0 shows the whole launch."),
    profileTable(profile, nodes));
  place.className = "card";
  const chart = drawIcicle(profile, nodes);
  document.getElementById("profile-all").onclick = chart.all;
  window.addEventListener("resize", chart.redraw);
  return place;
}

function changeLegend() {
  const steps = changeSteps.map(percent);
  const key = (name, text) => [element("span", {class: "swatch change " + name}), text + " "];
  return element("p", {class: "faint legend"}, "Colours: ",
    key("less-3", `less by ${steps[2]} of the launch or more`), key("less-2", steps[1]), key("less-1", steps[0]), key("", "no change that shows"),
    key("more-1", steps[0]), key("more-2", steps[1]), key("more-3", `more by ${steps[2]} or more`));
}
