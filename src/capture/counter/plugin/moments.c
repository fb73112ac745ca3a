#include "capture/counter/plugin/moments.h"

#include <stddef.h>

enum { work_counter, spinning_counter };

static struct BootperfPage *page;
static struct BootperfCounts now;

/*
 * The PIT, the only clock that interrupts a guest here, can be set 32767 of its cycles ahead, 27.46
 * ms: a longer wait is cut up by ticks. Less a twentieth, since how late a halt ended is not known
 * that well.
 */
enum { farthest_tick_ns = 26000000 };

/* Halts since a program last ran, how late those of them ended that count, the last if it was a
   tick on the way, and whether something of the host's ended it. */
static uint64_t idle_ns, late_ns, late_tick_ns;
static bool ended_by_host;

static void store(struct BootperfCounts *to) {
  __atomic_store_n(&to->work, now.work, __ATOMIC_RELAXED);
  __atomic_store_n(&to->spinning, now.spinning, __ATOMIC_RELAXED);
  __atomic_store_n(&to->waiting_ns, now.waiting_ns, __ATOMIC_RELAXED);
  __atomic_store_n(&to->host_waiting_ns, now.host_waiting_ns, __ATOMIC_RELAXED);
}

/* What the reader must see together is written between two of these. */
static void turn(void) {
  __atomic_store_n(&page->turns, page->turns + 1, __ATOMIC_SEQ_CST);
}

static void carry_over(bool output) {
  now.work = api_counter(work_counter);
  now.spinning = api_counter(spinning_counter);
  turn();
  store(&page->latest);
  if (output)
    store(&page->output);
  turn();
}

uint64_t moments_instructions(void) {
  return api_counter(work_counter) + api_counter(spinning_counter);
}

/* A program runs: whatever woke it is what was waited for. */
static void wait_is_over(void) {
  const uint64_t hosts_ns = ended_by_host ? idle_ns : late_ns + late_tick_ns;
  now.host_waiting_ns += hosts_ns;
  now.waiting_ns += idle_ns - hosts_ns;
  idle_ns = 0;
  late_ns = 0;
  late_tick_ns = 0;
}

void moments_halt(void) {
  carry_over(false);
}

void moments_timer_ends_halt(uint64_t lasted_ns, uint64_t for_want_of_core_ns) {
  const uint64_t late = for_want_of_core_ns < lasted_ns ? for_want_of_core_ns : lasted_ns;
  const bool tick = lasted_ns - late >= farthest_tick_ns;
  idle_ns += lasted_ns;
  late_ns += tick ? 0 : late;
  late_tick_ns = tick ? late : 0;
  ended_by_host = false;
  carry_over(false);
}

void moments_host_ends_halt(uint64_t lasted_ns) {
  idle_ns += lasted_ns;
  ended_by_host = true;
  carry_over(false);
}

void moments_host_interrupts(void) {
  ended_by_host = true;
}

static void puts_out(unsigned int vcpu, void *unused) {
  (void)vcpu;
  (void)unused;
  wait_is_over();
  carry_over(true);
}

static void calls_kernel(unsigned int vcpu, void *unused) {
  (void)vcpu;
  (void)unused;
  wait_is_over();
  carry_over(false);
}

static void qemu_exits(void) {
  wait_is_over();
  carry_over(false);
}

void moments_open(qemu_plugin_id_t id, const struct GuestCode *guest, struct BootperfPage *shared) {
  page = shared;
  page->sees_output = guest_code_has(guest, code_puts_out);
  api_call_at_exit(id, qemu_exits);
}

void moments_count(struct qemu_plugin_tb *block, bool spinning) {
  api_add_on_block(block, spinning ? spinning_counter : work_counter, api_length(block));
}

void moments_watch(struct qemu_plugin_insn *instruction, enum CodeKind kind) {
  if (kind == code_puts_out)
    api_call_on_instruction(instruction, puts_out, NULL);
  else if (kind == code_calls_kernel)
    api_call_on_instruction(instruction, calls_kernel, NULL);
}
