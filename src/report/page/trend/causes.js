"use strict";

// The steps, those of one cause together, and what they mean for the build.

const stateSigns = {open: "▲", accepted: "✓", reversed: "↩", old: "·", advisory: "▲", faster: "▼"};

function stateChip(state) {
  return element("span", {class: "chip " + state}, element("span", {"aria-hidden": "true"}, stateSigns[state] || "", " "), state);
}

/** The commits that a step came with: a link where their repository is known, else git's own words. */
function commitsText(model, cause) {
  if (!cause.commits) return element("span", {class: "faint"}, "its commits are not known");
  const command = element("code", {}, `git log ${cause.commits}`);
  const [before, after] = cause.commits.split("..");
  const isKnown = /^https?:\/\//.test(model.repository) && [before, after].every(each => /^[0-9a-f]{7,40}$/.test(each));
  if (!isKnown) return command;
  return element("a", {href: `${model.repository.replace(/\/$/, "")}/compare/${before}...${after}`}, `${before}…${after}`);
}

/** One cause: what, since when, with which commits, and what became of it. */
function causeItem(model, view, cause, select) {
  const named = cause.steps.find(step => step.id === cause.named);
  const link = element("button", {class: "link sentence"}, cause.sentence + ".");
  link.onclick = () => select(cause.named);
  return element("li", {class: "cause " + cause.state}, stateChip(cause.state), " ", link,
    element("p", {class: "faint"}, `${shownValue(view, named.before)} → ${shownValue(view, named.after)}`,
      cause.also ? `; also in ${cause.also}` : "", " · ", commitsText(model, cause)),
    cause.outcome ? element("p", {class: "outcome"}, cause.outcome[0].toUpperCase() + cause.outcome.slice(1) + ".") : null);
}

/** The steps of the class that is shown, the open ones first. */
function drawCauses(model, view, select) {
  const order = ["open", "advisory", "accepted", "reversed", "faster", "old"];
  const sorted = view.causes.map((cause, i) => ({cause, i})).sort((a, b) => order.indexOf(a.cause.state) - order.indexOf(b.cause.state) || a.i - b.i);
  const items = sorted.map(({cause}) => causeItem(model, view, cause, select));
  fill("steps", items.length ? element("ul", {class: "causes"}, items) : element("p", {class: "faint"}, "No step in any phase of this class."));
}

/** What keeps the build from passing: every open cause of every class, and what could not be measured. */
function drawTrendVerdict(model, show) {
  const open = model.classes.flatMap((view, i) => view.causes.filter(cause => cause.state === "open").map(cause => ({view, i, cause})));
  const told = model.classes.filter(view => view.notMeasured && view.metricDecides && !view.ended);
  const words = {0: "no open step", 1: `${open.length} open ${open.length === 1 ? "step" : "steps"}`, 4: "not measured"};
  const items = open.map(({view, i, cause}) => {
    const item = causeItem(model, view, cause, id => show(i, id));
    item.append(element("p", {class: "faint"}, view.name, view.ended ? ", which has ended" : "", ". If this is intended: ",
      element("code", {}, cause.accept)));
    return item;
  });
  const verdict = fill("verdict",
    element("p", {class: "word"}, element("span", {class: "chip exit-" + model.exit}, words[model.exit] || "")),
    items.length ? element("ul", {class: "causes"}, items) : null,
    told.length ? element("ul", {}, told.map(view => element("li", {class: view.decides ? "" : "faint"},
      `${view.name}: ${view.decides ? "" : "decides nothing yet, "}${view.notMeasured}`))) : null,
    model.exit === 4 && !model.classes.some(view => view.decides) ? element("p", {}, "No class decides, so nothing has passed.") : null);
  verdict.classList.add({0: "pass", 1: "regressed"}[model.exit] || "unmeasured");
}
