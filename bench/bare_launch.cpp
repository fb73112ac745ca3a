// One launch with nothing around it: what bootperf-launch is compared with, to show what watching
// costs. Beside the launch worker this is the only program that links libguestfs.
//
// Makes the calls of a quiet launch and prints the nanoseconds that guestfs_launch took. Exit
// status 4 when the appliance did not come up.
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <guestfs.h>

int main() {
  guestfs_h *g = guestfs_create();
  if (!g) {
    return 4;
  }
  const char *backend = std::getenv("LIBGUESTFS_BACKEND");
  const bool ready = ((backend && *backend) || guestfs_set_backend(g, "direct") == 0) &&
                     guestfs_set_verbose(g, 0) == 0 && guestfs_set_trace(g, 0) == 0 &&
                     guestfs_set_network(g, 0) == 0 &&
                     guestfs_add_drive_opts(g, "/dev/null", GUESTFS_ADD_DRIVE_OPTS_FORMAT, "raw",
                                            GUESTFS_ADD_DRIVE_OPTS_READONLY, 1, -1) == 0;
  const auto start = std::chrono::steady_clock::now();
  const bool launched = ready && guestfs_launch(g) == 0;
  const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - start;
  const bool down = launched && guestfs_shutdown(g) == 0;
  guestfs_close(g);
  if (!down) {
    return 4;
  }
  std::printf("%lld\n", static_cast<long long>(took.count()));
  return 0;
}
