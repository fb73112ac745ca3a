/*
 * What the plugin recognises in a guest's code, by target: instructions that halt, put out or call
 * the kernel, and the entries of interrupts. All of it is data, in guest_code.c; no symbols are
 * needed.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum CodeKind {
  code_other,
  code_halts,        /* the vCPU, until an interrupt */
  code_puts_out,     /* one byte to a port that may be a console's */
  code_calls_kernel, /* a system call of a program's */
};

/* What ends a halt. */
enum InterruptCause {
  no_interrupt, /* the block is no entry of an interrupt that is known */
  timer_interrupt,
  device_interrupt,
};

struct GuestCode;

/* For the target as qemu calls it, "x86_64". NULL when nothing is known of it. */
const struct GuestCode *guest_code(const char *target);

bool guest_code_has(const struct GuestCode *guest, enum CodeKind kind);
enum CodeKind instruction_kind(const struct GuestCode *guest, const uint8_t *code, size_t size);

/* Whether interrupts' entries are known, so that it can be told what ended a halt. */
bool guest_code_knows_interrupts(const struct GuestCode *guest);
/* What the block with this address and code is the entry of. */
enum InterruptCause interrupt_entered(const struct GuestCode *guest, uint64_t address,
                                      const uint8_t *code, size_t size);
