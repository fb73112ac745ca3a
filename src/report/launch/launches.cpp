#include "report/launch/launches.h"

#include <algorithm>

#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "capture/log/advice.h"
#include "phases/phase_tree.h"
#include "report/text/paint.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

constexpr std::size_t longest_line = 200;

std::string count(std::size_t number, const char *what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "es");
}

std::string failure(const FailedLaunch &failed, const TextStyle &style) {
  std::string text = "failed: " + printable(failed.what);
  if (!failed.phase.empty())
    text += ", in " + short_phase(failed.phase, style);
  if (!failed.reason.empty())
    text += ": " + printable(failed.reason);
  text = line({{Colour::red, text}}, style);
  if (const auto advice = advice_for(failed.reason, failed.backend))
    text += line({{Colour::plain, fmt::format("  remedy: {} [{}]", advice->text, advice->source)}},
                 style);
  for (const std::string &last : failed.last_lines) {
    const std::string shown = elide(printable(last), longest_line, style);
    text += line({{Colour::faint, "  " + glyphs(style).through + " " + shown}}, style);
  }
  return text;
}

std::string missing(const NotMeasured &phase, std::size_t launches, const TextStyle &style) {
  std::string text = "not measured: " + short_phase(phase.phase, style);
  if (launches > 1)
    text += fmt::format(" (in {} of {})", phase.launches, count(launches, "launch"));
  return line({{Colour::yellow, text}}, style);
}

} // namespace

Launches launches_of(const Session &session, const Scenario &scenario) {
  Launches launches;
  // A comparison describes a scenario for each side, a session of levers for each of them.
  const bool has_several_subjects =
      session.comparison ||
      std::ranges::count(session.scenarios, scenario.name, &Scenario::name) > 1;
  launches.title = has_several_subjects ? scenario.name + ", " + scenario.subject : scenario.name;
  const PhaseTree *last_other = nullptr;
  std::size_t number = 0;
  for (const Launch &launch : session.launches) {
    const bool is_other_side = has_several_subjects && launch.subject != scenario.subject;
    if (launch.scenario != scenario.name || is_other_side)
      continue;
    ++number;
    if (launch.is_sample()) {
      launches.trees.push_back(&launch.phases);
    } else if (!launch.ok) {
      launches.failed.push_back({fmt::format("launch {}", number), launch.failure_phase,
                                 launch.failure, launch.last_lines,
                                 text_under(scenario.keys, "backend")});
      last_other = &launch.phases;
    } else if (launch.warmup) {
      ++launches.warmups;
    } else if (!launch.timed) {
      ++launches.untimed;
      last_other = &launch.phases;
    } else {
      ++launches.rebuilds;
    }
  }
  if (launches.trees.empty() && last_other != nullptr)
    launches.trees.push_back(last_other);
  return launches;
}

std::vector<NotMeasured> not_measured(const std::vector<const PhaseTree *> &trees) {
  std::map<std::string, std::size_t> counts;
  for (const PhaseTree *tree : trees) {
    for (const std::string &id : tree->not_measured)
      ++counts[id];
  }
  const auto implied = [&counts](const std::string &id, std::size_t count) {
    for (std::string around = parent_of(id); !around.empty(); around = parent_of(around)) {
      const auto above = counts.find(around);
      if (above != counts.end() && above->second == count)
        return true;
    }
    return false;
  };
  std::vector<NotMeasured> result;
  for (const auto &[id, count] : counts) {
    if (!implied(id, count))
      result.push_back({id, count});
  }
  return result;
}

std::string title_line(const Launches &launches, const TextStyle &style) {
  std::string text = printable(launches.title);
  if (launches.trees.size() > 1)
    text += fmt::format(": mean of {}", count(launches.trees.size(), "launch"));
  else if (launches.trees.empty())
    text += ": no launch to show";
  return line({{Colour::bold, text}}, style);
}

std::string launch_notes(const Launches &launches, const TextStyle &style) {
  std::string text;
  for (const FailedLaunch &failed : launches.failed)
    text += failure(failed, style);
  for (const NotMeasured &phase : not_measured(launches.trees))
    text += missing(phase, launches.trees.size(), style);
  for (const std::string &note : launches.notes)
    text += line({{Colour::plain, printable(note)}}, style);
  if (launches.untimed > 0)
    text += fmt::format("left out: {} without a time\n", count(launches.untimed, "launch"));
  if (launches.warmups > 0)
    text += fmt::format("left out: {}\n", count(launches.warmups, "warm-up launch"));
  if (launches.rebuilds > 0)
    text += fmt::format("left out: {} that rebuilt the appliance\n",
                        count(launches.rebuilds, "launch"));
  return text;
}

} // namespace bootperf
