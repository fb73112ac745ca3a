#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <new>
#include <sys/prctl.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "base/process_table.h"
#include "capture/counter/counter_page.h"
#include "capture/counter/settings.h"
#include "capture/facts/host.h"
#include "capture/facts/qemu.h"
#include "capture/facts/worker_facts.h"
#include "capture/launcher/event_counter.h"
#include "capture/launcher/event_stream.h"
#include "capture/symbols/appliance_code.h"
#include "capture/worker/handle.h"
#include "capture/worker/options.h"

// One launch in a process of its own: guestfs_launch can block for ever, and only a process can be
// ended from outside. Different subjects are different environments of this program.

namespace bootperf {

namespace {

constexpr int status_failed = 1;

int complain(const Error &error) {
  fmt::print(stderr, "bootperf-launch: {}\n", to_text(error));
  return to_int(exit_code(error.kind));
}

// The parent holds the deadline: without it nobody would ever end a launch that hangs.
void end_with(pid_t parent) {
  if (parent == 0) {
    return;
  }
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) {
    ::_exit(to_int(ExitCode::interrupted));
  }
}

Result<FileDescriptor> open_for_writing(const std::string &path, int mode) {
  FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | mode, 0666));
  if (!file) {
    return fail(ErrorKind::io, "cannot write: " + std::generic_category().message(errno), {path});
  }
  return file;
}

// Where libguestfs put its sockets, seen from the sockets themselves: libguestfs does not tell.
std::string socket_directory() {
  for (const auto &path : unix_socket_paths(::getpid())) {
    if (path.find("/libguestfs") != std::string::npos) {
      return path.substr(0, path.rfind('/'));
    }
  }
  return "";
}

// Tells the parent where to sweep, as soon as the sockets exist: between the event in which
// libguestfs asks for their directory and the end of the launch.
class SocketReporter {
public:
  explicit SocketReporter(int facts) : facts_(facts) {}

  void operator()(const Event &event) {
    if (asked_ && !told_) {
      if (const auto directory = socket_directory(); !directory.empty()) {
        told_ = write_all(facts_, facts_line({{"socket_directory", directory}}));
      }
    }
    asked_ = asked_ || (event.source == Source::enter && event.message == "get_sockdir");
  }

private:
  int facts_;
  bool asked_ = false, told_ = false;
};

QemuFacts facts_of_qemu(const Handle &handle) {
  if (const auto pid = handle.hypervisor()) {
    if (is_qemu(*pid)) {
      return inspect_qemu(*pid);
    }
  }
  // libvirt's qemu, or one behind a wrapper.
  const auto pid = find_qemu(socket_directory());
  return pid ? inspect_qemu(*pid) : QemuFacts{};
}

Result<Handle::Counter> counter_of(const WorkerOptions &options) {
  if (options.mode != Mode::counted) {
    return Handle::Counter();
  }
  return CounterPage::open(options.counter_page).map([](CounterPage page) -> Handle::Counter {
    const auto counter = std::make_shared<EventCounter>(std::move(page));
    return [counter](Event &event) { (*counter)(event); };
  });
}

std::string header_of(const WorkerOptions &options, const Handle &handle) {
  auto header = options.header;
  header.merge(host_environment());
  header.merge(handle.environment());
  header["mode"] = to_text(options.mode);
  header["drives"] = std::to_string(options.drives);
  if (options.mode == Mode::counted) {
    header["counting"] = counting_version(std::getenv("BOOTPERF_LOOPS") != nullptr);
  }
  header["started"] = utc_text(std::chrono::system_clock::now());
  return header_line(header);
}

Result<void> ask_if_wanted(const WorkerOptions &options, Handle &handle) {
  if (!options.modules.empty()) {
    if (const auto kept = handle.shell(list_modules).and_then([&](const std::string &modules) {
          return replace_file(options.modules, modules);
        });
        !kept) {
      return kept;
    }
  }
  if (options.use) {
    if (auto used = handle.use(); !used) {
      return used;
    }
  }
  if (options.code.empty()) {
    return {};
  }
  // An appliance that does not answer came up all the same: whoever asked finds no answer.
  (void)ask_for_code([&](const std::string &command) {
    return handle.shell(command);
  }).and_then([&](const ApplianceCode &code) {
    return replace_file(options.code, code_text(code));
  });
  return {};
}

int run(const WorkerOptions &options) {
  auto log = open_for_writing(options.log, O_TRUNC);
  if (!log) {
    return complain(log.error());
  }
  auto facts = open_for_writing(options.facts.empty() ? "/dev/null" : options.facts, O_APPEND);
  if (!facts) {
    return complain(facts.error());
  }
  auto handle = Handle::create(options);
  if (!handle) {
    return complain(handle.error());
  }
  auto counter = counter_of(options);
  if (!counter) {
    return complain(counter.error());
  }
  const auto lost = [&](int code) {
    return Error{
        ErrorKind::io, "cannot write: " + std::generic_category().message(code), {options.log}};
  };
  if (!write_all(log->get(), header_of(options, *handle))) {
    return complain(lost(errno));
  }
  const auto tell = [&](const WorkerFacts &known) { write_all(facts->get(), facts_line(known)); };

  tell({{"hypervisor", handle->hypervisor_program()}});

  // Without its log a launch is worth nothing; the parent sweeps.
  const auto stop = [&](int code) {
    if (code == EFBIG) {
      tell({{"error",
             fmt::format("qemu printed more than {} MiB", EventStream::most_bytes >> 20U)}});
      ::_exit(status_failed);
    }
    ::_exit(complain(lost(code)));
  };
  EventStream stream(std::move(*log), {SocketReporter(facts->get()), stop});
  handle->watch([&](Event event) { stream.push(std::move(event)); }, std::move(*counter));
  if (const auto error = handle->launch()) {
    tell({{"error", *error}});
    handle->close();
    return status_failed;
  }
  tell(facts_of_qemu(*handle));
  if (auto asked = ask_if_wanted(options, *handle); !asked) {
    tell({{"error", asked.error().message}});
    handle->close();
    return status_failed;
  }
  const auto error = handle->shutdown();
  if (error) {
    tell({{"shutdown_error", *error}});
  }
  handle->close();
  return error ? status_failed : to_int(ExitCode::pass);
}

} // namespace

} // namespace bootperf

int main(int argc, char **argv) try {
  bootperf::use_default_signals();
  const auto parsed = bootperf::parse_options(argc, argv);
  if (parsed.done) {
    return parsed.status;
  }
  bootperf::end_with(parsed.options.parent);
  return bootperf::run(parsed.options);
} catch (const std::bad_alloc &) {
  std::fputs("bootperf-launch: not enough memory\n", stderr);
  return 2;
}
