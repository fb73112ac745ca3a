#define _GNU_SOURCE
#include "capture/counter/plugin/blocks.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static struct BootperfBlock *records;
static uint64_t capacity;
static uint64_t *used;              /* in the page, for the reader */
static struct BootperfBlock unread; /* of all blocks that have no record in the file */

/* Open addressing: a place holds the index of a record and one; 0 is empty. Twice as long as the
 * file at least, so that it is never more than half full. */
static uint32_t *places;
static uint64_t place_count;

static bool map_records(const char *path) {
  const int fd = open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0)
    return false;
  struct stat status;
  records = MAP_FAILED;
  if (fstat(fd, &status) == 0 && (uint64_t)status.st_size >= sizeof *records &&
      (uint64_t)status.st_size / sizeof *records < UINT32_MAX) {
    capacity = (uint64_t)status.st_size / sizeof *records;
    records = mmap(NULL, capacity * sizeof *records, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  }
  close(fd);
  return records != MAP_FAILED;
}

bool blocks_open(const char *path, struct BootperfPage *page) {
  used = &page->blocks;
  if (path == NULL)
    return true;
  if (!map_records(path))
    return false;
  place_count = 2;
  while (place_count < 2 * capacity)
    place_count *= 2;
  places = calloc(place_count, sizeof *places);
  return places != NULL;
}

bool blocks_are_read(void) {
  return places != NULL;
}

uint64_t blocks_capacity(void) {
  return capacity;
}

uint64_t blocks_index(const struct BootperfBlock *block) {
  const uintptr_t first = (uintptr_t)records, at = (uintptr_t)block;
  return at < first ? UINT64_MAX : (at - first) / sizeof *records;
}

struct BootperfBlock *blocks_at(uint64_t index) {
  return &records[index];
}

static uint64_t content_of(const struct BlockCode *code) {
  uint64_t hash = UINT64_C(0xcbf29ce484222325);
  for (uint32_t i = 0; i < code->size; i++)
    hash = (hash ^ code->bytes[i]) * UINT64_C(0x100000001b3);
  return hash;
}

struct BootperfBlock *blocks_find(uint64_t address, const struct BlockCode *code) {
  if (places == NULL)
    return &unread;
  const uint64_t content = content_of(code);
  const uint64_t mask = place_count - 1;
  uint64_t place = (content ^ (address * UINT64_C(0x9e3779b97f4a7c15))) & mask;
  for (; places[place] != 0; place = (place + 1) & mask) {
    struct BootperfBlock *known = &records[places[place] - 1];
    if (known->address == address && known->content == content &&
        known->instructions == code->instructions)
      return known;
  }
  if (*used == capacity)
    return &unread;
  struct BootperfBlock *block = &records[*used];
  block->address = address;
  block->content = content;
  block->instructions = code->instructions;
  block->code_size = code->size;
  memcpy(block->code, code->bytes,
         code->size < BOOTPERF_BLOCK_CODE ? code->size : BOOTPERF_BLOCK_CODE);
  places[place] = (uint32_t)*used + 1;
  /* The reader sees the record only when it is whole. */
  __atomic_store_n(used, *used + 1, __ATOMIC_RELEASE);
  return block;
}
