"use strict";

// The tree of phases as a table, by the chosen metric. Rows are made when they come into sight: a boot with initcalls has
// thousands.

function drawPhases(view, metric, select) {
  if (!view.phases.length) return fill("phases");
  const open = new Set(view.phases.filter(phase => opensItself(view, phase, metric)).map(phase => phase.index));
  const body = element("tbody", {});
  const also = view.metrics.filter(each => each !== metric && !each.missing);
  const head = (kind, text) => element("th", {scope: "col", class: kind}, text);
  fill("phases", element("h2", {id: "phases-title"}, "Phases, by " + metric.name),
    element("p", {class: "faint"}, legend(view, metric)),
    scrolled("Phases", element("table", {class: "tree", role: "treegrid"},
      element("thead", {}, element("tr", {}, head(null, "phase"), head("strip", "every launch, " + metric.name), head("value", metric.name),
        head("share", "share"), head("change", "change"), also.map(each => head("also", each.name)))), body)));

  function render() {
    const rows = view.phases.filter(phase => shown(view, phase, open)).map(phase => rowOf(view, phase, metric, also, open));
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
function opensItself(view, phase, metric) {
  const culprits = culpritsOf(view, metric);
  const leads = culprits.some(gate => gate.phase.startsWith(phase.id + " > "));
  const large = view.subjects.some((_, i) => shareOf(view, phase, i, metric) > 0.3);
  return phase.children.length > 0 && (phase.parent === null || large || leads);
}

function shown(view, phase, open) {
  for (let each = phase.parent; each !== null; each = view.phases[each].parent) if (!open.has(each)) return false;
  return true;
}

function focusRow(body, phase) {
  const row = body.querySelector(`[data-index="${phase.index}"]`);
  if (row) row.focus();
}

function rowOf(view, phase, metric, also, open) {
  const last = view.subjects.length - 1;
  const groups = groupsOf(view, phase, metric);
  const mean = each => meanOf(phase, last, each);
  const expanded = phase.children.length ? String(open.has(phase.index)) : null;
  const name = element("th", {scope: "row"}, element("span", {class: "name depth-" + Math.min(phase.depth, 9)},
    expanded === null ? element("span", {class: "twist-room"}) : element("span", {class: "twist", "aria-hidden": "true"}, expanded === "true" ? "▾" : "▸"),
    element("span", {class: "swatch " + stageOf(view, phase)}), element("span", {}, breakable(phase.name))));
  const share = shareOf(view, phase, last, metric);
  const cell = (kind, content) => element("td", {class: kind}, content);
  return element("tr", {"data-index": phase.index, "data-phase": phase.id, tabindex: 0, "aria-level": phase.depth + 1, "aria-expanded": expanded,
                        class: phase.kind === "other" ? "other" : null},
    name, cell("strip", groups.length ? smallDots(groups, 170, 11 * groups.length + 4) : ""),
    cell("value", Number.isFinite(mean(metric)) ? valueText(metric, mean(metric)) : metric.id === "wall" ? "passed through" : "–"),
    cell("share", Number.isFinite(share) ? percent(share) : ""),
    cell("change", changeOf(view, phase, metric, groups)),
    also.map(each => cell("also", valueText(each, mean(each)))));
}

// Where it moved has the colour and the sign; what only contains that has the number.
function changeOf(view, phase, metric, groups) {
  const gate = gateOf(view, phase, metric);
  if (!gate || !gate.change) return element("span", {class: "faint"}, changeText(groups, metric));
  const verdict = culpritVerdict(view, phase, metric);
  return element("span", {class: verdict || "judged"}, verdict ? sign(verdict) + " " : "", gate.change);
}

function legend(view, metric) {
  const names = groupsOf(view, view.phases[0], metric).map(group => group.name);
  const dots = names.map(name => [element("span", {class: "key " + name}), name + "  "]);
  return [...dots.flat(), names.length > 1 ? "Changes in grey were not judged. " : "", "A row's dots have a scale of their own; select it for numbers."];
}
