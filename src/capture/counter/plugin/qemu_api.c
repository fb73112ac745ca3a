#include "capture/counter/plugin/qemu_api.h"

#include <stdbool.h>
#include <string.h>

#if BOOTPERF_PLUGIN_API != 1 && BOOTPERF_PLUGIN_API != 2 && BOOTPERF_PLUGIN_API != 7
#error "BOOTPERF_PLUGIN_API has to be 1, 2 or 7"
#endif

enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS = 0 };

void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, CodeRuns called,
                                          enum qemu_plugin_cb_flags flags, void *data);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, CodeRuns called,
                                            enum qemu_plugin_cb_flags flags, void *data);
uint64_t qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *tb);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t index);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);

enum qemu_plugin_op { QEMU_PLUGIN_INLINE_ADD_U64 = 0 };

static BlockTranslated translated;
static void (*at_exit)(void);

#if BOOTPERF_PLUGIN_API >= 7

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
                                           void (*called)(struct qemu_plugin_tb *tb, void *data),
                                           void *data);

static void on_translation(struct qemu_plugin_tb *tb, void *unused) {
  (void)unused;
  translated(tb);
}

void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id, void (*called)(void *data), void *data);

static void on_exit_of_qemu(void *unused) {
  (void)unused;
  at_exit();
}

static void register_translation(qemu_plugin_id_t id) {
  qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation, NULL);
}

#else

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
                                           void (*called)(qemu_plugin_id_t id,
                                                          struct qemu_plugin_tb *tb));

static void on_translation(qemu_plugin_id_t id, struct qemu_plugin_tb *tb) {
  (void)id;
  translated(tb);
}

void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id,
                                    void (*called)(qemu_plugin_id_t id, void *data), void *data);

static void on_exit_of_qemu(qemu_plugin_id_t id, void *unused) {
  (void)id;
  (void)unused;
  at_exit();
}

static void register_translation(qemu_plugin_id_t id) {
  qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
}

#endif

#if BOOTPERF_PLUGIN_API >= 2

/* Memory of qemu's, an element for each vCPU, and a number inside an element. */
struct qemu_plugin_scoreboard;
typedef struct {
  struct qemu_plugin_scoreboard *score;
  size_t offset;
} qemu_plugin_u64;

struct qemu_plugin_scoreboard *qemu_plugin_scoreboard_new(size_t element_size);
uint64_t qemu_plugin_u64_sum(qemu_plugin_u64 entry);
void qemu_plugin_register_vcpu_tb_exec_inline_per_vcpu(struct qemu_plugin_tb *tb,
                                                       enum qemu_plugin_op op,
                                                       qemu_plugin_u64 entry, uint64_t addend);

static struct qemu_plugin_scoreboard *score;

static void open_counters(void) {
  score = qemu_plugin_scoreboard_new(api_counters * sizeof(uint64_t));
}

static qemu_plugin_u64 entry_of(unsigned int counter) {
  return (qemu_plugin_u64){score, counter * sizeof(uint64_t)};
}

void api_add_on_block(struct qemu_plugin_tb *block, unsigned int counter, uint64_t amount) {
  qemu_plugin_register_vcpu_tb_exec_inline_per_vcpu(block, QEMU_PLUGIN_INLINE_ADD_U64,
                                                    entry_of(counter), amount);
}

uint64_t api_counter(unsigned int counter) {
  return qemu_plugin_u64_sum(entry_of(counter));
}

static void add_one(unsigned int vcpu, void *number) {
  (void)vcpu;
  ++*(uint64_t *)number;
}

void api_count_runs(struct qemu_plugin_tb *block, uint64_t *runs) {
  api_call_on_block(block, add_one, runs);
}

#else

void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *tb, enum qemu_plugin_op op,
                                              void *number, uint64_t addend);

static uint64_t counters[api_counters];

static void open_counters(void) {}

void api_add_on_block(struct qemu_plugin_tb *block, unsigned int counter, uint64_t amount) {
  qemu_plugin_register_vcpu_tb_exec_inline(block, QEMU_PLUGIN_INLINE_ADD_U64, &counters[counter],
                                           amount);
}

uint64_t api_counter(unsigned int counter) {
  return __atomic_load_n(&counters[counter], __ATOMIC_RELAXED);
}

void api_count_runs(struct qemu_plugin_tb *block, uint64_t *runs) {
  qemu_plugin_register_vcpu_tb_exec_inline(block, QEMU_PLUGIN_INLINE_ADD_U64, runs, 1);
}

#endif

/* qemu_plugin_insn_data returns a pointer until API 2 and copies since API 3, and the object for
 * API 2 is loaded by qemus of both: one name in qemu, two here. */
const void *data_pointed(const struct qemu_plugin_insn *insn) __asm__("qemu_plugin_insn_data");
size_t data_copied(const struct qemu_plugin_insn *insn, void *to,
                   size_t space) __asm__("qemu_plugin_insn_data");
enum { first_api_that_copies = 3 };
static bool copies;

size_t api_code(struct qemu_plugin_insn *instruction, uint8_t *to, size_t space) {
  if (copies)
    return data_copied(instruction, to, space);
  const size_t size = qemu_plugin_insn_size(instruction);
  const size_t copied = size < space ? size : space;
  memcpy(to, data_pointed(instruction), copied);
  return copied;
}

void api_listen(qemu_plugin_id_t id, const struct qemu_info *info, BlockTranslated called) {
  copies = info->version.cur >= first_api_that_copies;
  translated = called;
  open_counters();
  register_translation(id);
}

void api_call_at_exit(qemu_plugin_id_t id, void (*called)(void)) {
  at_exit = called;
  qemu_plugin_register_atexit_cb(id, on_exit_of_qemu, NULL);
}

void api_call_on_block(struct qemu_plugin_tb *block, CodeRuns called, void *data) {
  qemu_plugin_register_vcpu_tb_exec_cb(block, called, QEMU_PLUGIN_CB_NO_REGS, data);
}

void api_call_on_instruction(struct qemu_plugin_insn *instruction, CodeRuns called, void *data) {
  qemu_plugin_register_vcpu_insn_exec_cb(instruction, called, QEMU_PLUGIN_CB_NO_REGS, data);
}

uint64_t api_address(const struct qemu_plugin_tb *block) {
  return qemu_plugin_tb_vaddr(block);
}

size_t api_length(const struct qemu_plugin_tb *block) {
  return qemu_plugin_tb_n_insns(block);
}

struct qemu_plugin_insn *api_instruction(const struct qemu_plugin_tb *block, size_t index) {
  return qemu_plugin_tb_get_insn(block, index);
}
