#include "report/trend/formats.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "report/text/paint.h"
#include "report/trend/class_names.h"
#include "trend/nights.h"

namespace bootperf {
namespace {

constexpr std::size_t listed_commit = 12;

std::string amount_of(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

} // namespace

std::string trend_list_text(const History &history, std::size_t sessions, const TextStyle &style) {
  std::string text = amount_of(history.sessions.size(), "session", "sessions") + ", " +
                     amount_of(history.classes.size(), "class", "classes") +
                     " of machine and metric\n";
  const Days days(history);
  const std::vector<std::string> names = class_names(history, style);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const ClassHistory &each = history.classes[i];
    const ClassNights nights = nights_of(each, days);
    text += line({{Colour::plain, fmt::format("  {}", names[i])}}, style);
    text +=
        line({{Colour::plain, fmt::format("    {}, {}, {} to {}",
                                          amount_of(nights.nights.size(), "night", "nights"),
                                          amount_of(each.series.size(), "phase", "phases"),
                                          date_of(history, nights.nights.front()),
                                          date_of(history, nights.nights.back()))},
              {Colour::faint, fmt::format(", {}, --class {}", to_text(each.machine_class.metric),
                                          printable(each.name))}},
             style);
  }
  const std::size_t shown = std::min(sessions, history.sessions.size());
  if (shown > 0)
    text += shown == history.sessions.size() ? "\n" : fmt::format("\nthe last {}:\n", shown);
  for (std::size_t i = 0; i < shown; ++i) {
    const TrendSession &session = history.sessions[history.sessions.size() - 1 - i];
    text += line({{Colour::plain,
                   fmt::format("  {}  {}  {}  {}", session.created, printable(session.id),
                               pad_right(session.commit.empty()
                                             ? "no commit"
                                             : printable(session.commit.substr(0, listed_commit)),
                                         listed_commit),
                               printable(session.host))}},
                 style);
  }
  return text;
}

} // namespace bootperf
