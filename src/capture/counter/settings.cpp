#include "capture/counter/settings.h"

namespace bootperf {

CountedSettings counted_settings() {
  return {
      .version = 3,
      .kernel_arguments =
          {
              // Where the kernel lies in memory, and where programs do, would be drawn anew each
              // time.
              "nokaslr",
              "norandmaps",
              // libguestfs copies the host's under TCG, and delay loops run that many instructions.
              "lpj=4000000",
              // Its calibration is a loop of 100 ms of guest time: 108 million instructions of
              // waiting that are no work, and five seconds of a launch.
              "nolapic_timer",
          },
      .qemu_arguments =
          {
              // Virtual time advances by one ns an instruction, so that timers fire where the guest
              // is and not when the host is. sleep=off would let it jump while the guest waits for
              // a disk, and how far it jumps depends on how slow the host is.
              "-icount",
              "shift=0,sleep=on",
              // The date would be the host's; work that depends on it would change with the day.
              "-rtc",
              "base=2026-01-01T00:00:00,clock=vm",
              // What the guest draws at random, of the CPU, of the boot loader and of virtio-rng.
              "-seed",
              "1",
              // Requests are taken up by the vCPU that makes them, not by another thread some time
              // later.
              "-global",
              "virtio-scsi-pci.ioeventfd=off",
              "-global",
              "virtio-serial-pci.ioeventfd=off",
          },
      // libguestfs hands it to the guest.
      .environment = {{"TERM", "xterm"}},
  };
}

std::string counting_version(bool knows_loops) {
  return std::to_string(counted_settings().version) + (knows_loops ? "" : " with spinning");
}

} // namespace bootperf
