#include "trend/record.h"

#include <cmath>
#include <map>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/text.h"
#include "statistics/summary.h"
#include "verdict/baseline/baseline.h"
#include "verdict/samples/measuring_fault.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {
namespace {

std::string bounded(std::string_view text) {
  return std::string(beginning(printable(text), longest_trend_text));
}

MachineClass bounded(const MachineClass &machine_class) {
  MachineClass result{machine_class.metric, {}};
  for (const auto &[key, value] : machine_class.keys)
    result.keys[bounded(key)] = bounded(value);
  return result;
}

std::string why_left_out(const SampleLaunches &samples, const Policy &policy) {
  if (samples.launches.empty())
    return samples.failed == 0 ? "no launch that counts"
                               : "every launch failed, the first in " + samples.failure;
  const double share = static_cast<double>(samples.failed) / static_cast<double>(samples.tried);
  if (share > policy.failed_launches)
    return fmt::format("{} of {} launches failed, the first in {}", samples.failed, samples.tried,
                       samples.failure);
  return "";
}

ClassRecord class_record(const Scenario &scenario, const SampleLaunches &samples, Metric metric,
                         const Policy &policy) {
  std::map<std::string, std::vector<double>> logs;
  for (const Launch *launch : samples.launches)
    for (const auto &[column, value] : phase_values(*launch, metric))
      if (!column.is_halt()) // the trend is one of logarithms, and nothing waited has none
        logs[bounded(column.phase)].push_back(std::log(value));
  ClassRecord record{bounded(machine_class(scenario, metric, policy)),
                     static_cast<std::uint32_t>(samples.launches.size()),
                     {}};
  for (const auto &[phase, values] : logs) {
    if (values.size() != samples.launches.size())
      continue;
    const Summary summary = summarise(values);
    record.phases.push_back(
        {phase, summary.mean, values.size() > 1 ? summary.standard_deviation : 0});
  }
  return record;
}

} // namespace

Result<SessionRecord> record_of(const Session &session, const Policy &policy) {
  const Location where{session.id};
  if (session.id.size() > longest_trend_text)
    return fail(ErrorKind::input,
                fmt::format("the session's id is longer than {} bytes", longest_trend_text));
  if (!time_from_utc(session.created))
    return fail(ErrorKind::input,
                "\"created\" is not a time such as 2024-05-01T12:00:00Z, which the trend needs",
                where);
  SessionRecord record{bounded(session.id),
                       session.created,
                       bounded(session.commit),
                       bounded(host_of(session)),
                       {},
                       {}};
  for (const Scenario *each_scenario : session.distinct_scenarios()) {
    const Scenario &scenario = *each_scenario;
    const SampleLaunches samples = sample_launches(session, scenario.name);
    if (const std::string why = why_left_out(samples, policy); !why.empty()) {
      record.left_out.push_back(scenario.name + ": " + why);
      continue;
    }
    for (const Metric metric : {Metric::wall, Metric::instructions}) {
      if (const std::string fault = measuring_fault(samples, metric); !fault.empty()) {
        record.left_out.push_back(fmt::format("{}: {}", scenario.name, fault));
        continue;
      }
      ClassRecord each = class_record(scenario, samples, metric, policy);
      if (!each.phases.empty())
        record.classes.push_back(std::move(each));
      else if (metric == deciding_metric(scenario.mode))
        record.left_out.push_back(
            fmt::format("{}: no phase has {} in every launch", scenario.name, to_text(metric)));
    }
  }
  if (record.classes.empty())
    return fail(ErrorKind::not_measured,
                record.left_out.empty() ? "the session has no scenario" : record.left_out.front(),
                where);
  return record;
}

} // namespace bootperf
