#include "capture/counter/plugin/waits.h"

#include <stdbool.h>

/* Of the halts since a program last ran. */
static uint64_t idle_ns;
static uint64_t late_ns;
static uint64_t late_tick_ns; /* of the last one, where it was a tick on the way */
static bool ended_by_host;    /* the last one */

static void timer_ended(uint64_t lasted_ns) {
  idle_ns += lasted_ns;
  late_tick_ns = 0;
  ended_by_host = false;
}

void waits_timer_ended_halt(uint64_t lasted_ns, uint64_t late_by_ns) {
  timer_ended(lasted_ns);
  late_ns += late_by_ns;
}

void waits_tick_ended_halt(uint64_t lasted_ns, uint64_t late_by_ns) {
  timer_ended(lasted_ns);
  late_tick_ns = late_by_ns;
}

void waits_host_ended_halt(uint64_t lasted_ns) {
  idle_ns += lasted_ns;
  ended_by_host = true;
}

void waits_host_interrupted(void) {
  ended_by_host = true;
}

void waits_are_over(uint64_t *waiting_ns, uint64_t *host_waiting_ns) {
  const uint64_t hosts_ns = ended_by_host ? idle_ns : late_ns + late_tick_ns;
  *host_waiting_ns += hosts_ns;
  *waiting_ns += idle_ns - hosts_ns;
  idle_ns = 0;
  late_ns = 0;
  late_tick_ns = 0;
}
