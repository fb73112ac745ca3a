#include "report/phase_name.h"

#include <array>

#include "base/text.h"
#include "report/paint.h"

namespace bootperf {
namespace {

constexpr std::string_view separator = " > ";
constexpr std::array<std::string_view, 4> spine = {"run", "launch", "qemu", "kernel"};

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

} // namespace bootperf
