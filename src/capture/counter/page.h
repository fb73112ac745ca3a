/*
 * What the plugin, inside qemu, and the host share: a page of counts, a file with a record for each
 * translated block, and one of hand-overs. C, because the plugin is C. One vCPU runs at a time
 * (icount), so the plugin writes without locks; the host only reads, at any time, but for the
 * page's epoch, which is the host's.
 */
#pragma once

#include <stdint.h>

/* "bootperf", read as a little-endian number. */
#define BOOTPERF_PAGE_MAGIC UINT64_C(0x66726570746f6f62)
/* Changes with any layout, so that neither side takes the other's old one for its own. */
#define BOOTPERF_PAGE_VERSION 3u
#define BOOTPERF_PAGE_SIZE 4096u

/* What the guest did up to some moment, all vCPUs together. */
struct BootperfCounts {
  uint64_t work;     /* instructions outside delay loops; all of them where loops are unknown */
  uint64_t spinning; /* instructions inside delay loops */
  /* The time in which every vCPU that ever ran was halted, by the host's clock, in halts that
   * ended: by a timer of the guest's own, and by anything else. */
  uint64_t waiting_ns;
  uint64_t host_waiting_ns;
};

struct BootperfPage {
  uint64_t magic;
  uint32_t version;
  uint32_t ready; /* set by the plugin: 0 means that nobody ever counted here */

  /* What this plugin can tell of this guest. */
  uint32_t knows_loops; /* 0: spinning is unknown, and part of work */
  uint32_t knows_halts; /* 0: it is not known how such a guest halts or what ends it */
  uint32_t sees_output; /* 0: output stays 0 */
  uint32_t reserved;

  /* Odd while the counts are changed, and another even number afterwards: a reader that saw it
   * change reads again. */
  uint64_t turns;
  struct BootperfCounts latest; /* at the last of the plugin's moments (moments.h) */
  struct BootperfCounts output; /* when the guest last put out what may be a console's byte */

  uint64_t blocks; /* records in use in the file of blocks; 0 where there is none */

  /* Written by the host alone: how many events it has seen. Where the plugin has a file for it, it
   * hands over what each block ran since the epoch before, as soon as this has changed. */
  uint64_t epoch;
  uint64_t epochs_lost; /* not 0 when a hand-over could not be written, nor any after it */
};

/* What begins a hand-over in the file of epochs, in the byte order of the machine. So many changes
 * follow, and then the next one. */
struct BootperfHandOver {
  uint64_t epoch;
  uint64_t instructions; /* counted until this moment; the page may be behind */
  uint64_t changes;
};

struct BootperfChange {
  uint32_t block; /* index in the file of blocks */
  uint32_t runs;  /* since the hand-over before; a block with more of them has several changes */
};

/* Bytes of a block's code that are kept, to recognise user space's code by. */
#define BOOTPERF_BLOCK_CODE 32u

/* A translated block, told from others by address and code. Where the file is full, further blocks
 * have no record: their instructions are in the page's sums alone. */
struct BootperfBlock {
  uint64_t address; /* virtual */
  uint64_t content; /* FNV-1a of all its code */
  uint64_t runs;
  uint64_t halts_ended; /* halts whose end was first seen here: it tells what ended them */
  uint64_t halted_ns;   /* the time of those */
  uint64_t handed_over; /* of the runs, those that are in the file of epochs */
  uint32_t instructions;
  uint32_t code_size; /* bytes, of which the first BOOTPERF_BLOCK_CODE follow */
  uint8_t spinning;   /* whether it lies in a delay loop */
  uint8_t reserved[7];
  uint8_t code[BOOTPERF_BLOCK_CODE];
};
