#include "capture/launcher/worker_launcher.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/files.h"
#include "base/process.h"
#include "base/process_table.h"
#include "base/text.h"
#include "capture/counter/preparation.h"
#include "capture/facts/appliance.h"
#include "capture/facts/qemu.h"
#include "capture/launcher/code_launch.h"
#include "capture/launcher/deadline.h"
#include "capture/launcher/launch_end.h"
#include "capture/launcher/subject_check.h"
#include "capture/launcher/sweep.h"
#include "capture/launcher/worker_command.h"

namespace bootperf {

namespace {

std::filesystem::path default_worker() {
  const char *given = std::getenv("BOOTPERF_LAUNCH"); // NOLINT(concurrency-mt-unsafe)
  return given != nullptr && *given != '\0' ? std::filesystem::path(given)
                                            : program_directory() / "bootperf-launch";
}

// "supermin 5.2.2"
std::string supermin_version() {
  const auto output = run_command({"supermin", "--version"}, std::chrono::seconds(5));
  if (!output || output->status != 0) {
    return "";
  }
  const auto blank = output->text.rfind(' ');
  const auto end = output->text.find_last_not_of(" \n");
  return blank == std::string::npos || end < blank ? ""
                                                   : output->text.substr(blank + 1, end - blank);
}

// The qemu of a launch that is about to be killed tells what the log may not: whether KVM was in
// use.
QemuFacts facts_of_marked_qemu(const std::string &mark) {
  for (const pid_t pid : processes_marked(mark)) {
    const auto arguments = command_line(pid);
    if (is_qemu(pid) &&
        std::find(arguments.begin(), arguments.end(), "-kernel") != arguments.end()) {
      return inspect_qemu(pid);
    }
  }
  return {};
}

// libvirt ends its qemu when the connection of the killed worker closes. What does not end is
// killed.
void end_foreign_qemu(const WorkerFacts &facts) {
  const auto directory = facts.find("socket_directory");
  const auto pid = directory == facts.end() ? std::nullopt : find_qemu(directory->second);
  if (pid && await_process(*pid, std::chrono::seconds(5), -1).kind == WorkerFate::Kind::deadline) {
    ::kill(*pid, SIGKILL);
  }
}

// The temporary directories of one launch.
struct Scratch {
  ScratchDirectory temporary, spool;

  static Result<Scratch> make(const Variables &environment) {
    auto temporary = ScratchDirectory::make(libguestfs_temporary_directory(environment));
    if (!temporary) {
      return tl::unexpected(temporary.error());
    }
    auto spool = ScratchDirectory::make(spool_directory(environment));
    if (!spool) {
      return tl::unexpected(spool.error());
    }
    return Scratch{std::move(*temporary), std::move(*spool)};
  }
};

// What it prints is looked at when it could not begin.
Result<pid_t> start_worker(const std::vector<std::string> &command, const Variables &environment,
                           const std::filesystem::path &output) {
  const FileDescriptor file(
      ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (!file) {
    return fail(ErrorKind::io, "cannot write: " + std::generic_category().message(errno),
                {output.string()});
  }
  ProcessStart start;
  start.arguments = command;
  start.environment = environment;
  start.output = file.get();
  start.errors = file.get();
  return start_process(start);
}

tl::unexpected<Error> interrupted() {
  return fail(ErrorKind::interrupted, "interrupted");
}

} // namespace

struct WorkerLauncher::State {
  std::filesystem::path worker;
  Interruption interruption;
  QemuBinaries qemus;
  std::atomic<unsigned> launches = 0;

  std::mutex mutex; ///< guards what follows: answers that hold for all launches
  std::optional<std::string> supermin;
  std::map<std::string, Counter> counters;    ///< by hypervisor
  std::map<std::string, std::string> kernels; ///< version by appliance_stamp()
  std::set<std::string> silent; ///< stamps of appliances that did not say where their symbols are
  std::map<std::string, std::string> loops; ///< delay loops by appliance_stamp() and arguments
  std::map<std::string, bool> booted; ///< is it the kernel asked for: by that and appliance_stamp()

  std::string supermin_once() {
    const std::lock_guard lock(mutex);
    if (!supermin) {
      supermin = supermin_version();
    }
    return *supermin;
  }

  std::string kernel_once(const std::filesystem::path &appliance, const std::string &stamp) {
    const std::lock_guard lock(mutex);
    const auto known = kernels.find(stamp);
    return known != kernels.end() ? known->second : kernels[stamp] = appliance_kernel(appliance);
  }

