"use strict";

// The verdict first: what did not pass, and by how much.

function drawVerdict(model) {
  if (model.nothing_judged) {
    const place = fill("verdict", element("p", {class: "sentence"}, model.nothing_judged.replaceAll("`", "")),
                       model.warnings.map(warning => element("p", {class: "warning"}, "Warning: ", warning)));
    place.className = "card unjudged";
    return;
  }
  const checked = model.scenarios.filter(scenario => scenario.check), several = model.scenarios.length > 1;
  const lines = checked.flatMap(scenario => findings(scenario, several));
  const place = fill("verdict",
    element("p", {class: "word"}, chip(model.verdict)),
    checked.map(scenario => element("p", {class: "sentence"}, sentence(scenario, several))),
    element("ul", {}, lines.map(({verdict, text, functions, advisory}) => element("li", {}, chip(verdict, advisory), " ", text,
      functions ? element("p", {class: "functions"}, functions) : null))),
    model.reason ? element("p", {}, model.reason) : null,
    model.warnings.map(warning => element("p", {class: "warning"}, "Warning: ", warning)));
  place.className = "card " + model.verdict.replace(" ", "-");
}

const named = (scenario, several, text) => (several ? scenario.name + ": " : "") + text;

function sentence(scenario, several) {
  const {sentence, advisory, reason} = scenario.check;
  const whole = reason ? sentence.replace(/\.$/, ": ") + reason : sentence;
  return named(scenario, several, advisory ? `${whole} (advisory)` : whole);
}

function findings(scenario, several) {
  const {check} = scenario;
  return check.findings.map(({verdict, text, functions}) => ({verdict, text: named(scenario, several, text), functions, advisory: check.advisory}));
}
