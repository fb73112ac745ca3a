/*
 * What the counter asks of qemu, in one shape, over a plugin API that has three. No distribution
 * packages qemu's own header everywhere, so its functions are declared by hand in qemu_api.c, in
 * the shape that BOOTPERF_PLUGIN_API names; whatever loads the plugin has them.
 *
 *   1  qemu 4.2 to 8.2
 *   2  qemu 9.0 to 11.0, which take 2 to 6
 *   7  qemu 11.1 and later: callbacks are given a pointer of the plugin's in place of the plugin's
 * id
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;

/* As qemu lays it out since 4.2; only the start is declared. */
struct qemu_info {
  const char *target_name;
  struct {
    int min;
    int cur;
  } version;
};

/* Called for every block that is translated. */
typedef void (*BlockTranslated)(struct qemu_plugin_tb *block);
/* Called by translated code, with the data that was given. */
typedef void (*CodeRuns)(unsigned int vcpu, void *data);

/* Once, from qemu_plugin_install, before all others. */
void api_listen(qemu_plugin_id_t id, const struct qemu_info *info, BlockTranslated called);

void api_call_at_exit(qemu_plugin_id_t id, void (*called)(void));

/* Has it called whenever this block starts to run. */
void api_call_on_block(struct qemu_plugin_tb *block, CodeRuns called, void *data);
/* Has it called whenever this instruction is about to be executed. */
void api_call_on_instruction(struct qemu_plugin_insn *instruction, CodeRuns called, void *data);

/* Counters that translated code adds to by itself, of all vCPUs together. */
enum { api_counters = 2 };
void api_add_on_block(struct qemu_plugin_tb *block, unsigned int counter, uint64_t amount);
uint64_t api_counter(unsigned int counter);

/* Adds one whenever this block starts to run: by itself for API 1; later ones take no address. */
void api_count_runs(struct qemu_plugin_tb *block, uint64_t *runs);

uint64_t api_address(const struct qemu_plugin_tb *block);
size_t api_length(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *api_instruction(const struct qemu_plugin_tb *block, size_t index);
/* Copies up to `space` bytes of the instruction's code; returns how many. */
size_t api_code(struct qemu_plugin_insn *instruction, uint8_t *to, size_t space);
