#define _GNU_SOURCE
#include "capture/counter/plugin/core_delay.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>

enum { not_opened = -1, not_there = -2 };

static int of_main = not_opened;
static __thread int of_thread = not_opened;

static int opened(pid_t thread) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/task/%jd/schedstat", (intmax_t)thread);
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  return file < 0 ? not_there : file;
}

/* "time on a core, time in line for one, how often": read anew from the beginning each time. */
static uint64_t delay_in(int file) {
  char text[96];
  const ssize_t length = file < 0 ? -1 : pread(file, text, sizeof text - 1, 0);
  if (length <= 0)
    return 0;
  text[length] = '\0';
  uint64_t ran = 0, delayed = 0;
  return sscanf(text, "%" SCNu64 " %" SCNu64, &ran, &delayed) == 2 ? delayed : 0;
}

uint64_t core_delay_ns(void) {
  if (of_main == not_opened)
    of_main = opened(getpid());
  if (of_thread == not_opened)
    of_thread = gettid() == getpid() ? not_there : opened(gettid());
  return delay_in(of_main) + delay_in(of_thread);
}
