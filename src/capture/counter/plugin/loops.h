/*
 * Which code is a delay loop. The host knows it, by the symbols of the kernel that is booted, and
 * says it in a file: a line a loop, with the first address and the one behind the last, in
 * hexadecimal, as in "ffffffff81e0a1b0 ffffffff81e0a1f0".
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* False, with a message on standard error, when the file cannot be read as that. */
bool loops_read(const char *path);

/* Whether the address lies in one. Only as fast as translation needs it. */
bool loops_contain(uint64_t address);
