#include "report/page/session_model.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/check/findings.h"
#include "report/launch/launches.h"
#include "report/page/document.h"
#include "report/page/pages.h"
#include "report/text/words.h"
#include "report/whatif/lever_words.h"
#include "session/scenario_name.h"
#include "whatif/lever.h"

namespace bootperf {
namespace {

using Json = nlohmann::ordered_json;

Json texts(const std::map<std::string, std::string> &map) {
  Json json = Json::object();
  for (const auto &[key, value] : map)
    json[printable(key)] = printable(value);
  return json;
}

Json texts(const std::vector<std::string> &lines) {
  Json json = Json::array();
  for (const std::string &line : lines)
    json.push_back(printable(line));
  return json;
}

/// What was booted: the appliance, but for a session that booted nothing but other guests.
std::string booted(const Session &session) {
  const std::vector<const Scenario *> scenarios = session.distinct_scenarios();
  const bool all_guests = std::ranges::all_of(
      scenarios, [](const Scenario *scenario) { return !boots_appliance(scenario->name); });
  if (scenarios.empty() || !all_guests)
    return "Boot time of the libguestfs appliance";
  return scenarios.size() == 1 ? "Boot time of " + printable(scenarios.front()->name)
                               : fmt::format("Boot time of {} guests", scenarios.size());
}

std::string page_title(const Session &session) {
  if (!session.comparison)
    return booted(session);
  return fmt::format("{}: {} against {}", booted(session), printable(session.comparison->head.name),
                     printable(session.comparison->base.name));
}

/// "base, v1.50": what the subject of a comparison is, and what its people call it.
std::string title_of(const SubjectLaunches &subject, const Session &session) {
  if (!session.comparison)
    return printable(subject.name);
  const Comparison &comparison = *session.comparison;
  const std::string &called = subject.name == "base" ? comparison.base.name : comparison.head.name;
  return printable(called.empty() || called == subject.name ? subject.name
                                                            : subject.name + ", " + called);
}

Json subject_json(const SubjectLaunches &subject, const Session &session) {
  Json launches = Json::array();
  for (const NumberedLaunch &each : subject.launches) {
    const Launch &launch = *each.launch;
    Json json = {{"number", each.number},
                 {"started", printable(launch.started)},
                 {"ok", launch.ok},
                 {"wall", launch.wall_ns}};
    json["instructions"] = launch.instructions ? Json(*launch.instructions) : Json();
    json["host_cpu"] = launch.host_cpu_ns ? Json(*launch.host_cpu_ns) : Json();
    json["peak_memory"] = launch.peak_memory_bytes ? Json(*launch.peak_memory_bytes) : Json();
    launches.push_back(json);
  }
  return {{"name", printable(subject.name)},
          {"title", title_of(subject, session)},
          {"launches", launches}};
}

Json failure_json(const NumberedLaunch &each) {
  const Launch &launch = *each.launch;
  return {
      {"number", each.number},
      {"subject", printable(launch.subject)},
      {"started", printable(launch.started)},
      {"phase", launch.failure_phase.empty() ? "" : short_phase(launch.failure_phase, file_style)},
      {"reason", printable(launch.failure)},
      {"last_lines", texts(launch.last_lines)}};
}

Json lever_json(const LeverOutcome &outcome) {
  const std::string &note = outcome.reason.empty() ? outcome.trial.adopt : outcome.reason;
  return {{"lever", printable(outcome.trial.lever)},
          {"effect", to_text(outcome.effect)},
          {"work", work_change(outcome, file_style)},
          {"interval", work_interval(outcome, file_style)},
          {"waiting",
           outcome.waiting ? signed_seconds(outcome.waiting->change(), file_style) : std::string()},
          {"wall", outcome.wall ? wall_change(*outcome.wall, file_style) : std::string()},
          {"where", places_text(outcome, file_style)},
          {"note", printable(first_line(note))}};
}

/// By themselves, and all in one: what each is worth then the terminal says.
Json levers_json(const LeverRanking &ranking) {
  Json rows = Json::array();
  for (const LeverOutcome &outcome : ranking.outcomes)
    if (!outcome.trial.lever.starts_with(together_without))
      rows.push_back(lever_json(outcome));
  return {{"sentence", ranking_sentence(ranking, file_style)}, {"rows", rows}};
}

Json suggestions_json(const ShownSuggestions &suggestions) {
  Json rows = Json::array();
  for (const ShownSuggestion &row : suggestions.rows)
    rows.push_back({{"saved", row.saved},
                    {"spent", row.spent},
                    {"lever", row.lever},
                    {"what", row.what},
                    {"functions", row.functions}});
  return {{"sentence", suggestions.sentence}, {"measure", suggestions.measure}, {"rows", rows}};
}

const Baseline *baseline_of(const ScenarioCheck *check, const std::vector<Baseline> &baselines) {
  if (check == nullptr || check->baseline_file.empty())
    return nullptr;
  const auto found = std::ranges::find(baselines, check->baseline_file, &Baseline::file);
  return found == baselines.end() ? nullptr : &*found;
}

Json scenario_json(const Session &session, const Scenario &scenario, const CheckReport &report,
                   const std::vector<Baseline> &baselines) {
  const auto found = std::ranges::find(report.checks, scenario.name, &ScenarioCheck::scenario);
  const ScenarioCheck *check = found == report.checks.end() ? nullptr : &*found;
  std::vector<SubjectLaunches> subjects = subjects_of(session, scenario);
  // Levers and launches at once are many, and none is a change of the one before it.
  if ((session.what_if || session.capacity) && subjects.size() > 1)
    subjects.erase(subjects.begin() + 1, subjects.end());
  const Launches launches = launches_of(session, scenario);

  Json json = {{"name", printable(scenario.name)}, {"mode", printable(scenario.mode)}};
  json["check"] = check ? verdict_model(*check) : Json();
  json["subjects"] = Json::array();
  for (const SubjectLaunches &subject : subjects)
    json["subjects"].push_back(subject_json(subject, session));
  json["phases"] = phases_model(subjects, baseline_of(check, baselines));
  json["failures"] = Json::array();
  for (const NumberedLaunch &each : failed_launches(session, scenario))
    json["failures"].push_back(failure_json(each));
  json["not_measured"] = Json::array();
  for (const NotMeasured &phase : not_measured(launches.trees))
    json["not_measured"].push_back(
        {{"path", short_phase(phase.phase, file_style)}, {"launches", phase.launches}});
  json["warmups"] = launches.warmups;
  json["rebuilds"] = launches.rebuilds;
  json["keys"] = texts(scenario.keys);
  json["versions"] = texts(scenario.versions);
  return json;
}

} // namespace

Json page_model(const PageContents &contents) {
  const Session &session = contents.session;
  const CheckReport &report = contents.report;
  Json json = {{"title", page_title(session)},
               {"session", printable(session.id)},
               {"created", printable(session.created)},
               {"commit", printable(session.commit)},
               {"seed", fmt::format("{}", session.seed)},
               {"verdict", to_text(verdict_of(report.exit))},
               {"exit", to_int(report.exit)},
               {"reason", printable(report.reason)},
               {"nothing_judged", printable(contents.nothing_judged)},
               {"host", texts(session.host)},
               {"environment", texts(session.environment)},
               {"warnings", texts(session.warnings)}};
  json["scenarios"] = Json::array();
  for (const Scenario *scenario : session.distinct_scenarios())
    json["scenarios"].push_back(scenario_json(session, *scenario, report, contents.baselines));
  json["levers"] = contents.levers ? levers_json(*contents.levers) : Json();
  json["profile"] = contents.profile ? profile_model(*contents.profile) : Json();
  json["suggestions"] = contents.suggestions ? suggestions_json(*contents.suggestions) : Json();
  return json;
}

std::string report_page(const PageContents &contents) {
  using nlohmann::ordered_json;
  PageParts parts;
  const std::string title = page_title(contents.session);
  parts.title = title;
  parts.body = report_body();
  parts.styles = {report_style()};
  parts.scripts = {
      d3_script(),       elements_script(),      numbers_script(),     metrics_script(),
      model_script(),    places_script(),        labels_script(),      dots_script(),
      callouts_script(), timeline_script(),      search_script(),      verdict_script(),
      gates_script(),    levers_script(),        suggestions_script(), profile_script(),
      icicle_script(),   profile_table_script(), phases_script(),      detail_script(),
      launches_script(), report_script()};
  parts.data = page_model(contents).dump(-1, ' ', true, ordered_json::error_handler_t::replace);
  const Embedded licence = d3_licence();
  parts.licence = licence.text;
  return html_document(parts);
}

} // namespace bootperf
