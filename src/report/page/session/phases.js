"use strict";

// The tree of phases as a table. Rows are made when they come into sight: a boot with initcalls has
// thousands.

function drawPhases(view, select) {
  if (!view.phases.length) return fill("phases");
  const open = new Set(view.phases.filter(phase => opensItself(view, phase)).map(phase => phase.index));
  const body = element("tbody", {});
  const metric = metricOf(view);
  const heads = ["phase", metric === "wall" ? "every launch, wall time" : "every launch, instructions", "wall time", "share"];
  if (view.counted) heads.push("instructions");
  heads.push("change");
  fill("phases", element("h2", {id: "phases-title"}, "Phases"),
    element("p", {class: "faint"}, legend(view)),
    element("div", {class: "scroll"}, element("table", {class: "tree", role: "treegrid"},
      element("thead", {}, element("tr", {}, heads.map(head => element("th", {scope: "col"}, head)))), body)));

  function render() {
    const rows = view.phases.filter(phase => shown(view, phase, open)).map(phase => rowOf(view, phase, open));
    body.replaceChildren(...rows);
  }
  const phaseOf = node => view.phases[Number(node.closest("tr").dataset.index)];
  const toggle = phase => {
    if (!open.delete(phase.index)) open.add(phase.index);
    render();
    focusRow(body, phase);
  };
  body.addEventListener("click", event => {
    const phase = phaseOf(event.target);
    if (event.target.closest(".twist")) toggle(phase);
    else select(phase);
  });
  body.addEventListener("keydown", event => {
    const phase = phaseOf(event.target), row = event.target.closest("tr");
    const act = {
      "ArrowDown": () => row.nextElementSibling && row.nextElementSibling.focus(),
      "ArrowUp": () => row.previousElementSibling && row.previousElementSibling.focus(),
      "ArrowRight": () => phase.children.length && !open.has(phase.index) && toggle(phase),
      "ArrowLeft": () => open.has(phase.index) ? toggle(phase) : phase.parent !== null && focusRow(body, view.phases[phase.parent]),
      "Enter": () => select(phase), " ": () => select(phase),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  render();
  return {mark(phase) {
    const before = open.size;
    for (let each = phase.parent; each !== null; each = view.phases[each].parent) open.add(each);
    if (open.size !== before) render();
    for (const row of body.children) row.classList.toggle("selected", Number(row.dataset.index) === phase.index);
  }};
}

// What takes a good part of the boot, and what leads to a phase that moved.
function opensItself(view, phase) {
  const leads = each => moved(each) || each.children.some(leads);
  const root = d3.max(timeNs(view.phases[0])) || 1;
  return phase.children.length > 0 && (d3.max(timeNs(phase)) > 0.3 * root || phase.children.some(leads));
}

function shown(view, phase, open) {
  for (let each = phase.parent; each !== null; each = view.phases[each].parent) if (!open.has(each)) return false;
  return true;
}

function focusRow(body, phase) {
  const row = body.querySelector(`[data-index="${phase.index}"]`);
  if (row) row.focus();
}

function rowOf(view, phase, open) {
  const last = view.subjects.length - 1;
  const groups = groupsOf(view, phase, metricOf(view));
  const wall = summarise(phase.values[last].wall), whole = summarise(view.phases[0].values[last].wall);
  const instructions = summarise(phase.values[last].instructions || []);
  const expanded = phase.children.length ? String(open.has(phase.index)) : null;
  const name = element("th", {scope: "row"}, element("span", {class: "name depth-" + Math.min(phase.depth, 9)},
    expanded === null ? element("span", {class: "twist-room"}) : element("span", {class: "twist", "aria-hidden": "true"}, expanded === "true" ? "▾" : "▸"),
    element("span", {class: "swatch " + stageOf(view, phase)}), phase.name));
  const cells = [element("td", {class: "strip"}, groups.length ? smallDots(groups, 170, 11 * groups.length + 4) : ""),
                 element("td", {}, Number.isFinite(wall.mean) ? duration(wall.mean) : "passed through"),
                 element("td", {}, Number.isFinite(wall.mean / whole.mean) ? percent(wall.mean / whole.mean) : "")];
  if (view.counted) cells.push(element("td", {}, count(instructions.mean)));
  cells.push(element("td", {class: "change"}, changeOf(phase, groups)));
  return element("tr", {"data-index": phase.index, "data-phase": phase.id, tabindex: 0, "aria-level": phase.depth + 1, "aria-expanded": expanded,
                        class: phase.kind === "other" ? "other" : null}, name, cells);
}

/** The metric that decides, as far as the launches have it. */
function metricOf(view) {
  if (!view.counted) return "wall";
  return view.check ? view.check.metric : "instructions";
}

function changeOf(phase, groups) {
  if (phase.gate && phase.gate.change) return element("span", {class: phase.gate.verdict.replace(" ", "-")}, phase.gate.change);
  const ratio = ratioOf(groups);
  return Number.isFinite(ratio) ? element("span", {class: "faint"}, change(ratio)) : "";
}

function legend(view) {
  const names = groupsOf(view, view.phases[0], metricOf(view)).map(group => group.name);
  const dots = names.map(name => [element("span", {class: "key " + name}), name + "  "]);
  return [...dots.flat(), names.length > 1 ? "Changes in grey were not judged. " : "", "A row's dots have a scale of their own; select it for numbers."];
}
