"use strict";

// What stands behind the numbers: launches that failed, all launches, and where they were made.

function drawFailures(view) {
  if (!view.failures.length) return fill("failures");
  return fill("failures",
    element("h2", {id: "failures-title"}, `Launches that failed (${view.failures.length})`),
    view.failures.map((failure, i) => element("details", {class: "failure", open: i === 0},
      element("summary", {}, `Launch ${failure.number}`, failure.phase ? `, in ${failure.phase}` : "", failure.reason ? `: ${failure.reason}` : ""),
      failure.last_lines.length ? element("pre", {class: "console", tabindex: 0}, failure.last_lines.join("\n"))
                                : element("p", {class: "faint"}, "It printed nothing on the console."))));
}

function drawLaunches(view) {
  const several = view.subjects.length > 1;
  const rows = view.subjects.flatMap(subject => subject.launches.map(launch => [
    String(launch.number), several ? subject.name : null, launch.started.replace("T", " ").replace("Z", ""), duration(launch.wall),
    view.counted ? count(launch.instructions === null ? NaN : launch.instructions) : null,
    launch.host_cpu === null ? "–" : duration(launch.host_cpu),
    launch.peak_memory === null ? "–" : Math.round(launch.peak_memory / 1048576) + " MiB",
  ].filter(cell => cell !== null)));
  const heads = ["launch", several ? "subject" : null, "started (UTC)", "wall time", view.counted ? "instructions" : null, "host CPU", "peak memory"];
  const plural = (n, one, many) => `${n} ${n === 1 ? one : many}`;
  const notes = [
    view.warmups ? plural(view.warmups, "warm-up was", "warm-ups were") + " left out" : "",
    view.rebuilds ? plural(view.rebuilds, "launch", "launches") + " that rebuilt the appliance left out" : "",
    ...view.not_measured.map(each => `${each.path} was not measured in ${plural(each.launches, "launch", "launches")}`),
  ].filter(Boolean);
  fill("launches", element("h2", {id: "launches-title"}, "Launches"),
       element("details", {}, element("summary", {}, plural(rows.length, "launch", "launches")), table(heads.filter(Boolean), rows, {class: "numbers"})),
       notes.length ? element("p", {class: "faint"}, notes.join(" · ")) : null);
}

function drawEnvironment(model, view) {
  const list = (title, entries, open) => entries.length
    ? element("details", {open}, element("summary", {}, `${title} (${entries.length})`), table([], entries, {class: "keys"})) : null;
  const packages = Object.entries(view.versions).map(([key, value]) => [key.replace("package:", ""), value]);
  const check = view.check || {class_differences: [], version_differences: []};
  const differences = [...check.class_differences, ...check.version_differences]
    .map(({what, baseline, current}) => [what, `${baseline || "(none)"} → ${current || "(none)"}`]);
  fill("environment", element("h2", {id: "environment-title"}, "Environment"),
    list("Differs from the baseline", differences, true),
    list("Machine and settings", [...Object.entries(view.keys), ...Object.entries(model.host).map(([key, value]) => ["host " + key, value])], true),
    list("Set for the launches", Object.entries(model.environment), true),
    list("Versions", packages, false));
}
