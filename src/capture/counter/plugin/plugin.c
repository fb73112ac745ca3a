/*
 * The instruction counter: a TCG plugin for qemu.
 *
 *   qemu-system-x86_64 -plugin
 * libbootperf_counter_api7.so,page=FILE[,blocks=FILE][,epochs=FILE][,loops=FILE]
 *
 * page, blocks and epochs are files made by the host (page.h, epochs.h), loops says which code only
 * delays (loops.h).
 * Every translated block that starts to run adds the number of its guest instructions to the
 * counts, which go to the page at certain moments (moments.h), and one to its own record if those
 * are read. A block that is left half way (a fault, an access to a device's memory) is counted
 * whole, and its rest once more when it goes on: the count is of instructions begun in blocks, the
 * same in every launch that runs the same code.
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
#include "capture/counter/plugin/blocks.h"
#include "capture/counter/plugin/epochs.h"
#include "capture/counter/plugin/guest_code.h"
#include "capture/counter/plugin/halts.h"
#include "capture/counter/plugin/loops.h"
#include "capture/counter/plugin/moments.h"
#include "capture/counter/plugin/qemu_api.h"

#define EXPORT __attribute__((visibility("default")))

EXPORT int qemu_plugin_version = BOOTPERF_PLUGIN_API;

static const struct GuestCode *guest;

static void block_runs(unsigned int vcpu, void *data) {
  (void)vcpu;
  struct BootperfBlock *block = data;
  epochs_block_runs(block);
  block->runs++;
}

/* qemu ends a block after 512 instructions or at the end of its second page at the latest. */
enum { longest_code = 2 * 4096 };

/* The code of all instructions, and each of them watched that a moment belongs to. */
static struct BlockCode read_code(struct qemu_plugin_tb *translated, uint64_t address,
                                  uint8_t *bytes) {
  const size_t length = api_length(translated);
  struct BlockCode code = {bytes, 0, (uint32_t)length};
  for (size_t i = 0; i < length; i++) {
    struct qemu_plugin_insn *instruction = api_instruction(translated, i);
    const size_t size = api_code(instruction, bytes + code.size, longest_code - code.size);
    const enum CodeKind kind = instruction_kind(guest, bytes + code.size, size);
    code.size += (uint32_t)size;
    moments_watch(instruction, kind);
    if (kind == code_halts)
      halts_watch_halt(instruction, address + code.size);
  }
  return code;
}

static void block_translated(struct qemu_plugin_tb *translated) {
  uint8_t bytes[longest_code];
  const uint64_t address = api_address(translated);
  const struct BlockCode code = read_code(translated, address, bytes);
  struct BootperfBlock *block = blocks_find(address, &code);
  block->spinning = loops_contain(address);
  /* Called before the block is counted. Where nobody asks for epochs, its runs cost no call. */
  if (epochs_are_read())
    api_call_on_block(translated, block_runs, block);
  else if (blocks_are_read())
    api_count_runs(translated, &block->runs);
  moments_count(translated, block->spinning);
  halts_watch_block(translated, block, &code, address);
}

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

/* The value of "name=value", or NULL when the argument is another. */
static const char *value_of(const char *argument, const char *name) {
  const size_t length = strlen(name);
  return strncmp(argument, name, length) == 0 && argument[length] == '=' ? argument + length + 1
                                                                         : NULL;
}

EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc,
                               char **argv);
EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc,
                               char **argv) {
  const char *page_path = NULL;
  const char *blocks_path = NULL;
  const char *epochs_path = NULL;
  const char *loops_path = NULL;
  for (int i = 0; i < argc; i++) {
    const char *value = NULL;
    if ((value = value_of(argv[i], "page")) != NULL)
      page_path = value;
    else if ((value = value_of(argv[i], "blocks")) != NULL)
      blocks_path = value;
    else if ((value = value_of(argv[i], "epochs")) != NULL)
      epochs_path = value;
    else if ((value = value_of(argv[i], "loops")) != NULL)
      loops_path = value;
    else
      return refuse("unknown argument ", argv[i]);
  }
  if (page_path == NULL)
    return refuse("page=FILE is missing", "");
  struct BootperfPage *page = map_page(page_path);
  if (page == NULL)
    return refuse("no counter page of this version: ", page_path);
  if (!blocks_open(blocks_path, page))
    return refuse("no file for blocks: ", blocks_path);
  if (!epochs_open(epochs_path, page))
    return refuse("no file for epochs: ", epochs_path);
  if (loops_path != NULL && !loops_read(loops_path))
    return 1;
  page->knows_loops = loops_path != NULL;
  guest = guest_code(info->target_name);
  moments_open(id, guest, page);
  halts_open(guest, page);
  api_listen(id, info, block_translated);
  __atomic_store_n(&page->ready, 1u, __ATOMIC_RELEASE);
  return 0;
}
