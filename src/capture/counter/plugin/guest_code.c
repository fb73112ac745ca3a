#include "capture/counter/plugin/guest_code.h"

#include <string.h>

enum { longest = 4, most_patterns = 5, most_addresses = 2 };

struct Pattern {
  enum CodeKind kind;
  uint8_t size;
  uint8_t code[longest];
};

struct GuestCode {
  const char *target;
  struct Pattern instructions[most_patterns];
  /* Linux enters by "push $vector; jmp" on x86, with endbr64 in front where it was built so. */
  bool pushes_vector;
  uint8_t timer_vector;
  /* Entries that firmware has at fixed addresses. */
  uint64_t timer_entries[most_addresses];
};

/* IRQ 0 is where Linux puts ISA interrupts, the PIT's or the HPET's in its place: 0x30. The local
 * APIC's timer, which has an entry of another shape, is off in counted launches. A PC's BIOS has
 * its handler of the system timer at f000:fea5. */
#define X86(name)                                                                                  \
  {                                                                                                \
      .target = (name),                                                                            \
      .instructions = {{code_halts, 1, {0xf4}},              /* hlt */                             \
                       {code_puts_out, 1, {0xee}},           /* out %al,(%dx) */                   \
                       {code_calls_kernel, 2, {0x0f, 0x05}}, /* syscall */                         \
                       {code_calls_kernel, 2, {0x0f, 0x34}}, /* sysenter */                        \
                       {code_calls_kernel, 2, {0xcd, 0x80}}},                                      \
      .pushes_vector = true,                                                                       \
      .timer_vector = 0x30,                                                                        \
      .timer_entries = {0xffea5},                                                                  \
  }

static const struct GuestCode guests[] = {
    X86("x86_64"),
    X86("i386"),
    {.target = "aarch64",
     .instructions = {{code_halts, 4, {0x7f, 0x20, 0x03, 0xd5}},          /* wfi */
                      {code_calls_kernel, 4, {0x01, 0x00, 0x00, 0xd4}}}}, /* svc #0 */
};

const struct GuestCode *guest_code(const char *target) {
  for (size_t i = 0; i < sizeof guests / sizeof *guests; i++)
    if (strcmp(guests[i].target, target) == 0)
      return &guests[i];
  return NULL;
}

bool guest_code_has(const struct GuestCode *guest, enum CodeKind kind) {
  for (int i = 0; guest != NULL && i < most_patterns; i++)
    if (guest->instructions[i].size != 0 && guest->instructions[i].kind == kind)
      return true;
  return false;
}

enum CodeKind instruction_kind(const struct GuestCode *guest, const uint8_t *code, size_t size) {
  for (int i = 0; guest != NULL && i < most_patterns; i++) {
    const struct Pattern *pattern = &guest->instructions[i];
    if (pattern->size != 0 && pattern->size == size && memcmp(pattern->code, code, size) == 0)
      return pattern->kind;
  }
  return code_other;
}

bool guest_code_knows_interrupts(const struct GuestCode *guest) {
  return guest != NULL && guest->pushes_vector;
}

enum InterruptCause interrupt_entered(const struct GuestCode *guest, uint64_t address,
                                      const uint8_t *code, size_t size) {
  static const uint8_t endbr64[] = {0xf3, 0x0f, 0x1e, 0xfa};
  enum { push_byte = 0x6a, jump_near = 0xe9, jump_short = 0xeb };

  if (!guest_code_knows_interrupts(guest))
    return no_interrupt;
  for (int i = 0; i < most_addresses; i++)
    if (guest->timer_entries[i] != 0 && guest->timer_entries[i] == address)
      return timer_interrupt;
  if (size >= sizeof endbr64 && memcmp(code, endbr64, sizeof endbr64) == 0) {
    code += sizeof endbr64;
    size -= sizeof endbr64;
  }
  if (size < 3 || code[0] != push_byte || (code[2] != jump_near && code[2] != jump_short))
    return no_interrupt;
  return code[1] == guest->timer_vector ? timer_interrupt : device_interrupt;
}
