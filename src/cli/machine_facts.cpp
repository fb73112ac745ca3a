#include "cli/machine_facts.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

#include "base/files.h"
#include "base/process.h"
#include "base/text.h"
#include "capture/counter/arguments.h"
#include "capture/counter/preparation.h"
#include "capture/facts/host.h"
#include "capture/facts/versions.h"
#include "capture/launcher/sweep.h"

namespace bootperf {
namespace {

constexpr int status_of_guest = 33; // isa-debug-exit: 2 · 0x10 + 1

std::string last_words(const std::string &text) {
  std::string last, line;
  for (const char byte : text + '\n') {
    if (byte != '\n') {
      line += byte;
      continue;
    }
    if (!line.empty())
      last = line;
    line.clear();
  }
  return last;
}

namespace fs = std::filesystem;

std::string variable(const char *name) {
  const char *value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string hypervisor() {
  const std::string chosen = variable("LIBGUESTFS_HV");
  return find_program(chosen.empty() ? default_hypervisor() : chosen).string();
}

// A worker that is there but whose libguestfs is not ends with status 127.
std::string problem_of_worker() {
  const std::string chosen = variable("BOOTPERF_LAUNCH");
  const fs::path worker =
      chosen.empty() ? program_directory() / "bootperf-launch" : fs::path(chosen);
  if (access(worker.c_str(), X_OK) != 0)
    return worker.string() + " does not exist";
  const Result<CommandOutput> help = run_command({worker.string(), "--help"});
  if (!help)
    return help.error().message;
  return help->status == 0 ? "" : first_line(help->text);
}

bool has_fixed_appliance() {
  const fs::path path = variable("LIBGUESTFS_PATH");
  std::error_code error;
  return !path.empty() && fs::exists(path / "kernel", error) && fs::exists(path / "root", error);
}

std::vector<KernelFile> kernels() {
  std::vector<KernelFile> found;
  std::error_code error;
  for (fs::directory_iterator entry("/boot", error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string path = entry->path().string();
    if (entry->path().filename().string().starts_with("vmlinu"))
      found.push_back({path, access(path.c_str(), R_OK) == 0});
  }
  std::sort(found.begin(), found.end(),
            [](const KernelFile &a, const KernelFile &b) { return a.path < b.path; });
  return found;
}

bool has_kernel_modules() {
  std::error_code error;
  for (fs::directory_iterator entry("/lib/modules", error), end; !error && entry != end;
       entry.increment(error)) {
    if (fs::exists(entry->path() / "modules.dep", error))
      return true;
  }
  return false;
}

bool is_x86() {
  return text_under(host_environment(), "arch") == "x86_64";
}

/// As libguestfs gives them to its qemu: the CPU matters, since a KVM may run one and abort over
/// another.
const std::vector<std::string> kvm_of_libguestfs = {
    "-machine", "accel=kvm,graphics=off", "-cpu", "max", "-m", "512"};

TrialResult try_accelerator(const std::string &qemu, const std::vector<std::string> &arguments) {
  if (qemu.empty())
    return {Trial::absent, "no qemu"};
  if (!is_x86())
    return {Trial::untried, ""};
  const Result<GuestTrial> trial = try_tiny_guest(qemu, arguments);
  if (!trial)
    return {Trial::untried, trial.error().message};
  return {trial->ran ? Trial::works : Trial::broken, trial->reason};
}

TrialResult try_kvm(const std::string &qemu, const std::vector<KernelFile> &kernels) {
  constexpr const char *device = "/dev/kvm";
  if (access(device, F_OK) != 0)
    return {Trial::absent, ""};
  const int descriptor = open(device, O_RDWR | O_CLOEXEC);
  if (descriptor < 0)
    return {Trial::closed, ""};
  close(descriptor);
  TrialResult tiny = try_accelerator(qemu, kvm_of_libguestfs);
  const auto kernel = std::ranges::find(kernels, true, &KernelFile::readable);
  if (tiny.trial != Trial::works || kernel == kernels.end())
    return tiny;
  const GuestTrial booted = try_kernel(qemu, kernel->path, kvm_of_libguestfs);
  return {booted.ran ? Trial::works : Trial::broken, booted.reason};
}

TrialResult try_counting(const std::string &qemu) {
  if (qemu.empty())
    return {Trial::absent, "no qemu"};
  std::error_code ignored;
  const Result<ScratchDirectory> scratch = ScratchDirectory::make(fs::temp_directory_path(ignored));
  if (!scratch)
    return {Trial::untried, scratch.error().message};
  const Result<Counter> counting = find_counter(scratch->path(), variable("LIBGUESTFS_HV"));
  return counting ? TrialResult{Trial::works, ""}
                  : TrialResult{Trial::broken, counting.error().message};
}

double load_of_last_minute() {
  double load = 0;
  return getloadavg(&load, 1) == 1 ? load : 0;
}

} // namespace

std::string tiny_guest() {
  constexpr std::size_t size = 65'536;
  constexpr std::size_t reset_vector = size - 16;
  // mov al,0x10; out 0xf4,al; hlt
  constexpr std::array<unsigned char, 5> code = {0xb0, 0x10, 0xe6, 0xf4, 0xf4};
  std::string image(size, '\0');
  std::memcpy(image.data() + reset_vector, code.data(), code.size());
  return image;
}

Result<GuestTrial> try_tiny_guest(const std::string &qemu,
                                  const std::vector<std::string> &arguments,
                                  std::chrono::milliseconds deadline) {
  std::error_code ignored;
  const Result<ScratchDirectory> scratch =
      ScratchDirectory::make(std::filesystem::temp_directory_path(ignored));
  if (!scratch)
    return tl::unexpected(scratch.error());
  const std::filesystem::path image = scratch->path() / "guest";
  if (const Result<void> written = replace_file(image, tiny_guest()); !written)
    return tl::unexpected(written.error());

  std::vector<std::string> command = {
      qemu,       "-bios", image.string(), "-nodefaults", "-no-user-config",
      "-display", "none",  "-no-reboot",   "-device",     "isa-debug-exit,iobase=0xf4,iosize=4"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const Result<CommandOutput> output = run_command(command, deadline);
  if (!output)
    return GuestTrial{false, output.error().message};
  if (output->status == status_of_guest)
    return GuestTrial{true, ""};
  const std::string words = last_words(output->text);
  return GuestTrial{
      false, words.empty() ? "qemu ended with status " + std::to_string(output->status) : words};
}

GuestTrial try_kernel(const std::string &qemu, const std::string &kernel,
                      const std::vector<std::string> &arguments,
                      std::chrono::milliseconds deadline) {
  std::vector<std::string> command = {
      qemu,      "-nodefaults", "-no-user-config", "-display", "none",    "-no-reboot",
      "-serial", "stdio",       "-kernel",         kernel,     "-append", "console=ttyS0 panic=-1"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const Result<CommandOutput> output = run_command(command, deadline);
  if (!output)
    return {false, "a kernel does not get to its end: " + output.error().message};
  if (output->text.find("Kernel panic - not syncing: VFS") != std::string::npos)
    return {true, ""};
  const std::string words = last_words(output->text);
  return {false, words.empty() ? "qemu ended with status " + std::to_string(output->status)
                               : "a kernel does not get to its end: " + words};
}

MachineFacts look_at_machine() {
  // Before anything is started here that would add to it.
  MachineFacts facts;
  facts.load = load_of_last_minute();
  facts.cores = std::max(1U, std::thread::hardware_concurrency());
  const auto host = host_environment();
  if (const auto cpu = host.find("cpu_model"); cpu != host.end())
    facts.cpu = cpu->second;

  const Versions versions = component_versions({});
  facts.libguestfs = text_under(versions, "libguestfs");
  facts.supermin = text_under(versions, "supermin");
  facts.qemu = text_under(versions, "qemu");
  facts.qemu_program = hypervisor();
  facts.worker_problem = problem_of_worker();
  facts.fixed_appliance = has_fixed_appliance();
  facts.kernels = kernels();
  facts.kernel_modules = has_kernel_modules();
  facts.kvm = try_kvm(facts.qemu_program, facts.kernels);
  facts.tcg = try_accelerator(facts.qemu_program, {"-accel", "tcg"});
  facts.counting = try_counting(facts.qemu_program);
  return facts;
}

} // namespace bootperf
