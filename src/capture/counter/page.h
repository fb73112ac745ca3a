/* The page that the plugin, inside qemu, and the host share. C, because the plugin is C. */
#pragma once

#include <stdint.h>

/* "bootperf", read as a little-endian number. */
#define BOOTPERF_PAGE_MAGIC UINT64_C(0x66726570746f6f62)
/* Changes with the layout, so that neither side takes the other's old one for its own. */
#define BOOTPERF_PAGE_VERSION 1u
#define BOOTPERF_PAGE_SIZE 4096u
/* vCPUs beyond these share slots, which is exact only where vCPUs take turns, as under icount. */
#define BOOTPERF_PAGE_SLOTS 256u

struct BootperfPage {
  uint64_t magic;
  uint32_t version;
  uint32_t ready; /* set by the plugin: 0 means that nobody ever counted here */
  uint64_t reserved[6];
  uint64_t slots[BOOTPERF_PAGE_SLOTS]; /* guest instructions; their sum is the count */
};
