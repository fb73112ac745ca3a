#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "capture/log/boot_log.h"

namespace bootperf {

/// The words with which the reasons of failed launches begin.
namespace failure {
inline constexpr std::string_view hung = "hung: ";
inline constexpr std::string_view qemu_died = "qemu died: ";
inline constexpr std::string_view kernel_panic = "kernel panic: ";
inline constexpr std::string_view kvm = "KVM does not work: ";
inline constexpr std::string_view appliance = "appliance could not be built: ";
inline constexpr std::string_view launch = "guestfs_launch failed: ";
inline constexpr std::string_view libvirt = "libvirt refused: ";
inline constexpr std::string_view passt = "passt failed: ";
inline constexpr std::string_view no_root = "no root device: ";
inline constexpr std::string_view modules = "kernel modules missing: ";
inline constexpr std::string_view memory = "out of memory: ";
inline constexpr std::string_view space = "disk full: ";
inline constexpr std::string_view init = "/init did not start: ";
inline constexpr std::string_view daemon = "guestfsd did not start: ";
inline constexpr std::string_view disconnected = "appliance closed the connection: ";
} // namespace failure

/// Why a launch failed: a kind from above, and the message that says it.
struct Cause {
  std::string_view kind;
  std::string text;    ///< the whole message, on one line; raw bytes
  bool certain = true; ///< false: a consequence of something that the log does not show

  /// For people, safe to print.
  std::string reason() const;
};

/// The first cause of a failed launch in what was logged: of the messages that name a cause the
/// earliest, and only without one a consequence ("appliance closed the connection"). The error is
/// what libguestfs returned, which may be several lines. None when nothing went wrong, or when
/// nothing says what did.
std::optional<Cause> first_cause(std::span<const Event> events, std::string_view error = "");

/// What went wrong without ending the launch: KVM refused, and qemu went on without it. "" for
/// nothing.
std::string kvm_refusal(std::span<const Event> events);

/// The first message of qemu itself that is no warning; "" for none.
std::string qemu_complaint(std::string_view console);

} // namespace bootperf
