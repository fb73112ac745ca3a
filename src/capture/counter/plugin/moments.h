/*
 * The counts, and the moments at which they are carried over to the page. Translated code adds to
 * counters of the plugin's without a call, which costs least; what the host sees is the state at
 * the last moment:
 *
 *   when the guest puts out a byte   the console's lines are what phases begin and end with
 *   at a program's system call       whatever a program tells the host, it tells by one
 *   when a halt begins or ends       afterwards nothing is counted for long
 *   when qemu exits
 *
 * The state at the last output is kept apart from the latest: a host that reads a line late gets
 * the count that belongs to it.
 */
#pragma once

#include <stdbool.h>

#include "capture/counter/page.h"
#include "capture/counter/plugin/guest_code.h"
#include "capture/counter/plugin/qemu_api.h"

/* Once, before all others. */
void moments_open(qemu_plugin_id_t id, const struct GuestCode *guest, struct BootperfPage *page);

/* For each block that is translated: has its instructions counted whenever it runs. */
void moments_count(struct qemu_plugin_tb *block, bool spinning);
/* For each instruction that is translated. */
void moments_watch(struct qemu_plugin_insn *instruction, enum CodeKind kind);

/* Instructions of all blocks that were counted until now. */
uint64_t moments_instructions(void);

/* A halt begins or ends. */
void moments_halt(void);
