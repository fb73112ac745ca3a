#include "cli/machine_findings.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "report/text/paint.h"

namespace bootperf {
namespace {

// Past this share of the cores other programs disturb wall time visibly.
constexpr double busy_share = 0.5;

Finding libguestfs(const MachineFacts &facts) {
  const char *remedy = "apt-get install libguestfs-dev libguestfs-tools";
  if (!facts.worker_problem.empty())
    return {Level::missing, "libguestfs",
            "the launch worker does not start: " + facts.worker_problem,
            std::string("build bootperf-launch and keep it beside bootperf; ") + remedy};
  if (facts.libguestfs.empty())
    return {Level::ok, "libguestfs", "not from a package; boot logs will say its version", ""};
  return {Level::ok, "libguestfs", facts.libguestfs, ""};
}

Finding supermin(const MachineFacts &facts) {
  if (facts.fixed_appliance)
    return {Level::ok, "supermin", "not needed: LIBGUESTFS_PATH holds a fixed appliance", ""};
  if (facts.supermin.empty())
    return {Level::missing, "supermin", "not found", "apt-get install supermin"};
  return {Level::ok, "supermin", facts.supermin, ""};
}

Finding kernel(const MachineFacts &facts) {
  if (facts.fixed_appliance)
    return {Level::ok, "kernel", "not needed: LIBGUESTFS_PATH holds a fixed appliance", ""};
  if (facts.kernels.empty())
    return {Level::missing, "kernel",
            "no /boot/vmlinuz-*: supermin takes an installed kernel, "
            "and a container has none",
            "apt-get install linux-image-cloud-amd64 (Ubuntu: linux-image-generic)"};
  const auto readable = std::find_if(facts.kernels.rbegin(), facts.kernels.rend(),
                                     [](const KernelFile &file) { return file.readable; });
  if (readable == facts.kernels.rend())
    return {Level::missing, "kernel", facts.kernels.back().path + " cannot be read by this user",
            "sudo chmod 0644 /boot/vmlinuz-*"};
  if (!facts.kernel_modules)
    return {Level::missing, "kernel", readable->path + " has no modules in /lib/modules",
            "reinstall the kernel's package"};
  return {Level::ok, "kernel", readable->path, ""};
}

Finding qemu(const MachineFacts &facts) {
  if (facts.qemu_program.empty())
    return {Level::missing, "qemu", "not found", "apt-get install qemu-system-x86 qemu-utils"};
  const std::string version = facts.qemu.empty() ? "version unknown" : facts.qemu;
  if (facts.kvm.trial == Trial::broken && facts.tcg.trial == Trial::broken)
    return {Level::missing, "qemu",
            facts.qemu_program + " does not run a guest: " + facts.tcg.detail,
            "try it by hand; LIBGUESTFS_HV names another one"};
  return {Level::ok, "qemu", version + ", " + facts.qemu_program, ""};
}

Finding kvm(const MachineFacts &facts) {
  switch (facts.kvm.trial) {
  case Trial::works:
    return {Level::ok, "KVM", "works: a guest ran to its end", ""};
  case Trial::absent:
    return {Level::warning, "KVM", "there is no /dev/kvm: launches run under TCG, ten times slower",
            "most virtual machines and containers have none; counted launches do not need it"};
  case Trial::closed:
    return {Level::warning, "KVM", "/dev/kvm cannot be opened by this user",
            "sudo usermod -aG kvm $USER, then log in again (in CI: sudo chmod 0666 /dev/kvm)"};
  case Trial::broken:
    return {Level::warning, "KVM", "/dev/kvm opens but does not run a guest: " + facts.kvm.detail,
            "use --accel tcg; auto falls back to it"};
  case Trial::untried:
    break;
  }
  return {Level::warning, "KVM", "/dev/kvm opens; only a launch can tell whether it works",
          "bootperf run --mode quiet --launches 1"};
}

Finding accelerator(const MachineFacts &facts) {
  const bool kvm_runs = facts.kvm.trial == Trial::works || facts.kvm.trial == Trial::untried;
  if (kvm_runs)
    return {Level::ok, "accelerator", "auto takes KVM", ""};
  const Level level = facts.tcg.trial == Trial::works || facts.tcg.trial == Trial::untried
                          ? Level::ok
                          : Level::missing;
  if (level == Level::ok)
    return {level, "accelerator", "auto takes TCG", ""};
  return {level, "accelerator", "neither KVM nor TCG runs a guest: " + facts.tcg.detail,
          "see qemu above"};
}

Finding counting(const MachineFacts &facts) {
  if (facts.counting.trial == Trial::works)
    return {Level::ok, "counted launches", "qemu takes the instruction counter", ""};
  return {
      Level::warning, "counted launches", facts.counting.detail,
      "needs a qemu with TCG plugins and icount, and libbootperf_counter_api*.so beside bootperf"};
}

Finding load(const MachineFacts &facts) {
  const std::string text = fmt::format("{:.2f} on {} cores", facts.load, facts.cores);
  if (facts.load <= busy_share * facts.cores)
    return {Level::ok, "load", text, ""};
  return {Level::warning, "load", text + ": wall time will be noisy",
          "wait, stop other programs, or measure with --mode counted, which is not affected"};
}

Finding processor(const MachineFacts &facts) {
  return {Level::ok, "CPU",
          fmt::format("{}, {} cores", facts.cpu.empty() ? "unknown" : facts.cpu, facts.cores), ""};
}

Segment label(Level level) {
  switch (level) {
  case Level::ok:
    return {Colour::green, "ok"};
  case Level::warning:
    return {Colour::yellow, "warning"};
  case Level::missing:
    break;
  }
  return {Colour::red, "missing"};
}

} // namespace

std::vector<Finding> findings_of(const MachineFacts &facts) {
  return {libguestfs(facts),  supermin(facts), kernel(facts),    qemu(facts), kvm(facts),
          accelerator(facts), counting(facts), processor(facts), load(facts)};
}

bool can_measure(const std::vector<Finding> &findings) {
  return std::none_of(findings.begin(), findings.end(),
                      [](const Finding &finding) { return finding.level == Level::missing; });
}

std::string findings_text(const std::vector<Finding> &findings, const TextStyle &style) {
  constexpr std::size_t label_width = 9, what_width = 18;
  // A remedy that is cut off at the edge of the terminal cannot be copied.
  const TextStyle whole{style.colour, style.utf8, 0};
  std::string text;
  for (const Finding &finding : findings) {
    const Segment level = label(finding.level);
    text += line({{level.colour, pad_right(level.text, label_width)},
                  {Colour::bold, pad_right(finding.what, what_width)},
                  {Colour::plain, printable(finding.detail)}},
                 whole);
    if (!finding.remedy.empty())
      text += line({{Colour::plain, std::string(label_width + what_width, ' ') +
                                        glyphs(style).arrow + " " + finding.remedy}},
                   whole);
  }
  return text + (can_measure(findings) ? "\nThis machine can measure.\n"
                                       : "\nThis machine can measure nothing yet.\n");
}

} // namespace bootperf
