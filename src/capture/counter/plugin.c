/*
 * The instruction counter: a TCG plugin for qemu.
 *
 *   qemu-system-x86_64 -plugin libbootperf_counter.so,page=FILE …
 *
 * FILE is a page made by the host (page.h). Every translated block that starts to run adds the
 * number of its guest instructions to the page, where the host reads it at any time. A block that
 * is left half way (a fault, an access to a device) is counted whole, and its rest once more when
 * it goes on: the count is of instructions begun in blocks, the same in every launch that runs the
 * same code.
 *
 * qemu's plugin header is not packaged by every distribution, so the few functions used are
 * declared here, by hand, against the ABI that qemu 7.2, 8.2 and 9.0 and later share, and looked up
 * by name.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/counter/page.h"

#define EXPORT __attribute__((visibility("default")))

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;

/* As qemu lays it out since 4.2; only the start is read. */
struct qemu_info {
  const char *target_name;
  struct {
    int min;
    int cur;
  } version;
};

enum { inline_add_u64 = 0 };
enum { cb_no_registers = 0 };

typedef void (*TranslationCallback)(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);
typedef void (*ExecutionCallback)(unsigned int vcpu, void *data);

static struct {
  void (*on_translation)(qemu_plugin_id_t, TranslationCallback);
  size_t (*instructions_of)(const struct qemu_plugin_tb *);
  /* Until 8.2: adds without leaving the translated code. vCPUs that ran at once would lose counts;
   * under icount they take turns. */
  void (*add_inline)(struct qemu_plugin_tb *, int op, void *to, uint64_t value);
  /* In every version: calls out of the translated code. 9.0 and later add inline only to memory of
   * their own, which the host could not read. */
  void (*call)(struct qemu_plugin_tb *, ExecutionCallback, int flags, void *data);
} qemu;

static struct BootperfPage *page;

/* API 1 is qemu 4.2 to 8.2, 2 and later are 9.0 and later. qemu promises to raise the oldest API it
 * still takes when it changes or removes a function. */
enum { api_with_plain_inline = 1, newest_known_api = 2 };

/* qemu reads this when it has loaded the object and before it calls install; since 9.0 it refuses
 * 1. Nothing that both have is used differently, so which of the two it is gets settled on loading.
 */
EXPORT int qemu_plugin_version = api_with_plain_inline;

static void *find(const char *name) {
  return dlsym(RTLD_DEFAULT, name);
}

__attribute__((constructor)) static void claim_version(void) {
  if (find("qemu_plugin_scoreboard_new") != NULL)
    qemu_plugin_version = newest_known_api;
}

/* ISO C knows no conversion from void * to a function; POSIX does, and this says so once. */
#define FIND(member, name)                                                                         \
  do {                                                                                             \
    void *found_ = find(name);                                                                     \
    memcpy(&qemu.member, &found_, sizeof found_);                                                  \
  } while (0)

static void count_block(unsigned int vcpu, void *data) {
  page->slots[vcpu % BOOTPERF_PAGE_SLOTS] += (uint64_t)(uintptr_t)data;
}

static void block_translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb) {
  (void)id;
  const size_t count = qemu.instructions_of(tb);
  if (qemu.add_inline != NULL)
    qemu.add_inline(tb, inline_add_u64, &page->slots[0], count);
  else
    qemu.call(tb, count_block, cb_no_registers, (void *)(uintptr_t)count);
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

EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc,
                               char **argv) {
  const char *path = NULL;
  bool inline_wanted = true;
  for (int i = 0; i < argc; i++) {
    if (strncmp(argv[i], "page=", 5) == 0)
      path = argv[i] + 5;
    else if (strcmp(argv[i], "inline=off") == 0)
      inline_wanted = false; /* so that the other way can be tried with an old qemu too */
    else
      return refuse("unknown argument ", argv[i]);
  }
  if (path == NULL)
    return refuse("page=FILE is missing", "");
  if (info->version.cur < api_with_plain_inline || info->version.min > newest_known_api) {
    fprintf(
        stderr,
        "bootperf counter: this qemu takes plugins of API %d to %d, the counter is of %d to %d\n",
        info->version.min, info->version.cur, api_with_plain_inline, newest_known_api);
    return 1;
  }

  FIND(on_translation, "qemu_plugin_register_vcpu_tb_trans_cb");
  FIND(instructions_of, "qemu_plugin_tb_n_insns");
  FIND(call, "qemu_plugin_register_vcpu_tb_exec_cb");
  if (inline_wanted)
    FIND(add_inline, "qemu_plugin_register_vcpu_tb_exec_inline");
  if (qemu.on_translation == NULL || qemu.instructions_of == NULL || qemu.call == NULL)
    return refuse("this qemu lacks the functions of the plugin API", "");

  page = map_page(path);
  if (page == NULL)
    return refuse("no counter page of this version: ", path);
  qemu.on_translation(id, block_translated);
  __atomic_store_n(&page->ready, 1u, __ATOMIC_RELEASE);
  return 0;
}
