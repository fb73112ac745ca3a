#include "report/trend/sentence.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "report/text/words.h"
#include "session/collect.h"

namespace bootperf {
namespace {

constexpr std::size_t date_length = 10;
constexpr std::size_t shown_commit = 12;
// A phase beside it may have become faster, so that the share can be more than 1.
constexpr double nearly_all = 0.995;

struct Verb {
  const char *does, *unit; ///< "executes", " instructions"
};

Verb verb_of(Metric metric) {
  return metric == Metric::instructions ? Verb{"executes", " instructions"} : Verb{"takes", ""};
}

std::string night_date(const History &history, const ClassTrend &trend, std::uint32_t night) {
  return date_of(history, trend.nights.nights[night]);
}

/// Everybody knows that the launch lies in run, and /init in qemu and the kernel.
bool is_spine(const PhaseStep &step) {
  const std::string last = id_parts(step.phase).back();
  return last == "run" || last == "qemu" || last == "kernel";
}

const PhaseStep &told_outermost(const StepCause &cause) {
  const auto found = std::ranges::find(cause.steps, launch_id, &PhaseStep::phase);
  return found == cause.steps.end() || cause.outermost().phase != "run" ? cause.outermost()
                                                                        : **found;
}

/// ", 94 % of the 90.7 ms that launch takes more"; "" where no phase around it has a step.
std::string share_text(const StepCause &cause, Metric metric, const TextStyle &style) {
  const PhaseStep &outer = told_outermost(cause);
  if (&outer == cause.named)
    return "";
  const double share = amount(*cause.named) / amount(outer);
  const std::string of = fmt::format(
      "the {}{} that {} {} {}", value_text(std::abs(amount(outer)), metric), verb_of(metric).unit,
      short_phase(outer.phase, style), verb_of(metric).does, outer.change > 0 ? "more" : "less");
  return share < nearly_all ? fmt::format(", {:.0f} % of {}", 100 * share, of) : ", all of " + of;
}

/// The range of nights where the step cannot be told to the night.
std::string range_text(const History &history, const ClassTrend &trend, const PhaseStep &step) {
  if (step.first_after <= step.last_before + 1)
    return "";
  return fmt::format(" (it came after {} and by {})", night_date(history, trend, step.last_before),
                     night_date(history, trend, step.first_after));
}

/// The first commit known of these sessions, from either end.
template <class Range>
std::string commit_of(const History &history, const Range &sessions) {
  for (const std::uint32_t session : sessions)
    if (const std::string &commit = history.sessions[session].commit; !commit.empty())
      return commit.substr(0, shown_commit);
  return "";
}

/// The name by which `trend check --phase` finds a phase: the last part of its id.
std::string phase_argument(const PhaseStep &step) {
  const std::string last = id_parts(step.phase).back();
  return last == "(other)" ? step.phase : last;
}

} // namespace

std::string cause_sentence(const History &history, const ClassTrend &trend, const StepCause &cause,
                           const TextStyle &style) {
  const Metric metric = trend.history->machine_class.metric;
  const PhaseStep &step = *cause.named;
  return fmt::format("{} {} {}{} {} ({}) since the night of {}{}{}", short_phase(step.phase, style),
                     verb_of(metric).does, value_text(std::abs(amount(step)), metric),
                     verb_of(metric).unit, step.change > 0 ? "more" : "less",
                     change_text(1 + step.change, style), night_date(history, trend, step.night),
                     range_text(history, trend, step), share_text(cause, metric, style));
}

std::string also_text(const StepCause &cause, const TextStyle &style) {
  const bool has_launch = std::ranges::count(cause.steps, launch_id, &PhaseStep::phase) > 0;
  std::string text;
  for (const PhaseStep *step : cause.steps)
    if (step != cause.named && !(has_launch && is_spine(*step)))
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", short_phase(step->phase, style),
                          change_text(1 + step->change, style));
  return text;
}

std::string outcome_text(const History &history, const ClassTrend &trend, const StepCause &cause) {
  const PhaseStep &step = *cause.named;
  std::string text;
  if (step.accepted)
    text = fmt::format("accepted on {}{}: {}", step.accepted->date.substr(0, date_length),
                       step.accepted->by.empty() ? "" : " by " + printable(step.accepted->by),
                       printable(step.accepted->reason));
  if (step.reversed_in)
    text += fmt::format("{}taken back in the night of {}", text.empty() ? "" : "; ",
                        night_date(history, trend, *step.reversed_in));
  return text;
}

std::string commit_range(const History &history, const ClassTrend &trend, const PhaseStep &step) {
  const std::vector<std::uint32_t> &before = trend.nights.nights[step.last_before].sessions;
  const std::vector<std::uint32_t> &after = trend.nights.nights[step.first_after].sessions;
  const std::string first = commit_of(history, before);
  const std::string last =
      commit_of(history, std::vector<std::uint32_t>(after.rbegin(), after.rend()));
  return first.empty() || last.empty() ? "" : first + ".." + last;
}

Openness openness_of(const std::vector<std::vector<StepCause>> &causes) {
  Openness open;
  for (const std::vector<StepCause> &each : causes) {
    const auto count =
        static_cast<std::size_t>(std::ranges::count(each, StepState::open, &StepCause::state));
    open.causes += count;
    open.classes += count > 0;
  }
  return open;
}

std::string accept_command(const StepCause &cause, const ClassTrend &trend, const Openness &open) {
  std::string command = "bootperf trend check --accept 'the reason'";
  if (open.causes > 1)
    command += " --phase " + shell_word(printable(phase_argument(*cause.named)));
  if (open.classes > 1)
    command += " --class " + shell_word(printable(trend.history->name));
  return command;
}

} // namespace bootperf
