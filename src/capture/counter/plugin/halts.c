#define _GNU_SOURCE
#include "capture/counter/plugin/halts.h"

#include <string.h>
#include <time.h>

enum { most_vcpus = 256 };
enum vcpu_state { never_ran = 0, running, halted };

static struct BootperfPage *page;
static uint8_t states[most_vcpus];
static unsigned int running_vcpus;

static const struct {
  const char *target;
  uint8_t size;
  uint8_t code[4];
} halting_instructions[] = {
    {"x86_64", 1, {0xf4}},                    /* hlt */
    {"i386", 1, {0xf4}},                      /* hlt */
    {"aarch64", 4, {0x7f, 0x20, 0x03, 0xd5}}, /* wfi */
};
static const uint8_t *code;
static uint8_t code_size;

void halts_open(const char *target, struct BootperfPage *shared) {
  page = shared;
  for (size_t i = 0; i < sizeof halting_instructions / sizeof *halting_instructions; i++) {
    if (strcmp(halting_instructions[i].target, target) == 0) {
      code = halting_instructions[i].code;
      code_size = halting_instructions[i].size;
    }
  }
  page->sees_halts = code_size != 0;
}

static uint64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* What the reader must see together is written between two of these. */
static void turn(void) {
  __atomic_store_n(&page->turns, page->turns + 1, __ATOMIC_SEQ_CST);
}

static void vcpu_halts(unsigned int vcpu, void *unused) {
  (void)unused;
  uint8_t *state = &states[vcpu % most_vcpus];
  if (*state != running)
    return;
  *state = halted;
  if (--running_vcpus != 0)
    return;
  turn();
  __atomic_store_n(&page->halted_since, now_ns(), __ATOMIC_RELAXED);
  turn();
}

void halts_watch(struct qemu_plugin_tb *block) {
  const size_t length = api_length(block);
  if (code_size == 0 || length == 0)
    return;
  /* It ends its block. */
  struct qemu_plugin_insn *last = api_instruction(block, length - 1);
  uint8_t found[sizeof halting_instructions->code + 1];
  if (api_code(last, found, sizeof found) == code_size && memcmp(found, code, code_size) == 0)
    api_call_on_instruction(last, vcpu_halts, NULL);
}

void halts_block_runs(unsigned int vcpu, struct BootperfBlock *block) {
  uint8_t *state = &states[vcpu % most_vcpus];
  if (__builtin_expect(*state == running, 1))
    return;
  *state = running;
  if (running_vcpus++ != 0 || page->halted_since == 0)
    return;
  const uint64_t lasted = now_ns() - page->halted_since;
  turn();
  __atomic_store_n(&page->waited_ns, page->waited_ns + lasted, __ATOMIC_RELAXED);
  __atomic_store_n(&page->halted_since, 0, __ATOMIC_RELAXED);
  turn();
  block->halts_ended++;
  block->halted_ns += lasted;
}
