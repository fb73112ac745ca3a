#define _GNU_SOURCE
#include "capture/counter/plugin/epochs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "capture/counter/plugin/blocks.h"
#include "capture/counter/plugin/moments.h"

/* A launch hands over some 10 MB. A guest that never comes up must not fill the disk. */
enum { most_bytes = 512 << 20 };

struct BootperfPage *epochs_page;
uint64_t epochs_seen;

static int file = -1;
static uint64_t written;

/* The blocks that ran since the last hand-over. */
static uint32_t *changed;
static uint64_t changed_count;

bool epochs_open(const char *path, struct BootperfPage *page) {
  epochs_page = page;
  if (path == NULL)
    return true;
  changed = calloc(blocks_capacity() + 1, sizeof *changed);
  file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
  return changed != NULL && file >= 0;
}

bool epochs_are_read(void) {
  return file >= 0;
}

void epochs_note(struct BootperfBlock *block) {
  const uint64_t index = blocks_index(block);
  if (file >= 0 && index < blocks_capacity())
    changed[changed_count++] = (uint32_t)index;
}

static struct {
  char bytes[1 << 16];
  size_t used;
  bool failed;
} buffer;

static void flush(void) {
  size_t done = 0;
  while (done < buffer.used && !buffer.failed) {
    const ssize_t wrote = write(file, buffer.bytes + done, buffer.used - done);
    if (wrote > 0)
      done += (size_t)wrote;
    else if (wrote == 0 || errno != EINTR)
      buffer.failed = true;
  }
  buffer.used = 0;
}

static void put(const void *data, size_t size) {
  if (buffer.used + size > sizeof buffer.bytes)
    flush();
  memcpy(buffer.bytes + buffer.used, data, size);
  buffer.used += size;
  written += size;
}

static uint64_t changes_of(uint64_t runs) {
  return (runs + UINT32_MAX - 1) / UINT32_MAX;
}

static void put_changes(uint32_t index, uint64_t runs) {
  while (runs != 0) {
    const struct BootperfChange change = {index, runs < UINT32_MAX ? (uint32_t)runs : UINT32_MAX};
    put(&change, sizeof change);
    runs -= change.runs;
  }
}

static void give_up(void) {
  close(file);
  file = -1;
  changed_count = 0;
  __atomic_store_n(&epochs_page->epochs_lost, 1u, __ATOMIC_RELEASE);
}

void epochs_hand_over(void) {
  epochs_seen = __atomic_load_n(&epochs_page->epoch, __ATOMIC_ACQUIRE);
  if (file < 0)
    return;
  struct BootperfHandOver head = {epochs_seen, moments_instructions(), 0};
  for (uint64_t i = 0; i < changed_count; i++) {
    const struct BootperfBlock *block = blocks_at(changed[i]);
    head.changes += changes_of(block->runs - block->handed_over);
  }
  if (written + sizeof head + head.changes * sizeof(struct BootperfChange) > most_bytes) {
    give_up();
    return;
  }
  put(&head, sizeof head);
  for (uint64_t i = 0; i < changed_count; i++) {
    struct BootperfBlock *block = blocks_at(changed[i]);
    put_changes(changed[i], block->runs - block->handed_over);
    block->handed_over = block->runs;
  }
  changed_count = 0;
  flush();
  if (buffer.failed)
    give_up();
}