  Result<Counter> find_counter_once(const std::filesystem::path &directory,
                                    const std::string &hypervisor) {
    const std::lock_guard lock(mutex);
    if (const auto known = counters.find(hypervisor); known != counters.end()) {
      return known->second;
    }
    // The wrapper and the plugins are built and installed beside the worker.
    return find_counter(directory, hypervisor, counter_programs(worker.parent_path()))
        .map([&](const Counter &counter) { return counters[hypervisor] = counter; });
  }

  bool boots_kernel_asked_for_once(const Variables &environment,
                                   const std::filesystem::path &appliance,
                                   const std::string &stamp) {
    const std::string wanted = text_under(environment, "SUPERMIN_KERNEL");
    const std::lock_guard lock(mutex);
    const auto [known, is_new] = booted.try_emplace(wanted + '\n' + stamp, true);
    if (is_new) {
      known->second = boots_kernel_asked_for(environment, appliance);
    }
    return known->second;
  }

  /// In mode counted: makes the counter's page and lays what counting needs over the environment.
  Result<void> prepare_counting(const LaunchRequest &request, LaunchPlaces &places,
                                const std::string &appliance, Variables &environment) {
    if (request.mode != Mode::counted) {
      return {};
    }
    if (request.smp.value_or(1) > 1) {
      return fail(ErrorKind::not_measured,
                  "a counted launch has one virtual CPU: qemu counts the instructions of one "
                  "(-icount), and with more the kernel does not come up; --mode quiet or traced "
                  "takes the time of a launch of several");
    }
    const auto hypervisor = text_under(environment, "LIBGUESTFS_HV");
    return find_counter_once(places.temporary, hypervisor)
        .and_then([&](const Counter &counter) {
          return request.blocks.empty()
                     ? prepare_counted_launch(places.temporary, hypervisor, counter)
                     : prepare_profiled_launch(request.blocks, hypervisor, counter);
        })
        .map([&](const CountedLaunch &counted) {
          places.counter_page = counted.page_file;
          for (const auto &[name, text] : counted.environment) {
            environment[name] = text;
          }
          if (const auto file = loops_file(request, places, appliance); !file.empty()) {
            environment["BOOTPERF_LOOPS"] = file;
          }
        });
  }

  /// Has qemu's arguments edited, by the wrapper that counting has in place already.
  void prepare_edits(const LaunchRequest &request, Variables &environment) const {
    if (request.edits.empty()) {
      return;
    }
    environment["BOOTPERF_EDITS"] = request.edits;
    if (request.mode != Mode::counted) {
      environment["BOOTPERF_HV"] = text_under(environment, "LIBGUESTFS_HV");
      environment["LIBGUESTFS_HV"] = counter_programs(worker.parent_path()).wrapper;
    }
  }

  /// The delay loops of an appliance by the symbols that it told before; "" where it was not asked.
  std::string loops_once(const LaunchRequest &request, const std::string &appliance) {
    const std::lock_guard lock(mutex);
    const std::string key = appliance + '\n' + code_arguments(request);
    if (const auto known = loops.find(key); known != loops.end()) {
      return known->second;
    }
    auto known_now = kept_delay_loops(request);
    return known_now.empty() ? "" : loops[key] = std::move(known_now);
  }

  /// Which code only delays: as the request says, or else as this appliance told before. Empty
  /// where neither is known: spinning is not measured then.
  std::filesystem::path loops_file(const LaunchRequest &request, const LaunchPlaces &places,
                                   const std::string &appliance) {
    if (!request.loops.empty()) {
      return request.loops;
    }
    const auto text = loops_once(request, appliance);
    const auto file = places.temporary / "loops";
    return !text.empty() && replace_file(file, text) ? file : std::filesystem::path();
  }

  /// A counted launch whose work cannot be told from spinning yet asks the appliance for its
  /// symbols once it is up, so that the next one can.
  bool asks_for_code(const LaunchRequest &request, const Variables &environment,
                     const std::string &appliance) {
    const std::lock_guard lock(mutex);
    return request.mode == Mode::counted && request.code.empty() &&
           text_under(environment, "BOOTPERF_LOOPS").empty() && !silent.contains(appliance);
  }

  /// Whether the answer could be kept; an appliance that gives none is not asked again.
  bool keep_answer_once(const LaunchRequest &request, const std::filesystem::path &code,
                        const std::string &appliance) {
    if (keep_answer(request, code)) {
      return true;
    }
    const std::lock_guard lock(mutex);
    silent.insert(appliance);
    return false;
  }

