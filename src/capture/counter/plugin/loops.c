#define _GNU_SOURCE
#include "capture/counter/plugin/loops.h"

#include <inttypes.h>
#include <stdio.h>

/* A kernel has about ten functions that delay, and the firmware a few places. */
enum { most = 256 };

static struct {
  uint64_t first;
  uint64_t behind;
} loops[most];
static int count;

bool loops_read(const char *path) {
  FILE *file = fopen(path, "re");
  if (file == NULL) {
    fprintf(stderr, "bootperf counter: cannot read %s\n", path);
    return false;
  }
  int read = 0;
  while (count < most && (read = fscanf(file, "%" SCNx64 " %" SCNx64, &loops[count].first,
                                        &loops[count].behind)) == 2)
    count++;
  /* The end is where it should have come; anything else is not two numbers, or one line too many.
   */
  const bool whole = read == EOF && feof(file) && !ferror(file);
  fclose(file);
  if (!whole)
    fprintf(stderr, "bootperf counter: %s: expected two addresses a line, in at most %d lines\n",
            path, most - 1);
  return whole;
}

bool loops_contain(uint64_t address) {
  for (int i = 0; i < count; i++)
    if (address >= loops[i].first && address < loops[i].behind)
      return true;
  return false;
}
