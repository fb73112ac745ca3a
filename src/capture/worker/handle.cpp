#include "capture/worker/handle.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <guestfs.h>

#include "base/clock.h"
#include "capture/worker/settings.h"

namespace bootperf {

struct Handle::Watch {
  Sink sink;
  Counter counter;
  std::int64_t start_ns = 0;
};

namespace {

Source source_of(std::uint64_t event) {
  switch (event) {
  case GUESTFS_EVENT_CLOSE:
    return Source::close;
  case GUESTFS_EVENT_SUBPROCESS_QUIT:
    return Source::subprocess_quit;
  case GUESTFS_EVENT_LAUNCH_DONE:
    return Source::launch_done;
  case GUESTFS_EVENT_PROGRESS:
    return Source::progress;
  case GUESTFS_EVENT_APPLIANCE:
    return Source::appliance;
  case GUESTFS_EVENT_TRACE:
    return Source::trace;
  case GUESTFS_EVENT_ENTER:
    return Source::enter;
  case GUESTFS_EVENT_LIBVIRT_AUTH:
    return Source::libvirt_auth;
  case GUESTFS_EVENT_WARNING:
    return Source::warning;
  default:
    return Source::library;
  }
}

std::string last_error(guestfs_h *g) {
  const char *error = guestfs_last_error(g);
  return error == nullptr || *error == '\0' ? "libguestfs gave no reason" : error;
}

// A list of strings that libguestfs allocated.
std::vector<std::string> taken(char **list) {
  std::vector<std::string> strings;
  for (char **entry = list; entry != nullptr && *entry != nullptr; ++entry) {
    strings.emplace_back(*entry);
    std::free(*entry);
  }
  std::free(list);
  return strings;
}

std::string taken(char *text) {
  std::string copy = text == nullptr ? "" : text;
  std::free(text);
  return copy;
}

bool set_backend(guestfs_h *g, const WorkerOptions &options) {
  if (!options.backend.empty()) {
    return guestfs_set_backend(g, options.backend.c_str()) == 0;
  }
  // Distributions default to libvirt, which neither root nor a container can count on.
  const char *chosen = std::getenv("LIBGUESTFS_BACKEND");
  return (chosen != nullptr && *chosen != '\0') || guestfs_set_backend(g, "direct") == 0;
}

bool set_accelerator(guestfs_h *g, const WorkerOptions &options) {
  const auto accelerator = options.mode == Mode::counted ? Accelerator::tcg : options.accelerator;
  const auto settings = backend_settings(taken(guestfs_get_backend_settings(g)), accelerator);
  std::vector<char *> list;
  for (const auto &setting : settings) {
    list.push_back(const_cast<char *>(setting.c_str()));
  }
  list.push_back(nullptr);
  return guestfs_set_backend_settings(g, list.data()) == 0;
}

// LIBGUESTFS_DEBUG and LIBGUESTFS_TRACE of the user's environment would make another boot.
bool set_verbosity(guestfs_h *g, Mode mode) {
  return guestfs_set_verbose(g, mode == Mode::quiet ? 0 : 1) == 0 && guestfs_set_trace(g, 0) == 0;
}

std::string search_path(guestfs_h *g) {
  const char *path = guestfs_get_path(g); // the handle's
  return path == nullptr ? "" : path;
}

/// What libguestfs says that it uses, where the environment names something.
Result<void> uses_what_was_asked(guestfs_h *g) {
  const std::pair<const char *, std::string> used[] = {
      {"LIBGUESTFS_PATH", search_path(g)},
      {"LIBGUESTFS_HV", taken(guestfs_get_hv(g))},
      {"LIBGUESTFS_BACKEND", taken(guestfs_get_backend(g))},
      {"LIBGUESTFS_MEMSIZE", std::to_string(guestfs_get_memsize(g))}};
  for (const auto &[name, value] : used) {
    const char *asked = std::getenv(name); // NOLINT(concurrency-mt-unsafe)
    if (asked != nullptr && *asked != '\0' && value != asked) {
      return fail(ErrorKind::not_measured,
                  fmt::format("{} asks for {}, and libguestfs uses {}", name, asked, value));
    }
  }
  return {};
}

// ext4 with a journal takes 2 MiB; the file is sparse.
constexpr std::int64_t scratch_bytes = 16 << 20;

bool add_drives(guestfs_h *g, const WorkerOptions &options) {
  if (options.use && guestfs_add_drive_scratch(g, scratch_bytes, -1) != 0) {
    return false;
  }
  for (int i = options.use ? 1 : 0; i < options.drives; ++i) {
    // libguestfs makes an empty scratch disk of /dev/null, without running qemu-img.
    if (guestfs_add_drive_opts(g, "/dev/null", GUESTFS_ADD_DRIVE_OPTS_FORMAT, "raw",
                               GUESTFS_ADD_DRIVE_OPTS_READONLY, 1, -1) != 0) {
      return false;
    }
  }
  return true;
}

} // namespace

Handle::Handle(guestfs_h *handle) : handle_(handle) {}

Handle::Handle(Handle &&other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), append_(std::move(other.append_)),
      watch_(std::move(other.watch_)) {}

Handle &Handle::operator=(Handle &&other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(append_, other.append_);
  std::swap(watch_, other.watch_);
  return *this;
}

Handle::~Handle() {
  close();
}

Result<Handle> Handle::create(const WorkerOptions &options) {
  // guestfs_create() reads the environment itself: it stops at the first variable that it cannot
  // read, and goes on with its defaults.
  guestfs_h *g = guestfs_create_flags(GUESTFS_CREATE_NO_ENVIRONMENT);
  if (g == nullptr) {
    return fail(ErrorKind::not_measured, "guestfs_create_flags failed");
  }
  Handle handle(g);
  guestfs_set_error_handler(g, nullptr, nullptr);
  if (guestfs_parse_environment(g) != 0) {
    return fail(ErrorKind::usage, "libguestfs cannot read its environment: " + last_error(g));
  }
  if (auto same = uses_what_was_asked(g); !same) {
    return tl::unexpected(same.error());
  }
  const char *given = guestfs_get_append(g);
  handle.append_ = joined({given == nullptr ? "" : given, options.append});
  const auto append = kernel_arguments(options.mode, handle.append_);
  const bool ready = set_backend(g, options) && set_accelerator(g, options) &&
                     set_verbosity(g, options.mode) &&
                     guestfs_set_append(g, append.empty() ? nullptr : append.c_str()) == 0 &&
                     (!options.memsize_mib || guestfs_set_memsize(g, *options.memsize_mib) == 0) &&
                     (!options.smp || guestfs_set_smp(g, *options.smp) == 0) &&
                     guestfs_set_network(g, options.network ? 1 : 0) == 0 && add_drives(g, options);
  if (!ready) {
    return fail(ErrorKind::usage, last_error(g));
  }
  return handle;
}

std::map<std::string, std::string> Handle::environment() const {
  std::map<std::string, std::string> environment;
  if (struct guestfs_version *version = guestfs_version(handle_); version != nullptr) {
    environment["libguestfs"] =
        fmt::format("{}.{}.{}{}", version->major, version->minor, version->release, version->extra);
    guestfs_free_version(version);
  }
  environment["backend"] = taken(guestfs_get_backend(handle_));
  environment["memsize"] = std::to_string(guestfs_get_memsize(handle_));
  environment["smp"] = std::to_string(guestfs_get_smp(handle_));
  environment["network"] = guestfs_get_network(handle_) == 1 ? "yes" : "no";
  environment["append"] = append_;
  environment["libguestfs_path"] = search_path(handle_);
  environment["hypervisor"] = hypervisor_program();
  return environment;
}

std::string Handle::hypervisor_program() const {
  return taken(guestfs_get_hv(handle_));
}

void Handle::watch(Sink sink, Counter counter) {
  watch_ = std::make_unique<Watch>(Watch{std::move(sink), std::move(counter), 0});
  const auto report = [](guestfs_h *, void *opaque, std::uint64_t kind, int, int,
                         const char *buffer, std::size_t length, const std::uint64_t *,
                         std::size_t) {
    auto &watch = *static_cast<Watch *>(opaque);
    Event event;
    event.t_ns = monotonic_ns() - watch.start_ns;
    event.source = source_of(kind);
    if (watch.counter) {
      watch.counter(event);
    }
    event.message.assign(buffer == nullptr ? "" : buffer, buffer == nullptr ? 0 : length);
    watch.sink(std::move(event));
  };
  watch_->start_ns = monotonic_ns();
  guestfs_set_event_callback(handle_, report, GUESTFS_EVENT_ALL, 0, watch_.get());
}

std::optional<std::string> Handle::launch() {
  watch_->start_ns = monotonic_ns();
  return guestfs_launch(handle_) == 0 ? std::nullopt : std::optional(last_error(handle_));
}

std::optional<std::string> Handle::shutdown() {
  return guestfs_shutdown(handle_) == 0 ? std::nullopt : std::optional(last_error(handle_));
}

Result<std::string> Handle::shell(const std::string &command) {
  std::string text = command;
  char *arguments[] = {text.data(), nullptr};
  char *answer = guestfs_debug(handle_, "sh", arguments);
  if (answer == nullptr) {
    return fail(ErrorKind::not_measured, last_error(handle_));
  }
  return taken(answer);
}

Result<void> Handle::use() {
  const auto failed = [this](const char *what) {
    return fail(
        ErrorKind::not_measured,
        fmt::format("the appliance came up and cannot be used: {}: {}", what, last_error(handle_)));
  };
  constexpr const char *written = "/hello";
  if (guestfs_mkfs(handle_, "ext4", "/dev/sda") != 0) {
    return failed("making an ext4 file system");
  }
  if (guestfs_mount(handle_, "/dev/sda", "/") != 0) {
    return failed("mounting an ext4 file system");
  }
  if (guestfs_touch(handle_, written) != 0) {
    return failed("writing a file");
  }
  const auto listed = taken(guestfs_find(handle_, "/"));
  if (std::ranges::find(listed, std::string(written).substr(1)) == listed.end()) {
    return failed("listing a file");
  }
  return {};
}

void Handle::close() {
  if (handle_ != nullptr) {
    guestfs_close(std::exchange(handle_, nullptr));
  }
}

std::optional<int> Handle::hypervisor() const {
  const int pid = guestfs_get_pid(handle_);
  return pid > 0 ? std::optional(pid) : std::nullopt;
}

} // namespace bootperf
