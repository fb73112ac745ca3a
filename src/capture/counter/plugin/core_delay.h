/*
 * How long qemu's threads were ready to run and had no core: the kernel's run_delay, in
 * /proc/self/task/TID/schedstat. A guest whose timer is due is woken by qemu's main loop, which
 * wakes the vCPU's thread. On a host with more to run than cores both stand in line, and the wait
 * that the guest asked for is over before it goes on.
 */
#pragma once

#include <stdint.h>

/* Of the main thread and the calling one together, in ns so far; 0 where it is not known. */
uint64_t core_delay_ns(void);
