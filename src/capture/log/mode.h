#pragma once

#include <optional>
#include <string_view>

namespace bootperf {

/// How a launch is observed (docs/modes.md).
enum class Mode {
  quiet,     ///< as users run it: coarse phases, nothing disturbed
  traced,    ///< verbose console with guestfs_boot_analysis=1: all phases
  counted,   ///< traced, under TCG, with guest instructions
  initcalls, ///< traced with initcall_debug: digs into the kernel
};

enum class Accelerator { automatic, kvm, tcg };

std::string_view to_text(Mode mode);
std::optional<Mode> mode_from_text(std::string_view text);

/// "auto", "kvm", "tcg"
std::string_view to_text(Accelerator accelerator);
std::optional<Accelerator> accelerator_from_text(std::string_view text);

} // namespace bootperf
