#include "report/trend/formats.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "report/text/paint.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

constexpr std::size_t date_length = 10;
constexpr std::size_t commit_length = 12;

std::string date_of(const Night &night) {
  return night.created.substr(0, date_length);
}

std::string title_of(const ClassTrend &trend) {
  return fmt::format("{}, {}: ", printable(trend.history->name),
                     to_text(trend.history->machine_class.metric));
}

Colour colour_of(StepState state) {
  switch (state) {
  case StepState::fresh:
    return Colour::red;
  case StepState::faster:
    return Colour::green;
  case StepState::accepted:
  case StepState::old:
    break;
  }
  return Colour::faint;
}

std::string where_text(const History &history, const PhaseStep &step) {
  const Night &before = history.nights[step.last_before];
  const Night &after = history.nights[step.first_after];
  const std::string commits = commit_range(history, step);
  std::string text = fmt::format("between {} and {}", date_of(before), date_of(after));
  if (commits.empty())
    return text +
           fmt::format(", sessions {} and {}", printable(before.session), printable(after.session));
  return text + ", " + printable(commits);
}

std::string steps_text(const History &history, const ClassTrend &trend,
                       const std::vector<const PhaseStep *> &steps, const TextStyle &style) {
  std::size_t width = 0;
  for (const PhaseStep *step : steps)
    width = std::max(width, columns(short_phase(step->phase, style)));
  const Metric metric = trend.history->machine_class.metric;
  std::string text;
  for (const PhaseStep *step : steps) {
    // A step of a class that decides nothing is shown, but is no news to fail by.
    const StepState state =
        step->state == StepState::fresh && !trend.decides ? StepState::old : step->state;
    text +=
        line({{Colour::plain, "  "},
              {colour_of(state), pad_right(to_text(state), 9)},
              {Colour::plain, pad_right(short_phase(step->phase, style), width)},
              {colour_of(state), pad_left(change_text(1 + step->change, style), 10)},
              {Colour::plain, fmt::format("  {} {} {}  ", value_text(step->before, metric),
                                          glyphs(style).arrow, value_text(step->after, metric))},
              {Colour::plain, where_text(history, *step)},
              {Colour::faint, step->reason.empty() ? "" : ": " + printable(step->reason)}},
             style);
  }
  return text;
}

bool is_news(const ClassTrend &trend, const PhaseStep &step) {
  return trend.decides && step.state == StepState::fresh;
}

std::string count_of(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string class_text(const History &history, const ClassTrend &trend,
                       const std::vector<const PhaseStep *> &shown, const TextStyle &style) {
  const auto news = static_cast<std::size_t>(std::ranges::count_if(
      trend.steps, [&](const PhaseStep &step) { return is_news(trend, step); }));
  std::string text = title_of(trend) + count_of(trend.nights, "night");
  if (!trend.decides)
    text += ", advisory only";
  if (!trend.not_measured.empty())
    text +=
        ", " + paint(Colour::yellow, "not measured", style) + ": " + printable(trend.not_measured);
  else
    text +=
        news == 0 ? ", nothing new" : ", " + paint(Colour::red, count_of(news, "new step"), style);
  if (trend.steps.size() > shown.size())
    text += fmt::format(" ({} more, --all lists them)", trend.steps.size() - shown.size());
  return text + '\n' + steps_text(history, trend, shown, style);
}

std::string advice(const History &history, const TrendCheck &check) {
  const std::vector<const PhaseStep *> fresh = check.fresh();
  if (fresh.empty())
    return "";
  const std::string commits = commit_range(history, *fresh.front());
  std::string text = "\n";
  if (!commits.empty())
    text += "what came with it:     git log " + printable(commits) + '\n';
  return text + "if this is intended:   bootperf trend check --accept 'the reason'\n";
}

template <class Wanted>
std::string checked_text(const History &history, const TrendCheck &check, const TextStyle &style,
                         const Wanted &wanted) {
  if (check.classes.empty())
    return "the trend is empty: `bootperf trend add SESSION` adds to it\n";
  std::string text;
  for (const ClassTrend &trend : check.classes) {
    std::vector<const PhaseStep *> shown;
    for (const PhaseStep &step : trend.steps)
      if (wanted(trend, step))
        shown.push_back(&step);
    text += class_text(history, trend, shown, style);
  }
  return text + advice(history, check);
}

} // namespace

std::string commit_range(const History &history, const PhaseStep &step) {
  const std::string &before = history.nights[step.last_before].commit;
  const std::string &after = history.nights[step.first_after].commit;
  if (before.empty() || after.empty())
    return "";
  return before.substr(0, commit_length) + ".." + after.substr(0, commit_length);
}

std::string trend_check_text(const History &history, const TrendCheck &check,
                             const TextStyle &style) {
  return checked_text(history, check, style, is_news);
}

std::string trend_steps_text(const History &history, const TrendCheck &check,
                             const TextStyle &style) {
  return checked_text(history, check, style,
                      [](const ClassTrend &, const PhaseStep &) { return true; });
}

std::string trend_list_text(const History &history, std::size_t sessions, const TextStyle &style) {
  std::string text =
      count_of(history.nights.size(), "session") + ", " +
      fmt::format("{} of machine and metric\n",
                  history.classes.size() == 1 ? "1 class"
                                              : fmt::format("{} classes", history.classes.size()));
  for (const ClassHistory &each : history.classes) {
    std::uint32_t first = each.series.front().points.front().night;
    std::uint32_t last = first;
    std::size_t nights = 0;
    for (const PhaseSeries &series : each.series) {
      first = std::min(first, series.points.front().night);
      last = std::max(last, series.points.back().night);
      nights = std::max(nights, series.points.size());
    }
    text += line({{Colour::plain,
                   fmt::format("  {}, {}: {}, {}, {} to {}", printable(each.name),
                               to_text(each.machine_class.metric), count_of(nights, "night"),
                               count_of(each.series.size(), "phase"),
                               date_of(history.nights[first]), date_of(history.nights[last]))}},
                 style);
  }
  const std::size_t shown = std::min(sessions, history.nights.size());
  if (shown > 0)
    text += shown == history.nights.size() ? "\n" : fmt::format("\nthe last {}:\n", shown);
  for (std::size_t i = 0; i < shown; ++i) {
    const Night &night = history.nights[history.nights.size() - 1 - i];
    text += line({{Colour::plain,
                   fmt::format("  {}  {}  {}  {}", night.created, printable(night.session),
                               pad_right(night.commit.empty()
                                             ? "no commit"
                                             : printable(night.commit.substr(0, commit_length)),
                                         commit_length),
                               printable(night.host))}},
                 style);
  }
  return text;
}

} // namespace bootperf
