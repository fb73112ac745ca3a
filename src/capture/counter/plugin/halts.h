/*
 * The time in which the guest is halted, by the host's clock: under icount with sleep=on an idle
 * guest waits in real time. It is halted from the instruction that halts a vCPU to the next block
 * that runs, when all vCPUs that ever ran are; that block is where the interrupt led that ended it.
 *
 * qemu's own callbacks for idle and resumed vCPUs are never called under icount, so the instruction
 * is recognised by its code.
 */
#pragma once

#include "capture/counter/page.h"
#include "capture/counter/plugin/qemu_api.h"

/* Once, before all others. For a guest whose halting instruction is not known sees_halts stays 0.
 */
void halts_open(const char *target, struct BootperfPage *page);

/* For each block that is translated. */
void halts_watch(struct qemu_plugin_tb *block);

/* For each block that runs. */
void halts_block_runs(unsigned int vcpu, struct BootperfBlock *block);
