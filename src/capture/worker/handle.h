#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "capture/log/boot_log.h"
#include "capture/worker/options.h"

struct guestfs_h;

namespace bootperf {

/// A libguestfs handle set up for one launch.
class Handle {
public:
  /// Where events go, with their time since the launch began.
  using Sink = std::function<void(Event)>;
  /// Adds to an event what the guest did so far, when it is known; no function unless counted.
  using Counter = std::function<void(Event &)>;

  static Result<Handle> create(const WorkerOptions &options);
  Handle(Handle &&other) noexcept;
  Handle &operator=(Handle &&other) noexcept;
  ~Handle();

  /// The header keys that libguestfs knows: libguestfs, backend, memsize, smp, network, append.
  std::map<std::string, std::string> environment() const;

  /// The qemu, or the wrapper in its place, that libguestfs will run.
  std::string hypervisor_program() const;

  /// From now on events go to the sink. Time counts from the call of launch(), which has to follow.
  void watch(Sink sink, Counter counter);

  /// guestfs_launch, guestfs_shutdown: none, or the last error. What is measured is the launch, so
  /// that whatever is called in between is not in it.
  std::optional<std::string> launch();
  std::optional<std::string> shutdown();
  /// What a command says to the appliance's shell: of an appliance that is up, for launches that
  /// are not measured. At most 4 MiB.
  Result<std::string> shell(const std::string &command);
  /// Whether the appliance does what appliances are for: makes an ext4 file
  /// system on the first drive, which has to be a scratch drive (WorkerOptions::use), mounts it,
  /// writes a file and lists it.
  Result<void> use();
  /// guestfs_close. Events come until it returns.
  void close();

  /// The process id of the running qemu; none where the backend does not tell.
  std::optional<int> hypervisor() const;

private:
  struct Watch;
  explicit Handle(guestfs_h *handle);

  guestfs_h *handle_ = nullptr;
  std::string append_; ///< the user's kernel arguments, without those of the mode
  std::unique_ptr<Watch> watch_;
};

} // namespace bootperf
