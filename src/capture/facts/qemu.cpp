#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sstream>
#include <system_error>
#include <vector>

#include "base/process.h"
#include "base/process_table.h"
#include "capture/facts/qemu.h"
#include "capture/log/launch_words.h"

namespace bootperf {

namespace {

// They stand in every boot log; of a guest with a thousand drives its beginning does.
constexpr std::size_t longest_arguments = 16 * 1024;

} // namespace

QemuFacts qemu_facts(const std::vector<std::string> &arguments, bool holds_kvm) {
  QemuFacts facts;
  std::string accelerators;
  for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
    const auto &value = arguments[i + 1];
    if (arguments[i] == "-machine" || arguments[i] == "-M") {
      facts["machine"] = machine_of(value);
      if (const auto given = value_after(value, "accel=", ","); !given.empty()) {
        accelerators = given;
      }
    } else if (arguments[i] == "-accel") {
      accelerators = value.substr(0, value.find(','));
    } else if (arguments[i] == "-cpu") {
      facts["guest_cpu"] = value;
    } else if (arguments[i] == "-enable-kvm") {
      accelerators = "kvm";
    }
  }
  if (holds_kvm) {
    accelerators = "kvm";
  } else if (accelerators.find("tcg") != std::string::npos || accelerators.empty()) {
    // qemu's default accelerator is TCG.
    accelerators = "tcg";
  }
  facts["accel"] = accelerators;
  if (!arguments.empty()) {
    const auto joined = fmt::format("{}", fmt::join(arguments.begin() + 1, arguments.end(), " "));
    facts["qemu_arguments"] = joined.substr(0, longest_arguments);
  }
  return facts;
}

bool is_qemu(pid_t pid) {
  return executable(pid).filename().string().find("qemu") != std::string::npos;
}

QemuFacts inspect_qemu(pid_t pid) {
  const auto arguments = command_line(pid);
  if (arguments.empty()) {
    return {};
  }
  const auto files = open_files(pid);
  const bool holds_kvm = std::find(files.begin(), files.end(), "anon_inode:kvm-vm") != files.end();
  auto facts = qemu_facts(arguments, holds_kvm);
  set_if_known(facts, "qemu_binary", executable(pid).string());
  if (const auto peak = peak_memory(pid)) {
    facts["peak_memory_bytes"] = std::to_string(*peak);
  }
  return facts;
}

std::optional<pid_t> find_qemu(std::string_view socket_directory) {
  if (socket_directory.empty()) {
    return std::nullopt;
  }
  for (const pid_t pid : all_processes()) {
    const auto arguments = command_line(pid);
    const bool names_it =
        std::any_of(arguments.begin(), arguments.end(), [&](const std::string &argument) {
          return argument.find(socket_directory) != std::string::npos;
        });
    if (names_it && is_qemu(pid)) {
      return pid;
    }
  }
  return std::nullopt;
}

std::string short_qemu_version(std::string_view output) {
  return value_after(output, "version ", " (\n");
}

std::string machine_type(std::string_view help, const std::string &given) {
  // "pc   Standard PC (i440FX + PIIX, 1996) (alias of pc-i440fx-7.2)"
  // "pc-i440fx-7.2        Standard PC (i440FX + PIIX, 1996) (default)"
  std::istringstream lines{std::string(help)};
  for (std::string line; std::getline(lines, line);) {
    const std::string name = line.substr(0, line.find(' '));
    if (given.empty() && line.find("(default)") != std::string::npos) {
      return name;
    }
    if (!given.empty() && name == given) {
      const auto versioned = value_after(line, "(alias of ", ")");
      return versioned.empty() ? given : versioned;
    }
  }
  return given;
}

QemuBinaries::Answers QemuBinaries::ask(const std::string &binary) {
  if (binary.empty()) {
    return {};
  }
  std::error_code none;
  const auto changed = std::filesystem::last_write_time(binary, none).time_since_epoch().count();
  const std::string key = fmt::format("{} {}", binary, changed);
  const std::lock_guard lock(mutex_);
  const auto found = known_.find(key);
  if (found != known_.end()) {
    return found->second;
  }
  return known_[key] = {output_of({binary, "--version"}), output_of({binary, "-machine", "help"})};
}

} // namespace bootperf
