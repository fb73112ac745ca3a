#include "capture/log/launch_words.h"

#include <array>
#include <utility>

#include "capture/log/console.h"
#include "capture/log/kernel_stamp.h"

namespace bootperf {

namespace {

// "kvm:tcg" does not tell which one it was.
std::string single_accelerator(std::string accelerators) {
  return accelerators.find(':') == std::string::npos ? std::move(accelerators) : "";
}

} // namespace

void set_if_known(LaunchFacts &facts, const char *key, std::string value) {
  if (!value.empty()) {
    facts[key] = std::move(value);
  }
}

std::string value_after(std::string_view text, std::string_view key, std::string_view ends) {
  const auto found = text.find(key);
  if (found == std::string_view::npos) {
    return "";
  }
  text.remove_prefix(found + key.size());
  return std::string(text.substr(0, text.find_first_of(ends)));
}

std::string machine_of(std::string_view option) {
  const auto first = option.substr(0, option.find(','));
  if (first.starts_with("type=")) {
    return std::string(first.substr(5));
  }
  return first.find('=') == std::string_view::npos ? std::string(first) : "";
}

LaunchFacts qemu_facts_from_log(std::string_view text) {
  LaunchFacts facts;
  if (const auto xml = text.find("<domain "); xml != std::string_view::npos) {
    const auto domain = text.substr(xml);
    const auto type = value_after(domain, "type=\"", "\"");
    set_if_known(facts, "accel", type == "qemu" ? "tcg" : type);
    set_if_known(facts, "machine", value_after(domain, "machine=\"", "\""));
    set_if_known(facts, "guest_cpu", value_after(domain, "<cpu mode=\"", "\""));
    set_if_known(facts, "qemu_binary", value_after(domain, "<emulator>", "<"));
  } else if (const auto line = text.find("-machine "); line != std::string_view::npos) {
    const auto option = value_after(text, "-machine ", " \n");
    facts["machine"] = machine_of(option);
    set_if_known(facts, "accel", single_accelerator(value_after(option, "accel=", ",")));
    set_if_known(facts, "guest_cpu", value_after(text.substr(line), "-cpu ", " \n"));
  }
  set_if_known(facts, "qemu",
               value_after(value_after(text, "reported by libvirt) = ", "\n"), "(", ")"));
  return facts;
}

namespace {

std::string backend_in(std::string_view text) {
  const std::string named = value_after(text, "launch: backend=", ":\r\n");
  if (!named.empty()) {
    return named;
  }
  constexpr std::array<std::string_view, 5> of_libvirt = {
      "connect to libvirt", "get libvirt capabilities", "libvirt XML:", "launch libvirt guest",
      "calling virDomainDestroy"};
  for (const auto words : of_libvirt) {
    if (holds(text, words)) {
      return "libvirt";
    }
  }
  constexpr std::array<std::string_view, 4> of_direct = {"begin testing qemu features",
                                                         " -no-user-config", " -nodefconfig",
                                                         "sending SIGTERM to process"};
  for (const auto words : of_direct) {
    if (holds(text, words)) {
      return "direct";
    }
  }
  return "";
}

// Named by libguestfs, by the qemu that is started, or by what only one of them prints.
std::string arch_in(std::string_view text) {
  for (const std::string_view key : {"--host-cpu ", "host_cpu: ", "host_cpu="}) {
    if (std::string named = value_after(text, key, " )\r\n"); !named.empty()) {
      return named;
    }
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 14> signs = {{
      {"qemu-system-x86_64", "x86_64"},
      {"qemu-system-aarch64", "aarch64"},
      {"qemu-system-ppc64", "ppc64le"},
      {"qemu-system-s390x", "s390x"},
      {"qemu-system-riscv64", "riscv64"},
      {"<type arch=\"aarch64\"", "aarch64"},
      {"SeaBIOS (version", "x86_64"},
      {"Booting Linux on physical CPU", "aarch64"},
      {"console=ttyAMA0", "aarch64"},
      {"console=hvc0", "ppc64le"},
      {"console=ttysclp0", "s390x"},
      {"BIOS-e820:", "x86_64"},
      {"BIOS-provided physical RAM map", "x86_64"},
      {"smpboot: ", "x86_64"},
  }};
  for (const auto &[sign, arch] : signs) {
    if (holds(text, sign)) {
      return std::string(arch);
    }
  }
  return "";
}

std::string mode_in(std::string_view text) {
  if (holds(text, " initcall_debug")) {
    return "initcalls";
  }
  constexpr std::array<std::string_view, 6> only_verbose = {
      "guestfs_verbose=1", "supermin: internal insmod",         "supermin: picked ",
      "launch: program=",  "begin building supermin appliance", "supermin: chroot"};
  for (const auto words : only_verbose) {
    if (holds(text, words)) {
      return "traced";
    }
  }
  if (find_kernel_stamp(text)) {
    return "traced";
  }
  const bool came_to_init = holds(text, "Starting /init script") || holds(text, "supermin: ext2");
  return came_to_init ? "quiet" : "";
}

} // namespace

LaunchFacts launch_facts_from_log(std::string_view text) {
  LaunchFacts facts = {{"guest", "no"}};
  set_if_known(facts, "mode", mode_in(text));
  set_if_known(facts, "backend", backend_in(text));
  set_if_known(facts, "arch", arch_in(text));
  set_if_known(facts, "libguestfs", value_after(text, "launch: version=", " \r\n"));
  set_if_known(facts, "supermin", value_after(text, "supermin: version: ", " \r\n"));
  set_if_known(facts, "kernel", value_after(text, "] Linux version ", " \r\n"));
  set_if_known(facts, "memsize", value_after(text, "guestfs_get_memsize: ", " \r\n"));
  return facts;
}

void append_event(std::string &text, const Event &event, std::string_view before) {
  const bool console = event.source == Source::appliance;
  // A message that breaks into a line of the console has to stand on a line of its own here.
  if (!console && !text.empty() && text.back() != '\n') {
    text += '\n';
  }
  text += before;
  text += event.message;
  if (!console && !event.message.empty()) {
    text += '\n';
  }
}

std::string text_of_events(std::span<const Event> events) {
  std::string text;
  for (const Event &event : events) {
    append_event(text, event);
  }
  return text;
}

} // namespace bootperf
