/*
 * The functions of qemu's plugin API that the counter uses. No distribution packages qemu's own
 * header everywhere, so they are declared here, by hand, in the shape that BOOTPERF_PLUGIN_API
 * names; whatever loads the plugin has them.
 *
 *   1  qemu 4.2 to 8.2: inline adds to any memory
 *   2  qemu 9.0 to 11.0, which take 2 to 6: inline adds only to memory of qemu's own
 *   7  qemu 11.1 and later: callbacks are given a pointer of the plugin's in place of the plugin's
 * id
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#if BOOTPERF_PLUGIN_API != 1 && BOOTPERF_PLUGIN_API != 2 && BOOTPERF_PLUGIN_API != 7
#error "BOOTPERF_PLUGIN_API has to be 1, 2 or 7"
#endif

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;

/* As qemu lays it out since 4.2; only the start is declared. */
struct qemu_info {
  const char *target_name;
  struct {
    int min;
    int cur;
  } version;
};

size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);

enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS = 0 };

void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb,
                                          void (*called)(unsigned int vcpu, void *data),
                                          enum qemu_plugin_cb_flags flags, void *data);

#if BOOTPERF_PLUGIN_API >= 7
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
                                           void (*called)(struct qemu_plugin_tb *tb, void *data),
                                           void *data);
#else
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
                                           void (*called)(qemu_plugin_id_t id,
                                                          struct qemu_plugin_tb *tb));
#endif

#if BOOTPERF_PLUGIN_API == 1
enum qemu_plugin_op { QEMU_PLUGIN_INLINE_ADD_U64 = 0 };

void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *tb, enum qemu_plugin_op op,
                                              void *to, uint64_t value);
#endif
