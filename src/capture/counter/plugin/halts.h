/*
 * The time in which the guest is halted, by the host's clock: under icount with sleep=on an idle
 * guest waits in real time. It is halted from the instruction that halts a vCPU to the entry of the
 * interrupt that ends it, when all vCPUs that ever ran are; an entry that is not recognised is over
 * by the time the code behind the halt goes on.
 *
 * A halt that a timer ends is the guest's own waiting: it asked for that timer, to sleep, to poll,
 * or to give something up. One that anything else ends is the host's: its disk was that slow.
 *
 * qemu's own callbacks for idle and resumed vCPUs are never called under icount, so all of it is
 * recognised by its code.
 */
#pragma once

#include "capture/counter/page.h"
#include "capture/counter/plugin/blocks.h"
#include "capture/counter/plugin/guest_code.h"
#include "capture/counter/plugin/qemu_api.h"

/* Once, before all others. */
void halts_open(const struct GuestCode *guest, struct BootperfPage *page);

/* For each block that is translated, with its record. */
void halts_watch_block(struct qemu_plugin_tb *translated, struct BootperfBlock *block,
                       const struct BlockCode *code, uint64_t address);
/* For each instruction that halts, with the address behind it. */
void halts_watch_halt(struct qemu_plugin_insn *instruction, uint64_t behind);