  void ask_qemu(LaunchRecord &record) {
    // The real qemu when it could be looked at; a wrapper passes the question on.
    const auto seen = text_under(record.facts, "qemu_binary");
    const auto answers = qemus.ask(seen.empty() ? text_under(record.facts, "hypervisor") : seen);
    record.qemu_version = answers.version;
    record.machine_help = answers.machine_help;
  }
};

WorkerLauncher::WorkerLauncher(std::filesystem::path worker) : state_(std::make_unique<State>()) {
  state_->worker = worker.empty() ? default_worker() : std::move(worker);
  adopt_orphans();
  // What launches left whose parent was killed itself.
  const auto environment = own_environment();
  sweep_abandoned(libguestfs_temporary_directory(environment));
  sweep_abandoned(spool_directory(environment));
}

WorkerLauncher::~WorkerLauncher() = default;

Result<BootLog> WorkerLauncher::launch(const LaunchRequest &request) {
  if (state_->interruption.raised()) {
    return interrupted();
  }
  auto given = own_environment(request.environment);
  // A cache is not what is measured: one that is asked for and not there yet is made.
  std::error_code existing;
  if (const auto cache = text_under(request.environment, "LIBGUESTFS_CACHEDIR"); !cache.empty()) {
    std::filesystem::create_directory(cache, existing);
  }
  if (auto there = check_subject(given, request.environment); !there) {
    return tl::unexpected(there.error());
  }
  auto scratch = Scratch::make(given);
  if (!scratch) {
    return tl::unexpected(scratch.error());
  }
  LaunchPlaces places{state_->worker, scratch->temporary.path(), scratch->spool.path(), {}};
  const std::string mark = fmt::format("{}-{}-{}", ::getpid(), monotonic_ns(), state_->launches++);
  auto environment = worker_environment(given, places, mark);
  LaunchRecord record;
  const auto appliance = appliance_of(environment, ::geteuid());
  record.appliance_before = appliance_stamp(appliance);
  if (auto ready = state_->prepare_counting(request, places, record.appliance_before, environment);
      !ready) {
    return tl::unexpected(ready.error());
  }
  state_->prepare_edits(request, environment);
  std::error_code ignored;
  std::filesystem::create_directories(request.log.parent_path(), ignored);
  // An older log must not pass for this launch's when the worker dies before its first line.
  if (std::filesystem::is_regular_file(request.log, ignored)) {
    std::filesystem::remove(request.log, ignored);
  }

  record.deadline = request.deadline;
  auto asked = request;
  if (state_->asks_for_code(request, environment, record.appliance_before)) {
    asked.code = places.temporary / "code";
  }
  const auto command = worker_command(asked, places, {{"supermin", state_->supermin_once()}});
  const auto worker = start_worker(command, environment, places.output());
  if (!worker) {
    return tl::unexpected(worker.error());
  }
  record.fate = await_process(*worker, request.deadline, state_->interruption.descriptor());
  const std::string marked = fmt::format("{}={}", mark_variable, mark);
  const auto last_look =
      record.fate.kind == WorkerFate::Kind::deadline ? facts_of_marked_qemu(marked) : QemuFacts{};
  record.host_cpu_ns = kill_and_reap(*worker, marked);
  record.facts = parse_facts(read_file(places.facts(), 1u << 24).value_or(""));
  record.facts.insert(last_look.begin(), last_look.end());
  end_foreign_qemu(record.facts);
  sweep_socket_directory(text_under(record.facts, "socket_directory"));
  if (auto error = start_failure(record.fate, read_file(places.output(), 1u << 24).value_or(""))) {
    return tl::unexpected(*error);
  }
  record.appliance_after = appliance_stamp(appliance);
  if (!state_->boots_kernel_asked_for_once(given, appliance, record.appliance_after)) {
    return fail(ErrorKind::not_measured,
                "the appliance boots another kernel than SUPERMIN_KERNEL names: it was built "
                "before, and is not built again for that. Give this subject a cache of its own "
                "with LIBGUESTFS_CACHEDIR",
                {appliance.string(), 0, 0});
  }
  record.kernel = state_->kernel_once(appliance, record.appliance_after);
  state_->ask_qemu(record);
  if (request.code.empty() && !asked.code.empty() && record.fate.kind == WorkerFate::Kind::exited &&
      state_->keep_answer_once(request, asked.code, record.appliance_after)) {
    record.facts["asked"] = "symbols";
  }
  auto log = finish_log(request, record);
  // The log is whole, and still the launch was none.
  if (record.fate.kind == WorkerFate::Kind::interrupted) {
    return interrupted();
  }
  return log;
}

} // namespace bootperf
