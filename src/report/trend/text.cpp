#include "report/trend/formats.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "report/text/paint.h"
#include "report/text/words.h"
#include "report/trend/class_names.h"
#include "report/trend/sentence.h"
#include "trend/causes.h"

namespace bootperf {
namespace {

constexpr std::size_t state_width = 10;

Colour colour_of(StepState state) {
  switch (state) {
  case StepState::open:
    return Colour::red;
  case StepState::faster:
    return Colour::green;
  case StepState::accepted:
  case StepState::reversed:
  case StepState::old:
  case StepState::advisory:
    break;
  }
  return Colour::faint;
}

/// "946.2 ms → 1.03 s; also in launch +2.6 %"
std::string extent_of(const StepCause &cause, Metric metric, const TextStyle &style) {
  const std::string also = also_text(cause, style);
  return fmt::format("{} {} {}{}{}", value_text(cause.named->before, metric), glyphs(style).arrow,
                     value_text(cause.named->after, metric), also.empty() ? "" : "; also in ",
                     also);
}

/// What brings the commits to sight, or the sessions where none are known.
std::string came_with(const History &history, const ClassTrend &trend, const PhaseStep &step) {
  const std::string commits = commit_range(history, trend, step);
  if (!commits.empty())
    return "came with: git log " + shell_word(printable(commits));
  const auto session = [&](std::uint32_t night) {
    return printable(history.sessions[trend.nights.nights[night].sessions.front()].id);
  };
  return fmt::format("between the sessions {} and {}, of unknown commits",
                     session(step.last_before), session(step.first_after));
}

std::string cause_text(const History &history, const ClassTrend &trend, const StepCause &cause,
                       const Openness &open, const TextStyle &style) {
  const std::string indent = "  " + std::string(state_width, ' ');
  std::string text = fmt::format(
      "  {}{}\n",
      paint(colour_of(cause.state), pad_right(to_text(cause.state), state_width), style),
      cause_sentence(history, trend, cause, style));
  text += indent + extent_of(cause, trend.history->machine_class.metric, style) + '\n';
  if (const std::string outcome = outcome_text(history, trend, cause); !outcome.empty())
    text += indent + outcome + '\n';
  text += indent + came_with(history, trend, *cause.named) + '\n';
  if (cause.state == StepState::open)
    text += indent + "if intended: " + accept_command(cause, trend, open) + '\n';
  return text;
}

std::string count_of(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

/// Why a class passes or does not, in a word or a sentence.
std::string standing_of(const ClassTrend &trend, std::size_t open, const TextStyle &style) {
  std::string text;
  if (open > 0)
    text = ", " + paint(Colour::red, count_of(open, "open step"), style);
  if (!trend.metric_decides)
    text += ", advisory only";
  else if (trend.ended)
    text += ", ended";
  if (trend.not_measured.empty())
    return open == 0 && trend.decides ? ", nothing new" : text;
  return text +
         (trend.decides ? ", " + paint(Colour::yellow, "not measured", style) + ": "
                        : ", decides nothing: ") +
         printable(trend.not_measured);
}

template <class Wanted>
std::string checked_text(const History &history, const TrendCheck &check, const TextStyle &style,
                         const Wanted &wanted) {
  if (check.classes.empty())
    return "the trend is empty: `bootperf trend add SESSION` adds to it\n";
  const std::vector<std::string> names = class_names(history, style);
  std::vector<std::vector<StepCause>> causes;
  for (const ClassTrend &trend : check.classes)
    causes.push_back(step_causes(trend));
  const Openness open = openness_of(causes);
  std::string text;
  for (std::size_t i = 0; i < causes.size(); ++i) {
    const ClassTrend &trend = check.classes[i];
    const auto here =
        static_cast<std::size_t>(std::ranges::count(causes[i], StepState::open, &StepCause::state));
    const auto hidden = static_cast<std::size_t>(std::ranges::count_if(
        causes[i], [&](const StepCause &cause) { return !wanted(cause.state); }));
    text += fmt::format("{}: {}{}{}\n", names[i], count_of(trend.nights.nights.size(), "night"),
                        standing_of(trend, here, style),
                        hidden == 0 ? "" : fmt::format(" ({} more, --all lists them)", hidden));
    for (const StepCause &cause : causes[i])
      if (wanted(cause.state))
        text += cause_text(history, trend, cause, open, style);
  }
  if (std::ranges::none_of(check.classes, &ClassTrend::decides))
    text += "not measured: no class decides\n";
  return text;
}

} // namespace

std::string trend_check_text(const History &history, const TrendCheck &check,
                             const TextStyle &style) {
  return checked_text(history, check, style,
                      [](StepState state) { return state == StepState::open; });
}

std::string trend_steps_text(const History &history, const TrendCheck &check,
                             const TextStyle &style) {
  return checked_text(history, check, style, [](StepState) { return true; });
}

} // namespace bootperf
