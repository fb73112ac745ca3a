#include "report/text/words.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "report/text/paint.h"

namespace bootperf {
namespace {

constexpr std::string_view separator = " > ";
constexpr std::array<std::string_view, 4> spine = {"run", "launch", "qemu", "kernel"};

std::string_view behind_name(Quantity quantity) {
  return quantity == Quantity::measured  ? ""
         : quantity == Quantity::waiting ? ", waiting"
                                         : ", host waiting";
}

// Everybody knows that /init runs in the kernel in qemu: only the last part of the spine is kept,
// when nothing else names the phase.
std::size_t first_shown(const std::vector<std::string> &parts) {
  std::size_t first = 0;
  while (first < spine.size() && first + 1 < parts.size() && parts[first] == spine[first])
    ++first;
  return parts[first] == "(other)" && first > 0 ? first - 1 : first;
}

} // namespace

std::vector<std::string> id_parts(std::string_view id) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t end = id.find(separator);
    parts.emplace_back(id.substr(0, end));
    if (end == std::string_view::npos)
      return parts;
    id.remove_prefix(end + separator.size());
  }
}

std::string short_phase(std::string_view id, const TextStyle &style) {
  const std::vector<std::string> parts = id_parts(id);
  const std::size_t first = first_shown(parts);
  std::string text = printable(parts[first]);
  for (std::size_t i = first + 1; i < parts.size(); ++i) {
    const std::string prefix = parts[i - 1] + ":";
    const bool repeats = parts[i].starts_with(prefix) && parts[i].size() > prefix.size();
    text += glyphs(style).below;
    text += printable(repeats ? std::string_view(parts[i]).substr(prefix.size()) : parts[i]);
  }
  return text;
}

std::string phase_name(std::string_view id, const TextStyle &style) {
  const std::string path = short_phase(id, style);
  const std::string &below = glyphs(style).below;
  const std::size_t last = path.rfind(below);
  return last == std::string::npos ? path : path.substr(last + below.size());
}

std::string short_phase(std::string_view id, const TextStyle &style, std::size_t width) {
  std::string text = short_phase(id, style);
  const std::string &below = glyphs(style).below;
  if (columns(text) <= width)
    return text;
  for (std::size_t at = 0; (at = text.find(below, at)) != std::string::npos; ++at) {
    std::string right = glyphs(style).ellipsis + text.substr(at);
    if (columns(right) <= width)
      return right;
  }
  const std::size_t last = text.rfind(below);
  return elide(last == std::string::npos ? text : text.substr(last + below.size()), width, style);
}

std::string column_name(const Column &column, const TextStyle &style) {
  return short_phase(column.phase, style) + std::string(behind_name(column.quantity));
}

std::string column_name(const Column &column, const TextStyle &style, std::size_t width) {
  const std::string_view behind = behind_name(column.quantity);
  return short_phase(column.phase, style, std::max(width, 2 * behind.size()) - behind.size()) +
         std::string(behind);
}

std::string value_text(double value, Metric metric) {
  // A double beyond this does not fit into nanoseconds of 64 bits.
  constexpr double largest = 9e18;
  if (!std::isfinite(value) || std::abs(value) > largest)
    return "?";
  return metric == Metric::wall ? duration_text(std::llround(value)) : count_text(value);
}

std::string change_text(double ratio, const TextStyle &style) {
  if (!std::isfinite(ratio))
    return "";
  const double percent = std::round(1000 * (ratio - 1)) / 10;
  const std::string sign = percent < 0 ? glyphs(style).minus : "+";
  return fmt::format("{}{:.1f} %", sign, std::abs(percent));
}

std::string signed_count_text(double change, const TextStyle &style) {
  return (change < 0 ? glyphs(style).minus : "+") + count_text(std::abs(change));
}

std::string percent_text(double share) {
  if (!std::isfinite(share))
    return "unknown";
  const double percent = 100 * share;
  // One digit would show a real effect of 0.04 % as nothing.
  return percent != 0 && std::abs(percent) < 0.1 ? fmt::format("{:.2g} %", percent)
                                                 : fmt::format("{:.1f} %", percent);
}

std::string p_text(double p) {
  return std::isfinite(p) ? fmt::format("{:.2g}", p) : "";
}

std::string launches_text(std::size_t launches) {
  return fmt::format("{} {}", launches, launches == 1 ? "launch" : "launches");
}

std::string extent_text(std::size_t launches, std::size_t sessions) {
  return fmt::format("{} of {} {}", launches_text(launches), sessions,
                     sessions == 1 ? "session" : "sessions");
}

} // namespace bootperf
