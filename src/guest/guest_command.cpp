#include "guest/guest_command.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <optional>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/process.h"
#include "base/process_table.h"
#include "capture/counter/arguments.h"
#include "capture/counter/block_record.h"
#include "capture/counter/settings.h"
#include "capture/facts/appliance.h"
#include "capture/facts/host.h"
#include "capture/facts/worker_facts.h"
#include "capture/launcher/code_launch.h"
#include "capture/launcher/launch_end.h"
#include "capture/launcher/sweep.h"
#include "capture/launcher/worker_command.h"
#include "guest/console.h"

namespace bootperf {

namespace fs = std::filesystem;

struct GuestCommands::Prepared {
  std::vector<std::string> command;
  Variables environment;
  std::optional<CounterPage> page; ///< counted
  bool knows_loops = false;
};

struct GuestCommands::Ended {
  LaunchRecord record;
  int loss = 0; ///< why the log was lost, as errno says
};

namespace {

// What a guest that is asked to end is given for it, before it is killed.
constexpr std::chrono::seconds longest_goodbye{5};

fs::path kernel_of_appliance(const LaunchRequest &request) {
  return appliance_of(own_environment(request.environment), ::geteuid()) / "kernel";
}

std::string header_of(const Guest &guest, const LaunchRequest &request, bool knows_loops) {
  auto header = host_environment();
  header["mode"] = to_text(request.mode);
  header["backend"] = "guest";
  header["guest"] = guest.name;
  if (request.mode == Mode::counted)
    header["counting"] = counting_version(knows_loops);
  header["started"] = utc_text(std::chrono::system_clock::now());
  return header_line(header);
}

/// Puts the kernel arguments of counting behind those that the command has.
void append_kernel_arguments(std::vector<std::string> &command,
                             const std::vector<std::string> &without) {
  const auto option = std::ranges::find(command, "-append");
  if (option == command.end() || std::next(option) == command.end())
    return;
  for (const std::string &argument : counted_settings().kernel_arguments)
    if (std::ranges::find(without, argument) == without.end())
      *std::next(option) += ' ' + argument;
}

tl::unexpected<Error> cannot_write(const fs::path &log, int code) {
  return fail(ErrorKind::io, "cannot write: " + std::generic_category().message(code),
              {log.string()});
}

/// A log that has its header, to be written on.
Result<FileDescriptor> begin_log(const fs::path &path, const std::string &header) {
  std::error_code ignored;
  fs::create_directories(path.parent_path(), ignored);
  FileDescriptor log(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!log || !write_all(log.get(), header))
    return cannot_write(path, errno);
  return log;
}

/// The process of a guest, which prints into the descriptor.
struct Started {
  pid_t pid = -1;
  FileDescriptor output;
};

Result<Started> start(const std::vector<std::string> &command, const Variables &environment) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0)
    return fail(ErrorKind::io, "no pipe: " + std::generic_category().message(errno));
  Started started{-1, FileDescriptor(ends[0])};
  const FileDescriptor written(ends[1]);
  ProcessStart process;
  process.arguments = command;
  process.environment = environment;
  process.output = written.get();
  process.errors = written.get();
  process.ends_with_its_parent = true;
  return start_process(process).map([&](pid_t pid) {
    started.pid = pid;
    return std::move(started);
  });
}

/// Of the qemu that a guest is, or that its script has started.
QemuFacts facts_of_guest(pid_t pid, const std::string &marked) {
  if (is_qemu(pid))
    return inspect_qemu(pid);
  for (const pid_t other : processes_marked(marked))
    if (is_qemu(other))
      return inspect_qemu(other);
  return {};
}

WorkerFate fate_of(ConsoleEnd end) {
  switch (end) {
  case ConsoleEnd::deadline:
    return {WorkerFate::Kind::deadline, 0};
  case ConsoleEnd::interrupted:
    return {WorkerFate::Kind::interrupted, 0};
  case ConsoleEnd::closed:
  case ConsoleEnd::lost:
    return {WorkerFate::Kind::exited, 1};
  case ConsoleEnd::up:
    break;
  }
  return {WorkerFate::Kind::exited, 0};
}

/// Why it did not come up, where its fate does not say that.
std::string error_of(ConsoleEnd end, const Guest &guest) {
  if (end == ConsoleEnd::closed)
    return fmt::format("the guest ended before it printed a line that matches {}", guest.up);
  if (end == ConsoleEnd::lost)
    return fmt::format("the guest printed more than {} MiB", GuestConsole::most_bytes >> 20U);
  return "";
}

} // namespace

GuestCommands::GuestCommands(std::vector<Guest> guests, fs::path scratch)
    : guests_(std::move(guests)), scratch_(std::move(scratch)) {
  adopt_orphans();
}

Result<Counter> GuestCommands::find_counter_once(const std::string &hypervisor,
                                                 const fs::path &directory) {
  if (const auto known = counters_.find(hypervisor); known != counters_.end())
    return known->second;
  // Asked whether it counts, anything else would be started, and might do what it does.
  if (fs::path(hypervisor).filename().string().find("qemu") == std::string::npos)
    return fail(ErrorKind::not_measured,
                fmt::format("{} cannot be counted: the command of a counted guest begins with a "
                            "qemu. --mode traced times its phases",
                            hypervisor));
  return find_counter(directory, hypervisor).map([&](const Counter &counter) {
    return counters_[hypervisor] = counter;
  });
}

