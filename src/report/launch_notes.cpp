#include "report/launch_notes.h"

#include <fmt/format.h>

#include "base/text.h"
#include "report/paint.h"
#include "report/phase_name.h"

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
  if (launches.warmups > 0)
    text += fmt::format("left out: {}\n", count(launches.warmups, "warm-up launch"));
  if (launches.rebuilds > 0)
    text += fmt::format("left out: {} that rebuilt the appliance\n",
                        count(launches.rebuilds, "launch"));
  return text;
}

} // namespace bootperf
