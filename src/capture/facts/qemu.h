#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace bootperf {

/// What was found out about the qemu of a launch: accel ("kvm", "tcg"), machine (as given on the
/// command line, "" for qemu's default), guest_cpu, qemu_arguments (all of them, a blank between
/// two), qemu_binary, peak_memory_bytes. Keys that are not known are absent.
using QemuFacts = std::map<std::string, std::string>;

/// From a qemu's arguments and whether it holds a KVM virtual machine open. "accel=kvm:tcg" falls
/// back silently, so only the latter tells which of the two it was.
QemuFacts qemu_facts(const std::vector<std::string> &arguments, bool holds_kvm);

/// Whether a process is a qemu, of whatever name a distribution gives it.
bool is_qemu(pid_t pid);

/// Of a running qemu.
QemuFacts inspect_qemu(pid_t pid);

/// The qemu that serves a libguestfs socket directory: the one whose arguments name it. Works for
/// both backends and through wrappers.
std::optional<pid_t> find_qemu(std::string_view socket_directory);

/// "7.2.22" from what `qemu --version` prints, or "".
std::string short_qemu_version(std::string_view output);

/// The machine type that a qemu takes for the given one, from what `qemu -machine help` prints: the
/// default for "", the versioned name for an alias ("pc" is "pc-i440fx-7.2").
std::string machine_type(std::string_view help, const std::string &given);

/// What a qemu says about itself, asked once for each binary.
class QemuBinaries {
public:
  struct Answers {
    std::string version;      ///< of `--version`
    std::string machine_help; ///< of `-machine help`
  };

  /// Empty answers when it cannot be run or does not answer in time.
  Answers ask(const std::string &binary);

private:
  std::mutex mutex_;
  std::map<std::string, Answers> known_; ///< by path and time of change
};

} // namespace bootperf
