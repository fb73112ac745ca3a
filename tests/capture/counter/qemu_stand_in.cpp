// qemu_stand_in PLUGIN PAGE: loads the plugin as a qemu of API BOOTPERF_PLUGIN_API does, with the
// functions that the plugin uses, and "runs" a block of seven instructions three times on two
// vCPUs. Exits with what install returned, or with 9 when the plugin claims another API.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include <dlfcn.h>

extern "C" {
#include "capture/counter/plugin/qemu_api.h"
}

namespace {

#if BOOTPERF_PLUGIN_API >= 7
using TranslationCallback = void (*)(qemu_plugin_tb *, void *);
using ExitCallback = void (*)(void *);
#else
using TranslationCallback = void (*)(qemu_plugin_id_t, qemu_plugin_tb *);
using ExitCallback = void (*)(qemu_plugin_id_t, void *);
#endif

constexpr std::size_t vcpus = 2;

struct Machine {
  TranslationCallback translated = nullptr;
  ExitCallback at_exit = nullptr;
  std::size_t element_size = 0, offset = 0;
  std::uint64_t addend = 0; ///< of the block, each time it runs
  std::vector<char> scoreboard;
};

Machine &machine() {
  static Machine the_machine;
  return the_machine;
}

char *place_of(std::size_t vcpu, std::size_t offset) {
  return machine().scoreboard.data() + vcpu * machine().element_size + offset;
}

void run_block(std::size_t vcpu) {
  std::uint64_t number = 0;
  std::memcpy(&number, place_of(vcpu, machine().offset), sizeof number);
  number += machine().addend;
  std::memcpy(place_of(vcpu, machine().offset), &number, sizeof number);
}

template <class T>
T symbol(void *plugin, const char *name) {
  void *found = dlsym(plugin, name);
  T typed;
  std::memcpy(&typed, &found, sizeof typed);
  return typed;
}

} // namespace

extern "C" {

#if BOOTPERF_PLUGIN_API >= 7
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, TranslationCallback called, void *) {
  machine().translated = called;
}
#else
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, TranslationCallback called) {
  machine().translated = called;
}
#endif

std::uint64_t qemu_plugin_tb_vaddr(const qemu_plugin_tb *) {
  return 0x1000;
}

std::size_t qemu_plugin_tb_n_insns(const qemu_plugin_tb *) {
  return 7;
}

qemu_plugin_insn *qemu_plugin_tb_get_insn(const qemu_plugin_tb *, std::size_t) {
  return nullptr;
}

std::size_t qemu_plugin_insn_size(const qemu_plugin_insn *) {
  return 1;
}

// All instructions are "nop".
#if BOOTPERF_PLUGIN_API >= 7
std::size_t qemu_plugin_insn_data(const qemu_plugin_insn *, void *to, std::size_t) {
  std::memset(to, 0x90, 1);
  return 1;
}
#else
const void *qemu_plugin_insn_data(const qemu_plugin_insn *) {
  return "\x90";
}
#endif

void qemu_plugin_register_vcpu_insn_exec_cb(qemu_plugin_insn *, CodeRuns, int, void *) {}

void qemu_plugin_register_vcpu_tb_exec_cb(qemu_plugin_tb *, CodeRuns, int, void *) {}

// Only one scoreboard is ever made here.
struct qemu_plugin_u64 {
  void *score;
  std::size_t offset;
};

void *qemu_plugin_scoreboard_new(std::size_t element_size) {
  machine().element_size = element_size;
  machine().scoreboard.resize(vcpus * element_size);
  return machine().scoreboard.data();
}

std::uint64_t qemu_plugin_u64_sum(qemu_plugin_u64 entry) {
  std::uint64_t sum = 0;
  for (std::size_t vcpu = 0; vcpu < vcpus; ++vcpu) {
    std::uint64_t number = 0;
    std::memcpy(&number, place_of(vcpu, entry.offset), sizeof number);
    sum += number;
  }
  return sum;
}

void qemu_plugin_register_vcpu_tb_exec_inline_per_vcpu(qemu_plugin_tb *, int, qemu_plugin_u64 entry,
                                                       std::uint64_t addend) {
  machine().offset = entry.offset;
  machine().addend = addend;
}

void qemu_plugin_register_atexit_cb(qemu_plugin_id_t, ExitCallback called, void *) {
  machine().at_exit = called;
}

} // extern "C"

int main(int argc, char **argv) {
  if (argc != 3) {
    return 2;
  }
  void *plugin = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (plugin == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 2;
  }
  if (*symbol<int *>(plugin, "qemu_plugin_version") != BOOTPERF_PLUGIN_API) {
    return 9;
  }
  using Install = int (*)(qemu_plugin_id_t, const qemu_info *, int, char **);
  const qemu_info information{"x86_64", {BOOTPERF_PLUGIN_API, BOOTPERF_PLUGIN_API}};
  std::string page = "page=" + std::string(argv[2]);
  char *arguments[] = {page.data()};
  const int refused = symbol<Install>(plugin, "qemu_plugin_install")(1, &information, 1, arguments);
  if (refused != 0) {
    return refused;
  }
#if BOOTPERF_PLUGIN_API >= 7
  machine().translated(nullptr, nullptr);
#else
  machine().translated(1, nullptr);
#endif
  for (const std::size_t vcpu : {1, 0, 1}) {
    run_block(vcpu);
  }
#if BOOTPERF_PLUGIN_API >= 7
  machine().at_exit(nullptr);
#else
  machine().at_exit(1, nullptr);
#endif
  return 0;
}
