"use strict";

// A field that finds phases by their names: "/" goes to it, arrow keys and Enter choose.

const mostFound = 12;

/** The phases whose paths contain every word, those first whose own names do. */
function foundPhases(view, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const has = name => words.every(word => name.toLowerCase().includes(word));
  if (!words.length) return [];
  const found = view.phases.filter(phase => has(phase.path));
  return [...found.filter(phase => has(phase.name)), ...found.filter(phase => !has(phase.name))];
}

/** Makes #search look through the phases. Calls choose(phase). */
function drawSearch(view, choose) {
  const field = document.getElementById("search"), list = document.getElementById("found");
  let found = [], at = 0;

  const hide = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const take = phase => {
    hide();
    field.value = phase.path;
    choose(phase);
  };
  const mark = () => {
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (found.length) field.setAttribute("aria-activedescendant", "found-" + at);
  };
  const show = () => {
    const all = foundPhases(view, field.value);
    found = all.slice(0, mostFound);
    at = 0;
    if (!field.value.trim()) return hide();
    list.replaceChildren(...found.map((phase, i) => {
      const item = element("li", {id: "found-" + i, role: "option"}, element("span", {class: "swatch " + stageOf(view, phase)}), element("span", {}, breakable(phase.path)));
      item.onpointerdown = event => { event.preventDefault(); take(phase); };
      return item;
    }));
    document.getElementById("found-count").textContent =
      found.length === 0 ? "No phase has this name." : all.length > found.length ? `The first ${found.length} of ${all.length} phases.` : `${found.length} found.`;
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(found.length > 0));
    mark();
  };
  field.value = "";
  document.getElementById("found-count").textContent = "";
  hide();
  field.oninput = show;
  field.onblur = hide;
  field.onkeydown = event => {
    const step = {"ArrowDown": 1, "ArrowUp": -1}[event.key];
    if (step && !list.hidden) { at = (at + step + found.length) % found.length; mark(); }
    else if (event.key === "Enter" && found.length) take(found[at]);
    else if (event.key === "Escape") { field.value = ""; hide(); field.blur(); }
    else return;
    event.preventDefault();
  };
}

// Anywhere but where one writes already.
document.addEventListener("keydown", event => {
  const writes = event.target.closest && event.target.closest("input, select, textarea");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || (writes && writes.type !== "radio")) return;
  const field = document.getElementById("search");
  if (!field || !field.offsetParent) return;
  event.preventDefault();
  field.focus();
  field.select();
});
