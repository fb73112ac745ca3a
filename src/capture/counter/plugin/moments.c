#include "capture/counter/plugin/moments.h"

#include <stddef.h>

#include "capture/counter/plugin/waits.h"

enum { work_counter, spinning_counter };

static struct BootperfPage *page;
static struct BootperfCounts now;

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

static void program_runs(bool output) {
  waits_are_over(&now.waiting_ns, &now.host_waiting_ns);
  carry_over(output);
}

void moments_halt(void) {
  carry_over(false);
}

static void puts_out(unsigned int vcpu, void *unused) {
  (void)vcpu;
  (void)unused;
  program_runs(true);
}

static void calls_kernel(unsigned int vcpu, void *unused) {
  (void)vcpu;
  (void)unused;
  program_runs(false);
}

static void qemu_exits(void) {
  program_runs(false);
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
