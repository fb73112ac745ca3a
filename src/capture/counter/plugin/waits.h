/*
 * What the guest waited for, made out of its halts. While a program waits the guest halts many
 * times: its clock ticks on, its kernel's own threads wake, and devices interrupt that nobody waits
 * for. So halts are added up until a program runs again, and then booked to whatever ended the last
 * of them: to the guest where that was its timer, to the host where it was anything else.
 *
 * How late a halt ended that the timer ended, for want of a core, is the host's; but a tick on the
 * way to a later time takes from the same wait, and is late for nobody unless it is the last.
 *
 * Times are in ns of the host's clock. One thread calls these: under icount all vCPUs run in it.
 */
#pragma once

#include <stdint.h>

/*
 * A halt is over: by the timer at the time that was asked for, by a tick on the way to a later
 * time, or by something of the host's. late_by_ns is at most what the halt lasted.
 */
void waits_timer_ended_halt(uint64_t lasted_ns, uint64_t late_by_ns);
void waits_tick_ended_halt(uint64_t lasted_ns, uint64_t late_by_ns);
void waits_host_ended_halt(uint64_t lasted_ns);
/*
 * An interrupt of the host's while the guest runs. Before any program did it came together with the
 * tick that ended the halt, for a host that is late serves both at once.
 */
void waits_host_interrupted(void);

/* A program runs: adds what was waited until now to these. */
void waits_are_over(uint64_t *waiting_ns, uint64_t *host_waiting_ns);
