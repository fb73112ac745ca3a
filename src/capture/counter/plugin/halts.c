#define _GNU_SOURCE
#include "capture/counter/plugin/halts.h"

#include <time.h>

#include "capture/counter/plugin/core_delay.h"
#include "capture/counter/plugin/moments.h"
#include "capture/counter/plugin/waits.h"

enum { most_vcpus = 256, most_halts = 256 };
/*
 * The PIT, the only clock that interrupts a guest here, can be set 32767 of its cycles ahead, 27.46
 * ms: a longer wait is cut up by ticks. Less a twentieth, since how late a halt ended is not known
 * that well.
 */
enum { farthest_tick_ns = 26000000 };
enum vcpu_state { never_seen = 0, running, halted };

static const struct GuestCode *guest;
static struct BootperfPage *page;

static uint8_t states[most_vcpus];
static unsigned int running_vcpus;
static uint64_t halted_since; /* 0 while the guest runs */
static uint64_t delay_before; /* core_delay_ns() when the halt began */

/* Where the code goes on behind each halt that was translated: a guest has a few. */
static uint64_t behind_halts[most_halts];
static int known_halts;

void halts_open(const struct GuestCode *of, struct BootperfPage *shared) {
  guest = of;
  page = shared;
  page->knows_halts = guest_code_has(guest, code_halts) && guest_code_knows_interrupts(guest);
}

static uint64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void timer_ended_halt(uint64_t lasted) {
  const uint64_t delay = core_delay_ns() - delay_before;
  const uint64_t late = delay < lasted ? delay : lasted;
  if (lasted - late >= farthest_tick_ns)
    waits_tick_ended_halt(lasted, late);
  else
    waits_timer_ended_halt(lasted, late);
}

static uint64_t end_of_halt(enum InterruptCause cause) {
  const uint64_t lasted = now_ns() - halted_since;
  halted_since = 0;
  if (cause == timer_interrupt)
    timer_ended_halt(lasted);
  else
    waits_host_ended_halt(lasted);
  moments_halt();
  return lasted;
}

static void vcpu_halts(unsigned int vcpu, void *unused) {
  (void)unused;
  uint8_t *state = &states[vcpu % most_vcpus];
  if (*state == running)
    running_vcpus--;
  *state = halted;
  if (running_vcpus != 0)
    return;
  if (halted_since != 0)
    end_of_halt(no_interrupt); /* the code went on elsewhere, and is here already */
  else
    moments_halt();
  delay_before = core_delay_ns();
  halted_since = now_ns();
}

static void vcpu_runs(unsigned int vcpu, struct BootperfBlock *block, enum InterruptCause cause) {
  uint8_t *state = &states[vcpu % most_vcpus];
  if (*state == running) {
    if (cause == device_interrupt)
      waits_host_interrupted();
    return;
  }
  *state = running;
  running_vcpus++;
  if (halted_since == 0)
    return;
  block->halted_ns += end_of_halt(cause);
  block->halts_ended++;
}

static void timer_interrupts(unsigned int vcpu, void *block) {
  vcpu_runs(vcpu, block, timer_interrupt);
}

static void device_interrupts(unsigned int vcpu, void *block) {
  vcpu_runs(vcpu, block, device_interrupt);
}

static void goes_on(unsigned int vcpu, void *block) {
  vcpu_runs(vcpu, block, no_interrupt);
}

static bool lies_behind_halt(uint64_t address) {
  for (int i = 0; i < known_halts; i++)
    if (behind_halts[i] == address)
      return true;
  return false;
}

void halts_watch_halt(struct qemu_plugin_insn *instruction, uint64_t behind) {
  if (!lies_behind_halt(behind)) {
    if (known_halts == most_halts) {
      /* Its end might be missed, and the time of another halt with it. */
      page->knows_halts = 0;
      return;
    }
    behind_halts[known_halts++] = behind;
  }
  api_call_on_instruction(instruction, vcpu_halts, NULL);
}

void halts_watch_block(struct qemu_plugin_tb *translated, struct BootperfBlock *block,
                       const struct BlockCode *code, uint64_t address) {
  const enum InterruptCause cause = interrupt_entered(guest, address, code->bytes, code->size);
  if (cause == timer_interrupt)
    api_call_on_block(translated, timer_interrupts, block);
  else if (cause == device_interrupt)
    api_call_on_block(translated, device_interrupts, block);
  else if (lies_behind_halt(address))
    api_call_on_block(translated, goes_on, block);
}
