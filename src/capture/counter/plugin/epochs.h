/*
 * Tells the host which blocks ran between two moments. The host says when one has come, by a new
 * number in the page (page.h); at the next block that begins, the plugin writes down what each
 * block ran since the moment before. So the moments lie between two blocks, and no instruction is
 * in both.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "capture/counter/page.h"

/* Opens the file; NULL for none, and then nothing is handed over. After blocks_open(). */
bool epochs_open(const char *path, struct BootperfPage *page);

/* Whether there is a file. */
bool epochs_are_read(void);

/* Cold paths of the function below. */
extern struct BootperfPage *epochs_page;
extern uint64_t epochs_seen;
void epochs_hand_over(void);
void epochs_note(struct BootperfBlock *block);

/* For each block that runs, before it is counted. */
static inline void epochs_block_runs(struct BootperfBlock *block) {
  const uint64_t epoch = __atomic_load_n(&epochs_page->epoch, __ATOMIC_RELAXED);
  if (__builtin_expect(epoch != epochs_seen, 0))
    epochs_hand_over();
  if (__builtin_expect(block->runs == block->handed_over, 0))
    epochs_note(block);
}
