#include "report/html/subjects.h"

#include <algorithm>

namespace bootperf {
namespace {

std::vector<NumberedLaunch> launches_of_scenario(const Session &session, const Scenario &scenario) {
  std::vector<NumberedLaunch> launches;
  for (const Launch &launch : session.launches)
    if (launch.scenario == scenario.name)
      launches.push_back({launches.size() + 1, &launch});
  return launches;
}

SubjectLaunches &subject_named(std::vector<SubjectLaunches> &subjects, const std::string &name) {
  const auto found = std::ranges::find(subjects, name, &SubjectLaunches::name);
  return found != subjects.end() ? *found : subjects.emplace_back(SubjectLaunches{name, {}});
}

} // namespace

std::vector<SubjectLaunches> subjects_of(const Session &session, const Scenario &scenario) {
  std::vector<SubjectLaunches> subjects;
  for (const NumberedLaunch &each : launches_of_scenario(session, scenario))
    if (each.launch->is_sample())
      subject_named(subjects, each.launch->subject).launches.push_back(each);
  if (subjects.empty()) {
    const std::vector<NumberedLaunch> failed = failed_launches(session, scenario);
    if (!failed.empty())
      subjects.push_back({failed.back().launch->subject, {failed.back()}});
  }
  std::ranges::stable_sort(subjects, {},
                           [](const SubjectLaunches &each) { return each.name != "base"; });
  return subjects;
}

std::vector<NumberedLaunch> failed_launches(const Session &session, const Scenario &scenario) {
  std::vector<NumberedLaunch> failed;
  for (const NumberedLaunch &each : launches_of_scenario(session, scenario))
    if (!each.launch->ok)
      failed.push_back(each);
  return failed;
}

} // namespace bootperf