/// The kernel's symbols are some megabytes, and launch after launch the same.
std::string GuestCommands::delay_loops_once(const LaunchRequest &request) {
  const std::string kernel = kernel_of_appliance(request);
  if (const auto known = loops_.find(kernel); known != loops_.end())
    return known->second;
  std::string loops = kept_delay_loops(request);
  return loops.empty() ? loops : loops_[kernel] = std::move(loops);
}

Result<GuestCommands::Prepared> GuestCommands::prepare(const Guest &guest,
                                                       const LaunchRequest &request,
                                                       const fs::path &directory) {
  if (request.mode != Mode::counted && request.mode != Mode::traced)
    return fail(ErrorKind::usage, "a guest is launched counted or traced: its console is what "
                                  "tells when it is up");
  const std::scoped_lock lock(mutex_);
  auto command = prepare_guest(
      guest, request,
      {kernel_of_appliance(request), program_directory() / "bootperf-hello", scratch_});
  if (!command)
    return tl::unexpected(command.error());
  Prepared prepared{std::move(*command), own_environment(request.environment), {}, false};
  if (request.mode != Mode::counted)
    return prepared;
  const std::string hypervisor = prepared.command.front();
  const auto counter = find_counter_once(hypervisor, directory);
  if (!counter)
    return tl::unexpected(counter.error());
  auto counted = request.blocks.empty()
                     ? prepare_counted_launch(directory, hypervisor, *counter)
                     : prepare_profiled_launch(request.blocks, hypervisor, *counter);
  if (!counted)
    return tl::unexpected(counted.error());
  PluginFiles files{counted->page_file};
  if (!request.blocks.empty()) {
    files.blocks = block_file(request.blocks);
    files.epochs = epoch_file(request.blocks);
  }
  // Of the appliance's own kernel it is known which code only delays, where the appliance has said.
  if (guest.boots_the_kernel()) {
    const std::string loops = request.loops.empty() ? delay_loops_once(request) : "";
    files.loops = loops.empty() ? request.loops : directory / "loops";
    if (!loops.empty())
      if (const auto written = replace_file(files.loops, loops); !written)
        return tl::unexpected(written.error());
  }
  prepared.knows_loops = !files.loops.empty();
  append_kernel_arguments(prepared.command, guest.not_when_counted);
  prepared.command = counted_arguments(prepared.command, counted_settings().qemu_arguments,
                                       counter->plugin, files);
  prepared.page = std::move(counted->page);
  return prepared;
}

Result<GuestCommands::Ended> GuestCommands::run(const Guest &guest, const LaunchRequest &request,
                                                Prepared prepared) {
  const std::string mark = fmt::format("{}-{}-guest", ::getpid(), monotonic_ns());
  const std::string marked = fmt::format("{}={}", mark_variable, mark);
  prepared.environment[mark_variable] = mark;
  auto log = begin_log(request.log, header_of(guest, request, prepared.knows_loops));
  if (!log)
    return tl::unexpected(log.error());
  GuestConsole console(std::move(*log), guest.up, std::move(prepared.page));
  console.launched();
  auto started = start(prepared.command, prepared.environment);
  if (!started) {
    // Nothing was launched, and a log would say that something hung.
    std::error_code ignored;
    fs::remove(request.log, ignored);
    return fail(ErrorKind::not_measured, started.error().message, started.error().where);
  }
  Ended ended;
  const ConsoleEnd end =
      console.follow(started->output.get(), request.deadline, interruption_.descriptor());
  ended.record.deadline = request.deadline;
  ended.record.facts = facts_of_guest(started->pid, marked);
  ended.record.facts["hypervisor"] = prepared.command.front();
  ended.record.fate = fate_of(end);
  if (const std::string error = error_of(end, guest); !error.empty())
    ended.record.facts["guest_error"] = error;
  // Asked to end, it closes in order what it holds open. Nobody reads what it says now, and a full
  // pipe would hold it up.
  started->output.close();
  ::kill(started->pid, SIGTERM);
  await_process(started->pid, longest_goodbye, interruption_.descriptor());
  ended.record.host_cpu_ns = kill_and_reap(started->pid, marked);
  console.gone();
  ended.loss = console.loss();
  return ended;
}

Result<BootLog> GuestCommands::launch(const LaunchRequest &request) {
  const auto guest = std::ranges::find(guests_, request.guest, &Guest::name);
  if (guest == guests_.end())
    return fail(ErrorKind::usage, "there is no guest " + request.guest);
  if (interruption_.raised())
    return fail(ErrorKind::interrupted, "interrupted");
  const auto temporary = ScratchDirectory::make(spool_directory(own_environment()));
  if (!temporary)
    return tl::unexpected(temporary.error());
  auto ended = prepare(*guest, request, temporary->path()).and_then([&](Prepared prepared) {
    return run(*guest, request, std::move(prepared));
  });
  if (!ended)
    return tl::unexpected(ended.error());
  if (ended->loss != 0)
    return cannot_write(request.log, ended->loss);
  LaunchRecord &record = ended->record;
  if (const auto seen = record.facts.find("qemu_binary"); seen != record.facts.end()) {
    const auto answers = qemus_.ask(seen->second);
    record.qemu_version = answers.version;
    record.machine_help = answers.machine_help;
  }
  auto finished = finish_log(request, record);
  if (record.fate.kind == WorkerFate::Kind::interrupted)
    return fail(ErrorKind::interrupted, "interrupted");
  return finished;
}

} // namespace bootperf
