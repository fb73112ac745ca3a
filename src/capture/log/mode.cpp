#include "capture/log/mode.h"

#include <array>
#include <utility>

namespace bootperf {

namespace {

constexpr std::array<std::pair<Mode, std::string_view>, 4> mode_names = {{
    {Mode::quiet, "quiet"},
    {Mode::traced, "traced"},
    {Mode::counted, "counted"},
    {Mode::initcalls, "initcalls"},
}};

constexpr std::array<std::pair<Accelerator, std::string_view>, 3> accelerator_names = {{
    {Accelerator::automatic, "auto"},
    {Accelerator::kvm, "kvm"},
    {Accelerator::tcg, "tcg"},
}};

template <class Names, class Value>
std::string_view name_of(const Names &names, Value value) {
  for (const auto &[candidate, name] : names) {
    if (candidate == value) {
      return name;
    }
  }
  return "";
}

} // namespace

std::string_view to_text(Mode mode) {
  return name_of(mode_names, mode);
}

std::optional<Mode> mode_from_text(std::string_view text) {
  for (const auto &[mode, name] : mode_names) {
    if (name == text) {
      return mode;
    }
  }
  return std::nullopt;
}

std::string_view to_text(Accelerator accelerator) {
  return name_of(accelerator_names, accelerator);
}

std::optional<Accelerator> accelerator_from_text(std::string_view text) {
  for (const auto &[accelerator, name] : accelerator_names) {
    if (name == text) {
      return accelerator;
    }
  }
  return std::nullopt;
}

} // namespace bootperf
