/*
 * What the plugin, inside qemu, and the host share: a page of counts, and a file with a record for
 * each translated block. C, because the plugin is C. One vCPU runs at a time (icount), so the
 * plugin adds without locks; the host only reads, at any time.
 */
#pragma once

#include <stdint.h>

/* "bootperf", read as a little-endian number. */
#define BOOTPERF_PAGE_MAGIC UINT64_C(0x66726570746f6f62)
/* Changes with either layout, so that neither side takes the other's old one for its own. */
#define BOOTPERF_PAGE_VERSION 2u
#define BOOTPERF_PAGE_SIZE 4096u

struct BootperfPage {
  uint64_t magic;
  uint32_t version;
  uint32_t ready; /* set by the plugin: 0 means that nobody ever counted here */

  uint64_t instructions; /* of the guest, all of them */
  uint64_t spinning;     /* of these, the ones inside delay loops; the others are work */

  /* Waiting: the time in which every vCPU that ever ran was halted. turns is odd while it is
   * changed, and tells a reader that has to read again. */
  uint64_t turns;
  uint64_t waited_ns;    /* in halts that have ended */
  uint64_t halted_since; /* CLOCK_MONOTONIC in ns; 0 while the guest runs */

  uint32_t sees_halts; /* 0 where it is not known how the guest halts: waiting is unknown then */
  uint32_t reserved;

  uint64_t blocks; /* records in use in the file of blocks; 0 where there is none */
};

/* Bytes of a block's code that are kept, to recognise user space's code by. */
#define BOOTPERF_BLOCK_CODE 32u

/* A translated block, told from others by address and code. Where the file is full, further blocks
 * have no record: their instructions are in the page's sums alone. */
struct BootperfBlock {
  uint64_t address; /* virtual */
  uint64_t content; /* FNV-1a of all its code */
  uint64_t runs;
  uint64_t halts_ended; /* halts after which this block was the first to run: it tells by what */
  uint64_t halted_ns;   /* the time of those */
  uint32_t instructions;
  uint32_t code_size; /* bytes, of which the first BOOTPERF_BLOCK_CODE follow */
  uint8_t spinning;   /* whether it lies in a delay loop */
  uint8_t reserved[7];
  uint8_t code[BOOTPERF_BLOCK_CODE];
};
