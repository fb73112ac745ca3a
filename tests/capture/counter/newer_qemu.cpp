// newer_qemu PLUGIN PAGE OLDEST NEWEST: loads the plugin as qemu 9.0 and later do. It has the
// functions of the plugin API that those have, without the plain inline add, and "runs" a block of
// seven instructions three times on the second vCPU. Exits with what install returned, or with 9
// when the plugin claims an API outside of OLDEST to NEWEST.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include <dlfcn.h>

namespace {

struct Information {
  const char *target_name;
  int oldest;
  int newest;
};

struct Machine {
  void (*translated)(std::uint64_t, void *) = nullptr;
  void (*executed)(unsigned int, void *) = nullptr;
  void *data = nullptr;
};

Machine &machine() {
  static Machine the_machine;
  return the_machine;
}

} // namespace

extern "C" {

void qemu_plugin_register_vcpu_tb_trans_cb(std::uint64_t, void (*callback)(std::uint64_t, void *));
std::size_t qemu_plugin_tb_n_insns(const void *);
void qemu_plugin_register_vcpu_tb_exec_cb(void *, void (*callback)(unsigned int, void *), int,
                                          void *data);
void *qemu_plugin_scoreboard_new(std::size_t);

void qemu_plugin_register_vcpu_tb_trans_cb(std::uint64_t, void (*callback)(std::uint64_t, void *)) {
  machine().translated = callback;
}

std::size_t qemu_plugin_tb_n_insns(const void *) {
  return 7;
}

void qemu_plugin_register_vcpu_tb_exec_cb(void *, void (*callback)(unsigned int, void *), int,
                                          void *data) {
  machine().executed = callback;
  machine().data = data;
}

// Only that it is there tells the plugin how new qemu is.
void *qemu_plugin_scoreboard_new(std::size_t) {
  return nullptr;
}

} // extern "C"

int main(int argc, char **argv) {
  if (argc != 5) {
    return 2;
  }
  void *plugin = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (plugin == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 2;
  }
  const Information information{"x86_64", std::atoi(argv[3]), std::atoi(argv[4])};
  int claimed = 0;
  std::memcpy(&claimed, dlsym(plugin, "qemu_plugin_version"), sizeof claimed);
  int (*install)(std::uint64_t, const Information *, int, char **) = nullptr;
  void *symbol = dlsym(plugin, "qemu_plugin_install");
  std::memcpy(&install, &symbol, sizeof install);

  std::string page = "page=" + std::string(argv[2]);
  char *arguments[] = {page.data()};
  const int refused = install(1, &information, 1, arguments);
  if (refused != 0) {
    return refused;
  }
  if (claimed < information.oldest || claimed > information.newest) {
    return 9;
  }
  machine().translated(1, nullptr);
  for (int round = 0; round < 3; ++round) {
    machine().executed(1, machine().data);
  }
  return 0;
}
