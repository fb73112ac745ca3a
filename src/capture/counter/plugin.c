/*
 * The instruction counter: a TCG plugin for qemu.
 *
 *   qemu-system-x86_64 -plugin libbootperf_counter_api7.so,page=FILE …
 *
 * FILE is a page made by the host (page.h). Every translated block that starts to run adds the
 * number of its guest instructions to the page, where the host reads it at any time. A block that
 * is left half way (a fault, an access to a device's memory) is counted whole, and its rest once
 * more when it goes on: the count is of instructions begun in blocks, the same in every launch that
 * runs the same code.
 *
 * It is built once for each shape of qemu's API (qemu_api.h), into objects of their own rather than
 * one that finds out where it is: qemu reads qemu_plugin_version before it calls anything here, it
 * takes neither a lower nor a higher one than it knows, and nothing that it exports tells API 6
 * from 7, whose callbacks differ. So the host offers the objects to qemu, the newest first, and
 * qemu's own check decides (preparation.h).
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/counter/page.h"
#include "capture/counter/qemu_api.h"

#define EXPORT __attribute__((visibility("default")))

EXPORT int qemu_plugin_version = BOOTPERF_PLUGIN_API;

static struct BootperfPage *page;

#if BOOTPERF_PLUGIN_API == 1

/* Adds without leaving the translated code. vCPUs that ran at once would lose counts; under icount
 * they take turns. */
static void count(struct qemu_plugin_tb *tb, uint64_t instructions) {
  qemu_plugin_register_vcpu_tb_exec_inline(tb, QEMU_PLUGIN_INLINE_ADD_U64, &page->slots[0],
                                           instructions);
}

#else

static void block_runs(unsigned int vcpu, void *instructions) {
  page->slots[vcpu % BOOTPERF_PAGE_SLOTS] += (uint64_t)(uintptr_t)instructions;
}

/* Calls out of the translated code, since inline adds could not reach the page. */
static void count(struct qemu_plugin_tb *tb, uint64_t instructions) {
  qemu_plugin_register_vcpu_tb_exec_cb(tb, block_runs, QEMU_PLUGIN_CB_NO_REGS,
                                       (void *)(uintptr_t)instructions);
}

#endif

#if BOOTPERF_PLUGIN_API >= 7

static void block_translated(struct qemu_plugin_tb *tb, void *unused) {
  (void)unused;
  count(tb, qemu_plugin_tb_n_insns(tb));
}

static void listen(qemu_plugin_id_t id) {
  qemu_plugin_register_vcpu_tb_trans_cb(id, block_translated, NULL);
}

#else

static void block_translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb) {
  (void)id;
  count(tb, qemu_plugin_tb_n_insns(tb));
}

static void listen(qemu_plugin_id_t id) {
  qemu_plugin_register_vcpu_tb_trans_cb(id, block_translated);
}

#endif

static int refuse(const char *what, const char *detail) {
  fprintf(stderr, "bootperf counter: %s%s\n", what, detail);
  return 1;
}

static struct BootperfPage *map_page(const char *path) {
  const int fd = open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0)
    return NULL;
  struct stat status;
  struct BootperfPage *mapped = MAP_FAILED;
  if (fstat(fd, &status) == 0 && status.st_size == BOOTPERF_PAGE_SIZE)
    mapped = mmap(NULL, BOOTPERF_PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (mapped == MAP_FAILED)
    return NULL;
  if (mapped->magic == BOOTPERF_PAGE_MAGIC && mapped->version == BOOTPERF_PAGE_VERSION)
    return mapped;
  munmap(mapped, BOOTPERF_PAGE_SIZE);
  return NULL;
}

EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc,
                               char **argv);
EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc,
                               char **argv) {
  (void)info;
  const char *path = NULL;
  for (int i = 0; i < argc; i++) {
    if (strncmp(argv[i], "page=", 5) != 0)
      return refuse("unknown argument ", argv[i]);
    path = argv[i] + 5;
  }
  if (path == NULL)
    return refuse("page=FILE is missing", "");
  page = map_page(path);
  if (page == NULL)
    return refuse("no counter page of this version: ", path);
  listen(id);
  __atomic_store_n(&page->ready, 1u, __ATOMIC_RELEASE);
  return 0;
}
