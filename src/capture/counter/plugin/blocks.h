/*
 * The records of translated blocks, in a file that the host reads while they count (page.h). A
 * block that is translated again, after qemu emptied its cache or the guest changed its page
 * tables, finds its old record by address and code.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "capture/counter/page.h"

/* Maps the file, whose size says how many records there are. Without a file (NULL), and where it is
 * full, blocks share a record that nobody reads. */
bool blocks_open(const char *path, struct BootperfPage *page);

/* Whether there is a file: without one nobody asks how often a block ran. */
bool blocks_are_read(void);
/* Records that the file has room for; 0 without a file. */
uint64_t blocks_capacity(void);
/* The place of a record in the file; of one that is in memory alone a number beyond its capacity.
 */
uint64_t blocks_index(const struct BootperfBlock *block);
/* The record at a place below the capacity. */
struct BootperfBlock *blocks_at(uint64_t index);

struct BlockCode {
  const uint8_t *bytes;
  uint32_t size;
  uint32_t instructions;
};

/* The record of the block with that address and code. */
struct BootperfBlock *blocks_find(uint64_t address, const struct BlockCode *code);
