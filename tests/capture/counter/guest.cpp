#include "capture/counter/guest.h"

namespace bootperf::testing {

namespace {

// qemu maps firmware of this size to the end of the first MiB, and starts it at the reset vector,
// 16 bytes before its end.
constexpr std::size_t image_size = 64 * 1024;
constexpr std::size_t reset_vector = image_size - 16;

std::string bytes(std::initializer_list<int> values) {
  std::string text;
  for (const int value : values) {
    text += static_cast<char>(value);
  }
  return text;
}

std::string little_endian(std::uint32_t value) {
  std::string text;
  for (int shift = 0; shift < 32; shift += 8) {
    text += static_cast<char>((value >> shift) & 0xff);
  }
  return text;
}

// An interrupt table without an entry, so that neither the interrupt nor the faults on the way to
// its handler have one.
constexpr std::size_t empty_table = 0x100;
const std::string triple_fault = bytes({0x2e, 0x0f, 0x01, 0x1e, 0x00, 0x01}) // lidt cs:[0x100]
                                 + bytes({0xcc});                            // int3

std::string firmware(const std::string &code) {
  std::string image(image_size, '\xf4'); // hlt
  image.replace(0, code.size(), code);
  image.replace(empty_table, 6, std::string(6, '\0'));
  // The reset vector lies in the segment f000: a near jump reaches the image's first byte.
  image.replace(reset_vector, 3, bytes({0xe9, 0x0d, 0x00})); // jmp to 0
  return image;
}

std::string out(int port, int value) {
  return bytes({0xb0, value, 0xe6, port}); // mov al, value; out port, al
}

} // namespace

std::string guest_image(std::uint32_t rounds) {
  return firmware(bytes({0x66, 0xb9}) + little_endian(rounds) // mov ecx, rounds
                  + bytes({0x66, 0x49})                       // again: dec ecx
                  + bytes({0x75, 0xfc})                       // jnz again
                  + triple_fault);
}

std::uint64_t guest_instructions(std::uint32_t rounds) {
  constexpr std::uint64_t once = 4; // jmp, mov ecx, lidt, int3
  return once + std::uint64_t{2} * rounds;
}

std::string faulting_guest_image() {
  std::string image = firmware(bytes({0xc7, 0x06, 0x00, 0x00, handler, 0x00}) // mov [0], handler
                               + bytes({0xc7, 0x06, 0x02, 0x00, 0x00, 0xf0})  // mov [2], 0xf000
                               + bytes({0xbc, 0x00, 0x10})                    // mov sp, 0x1000
                               + bytes({0x31, 0xc9})                          // xor cx, cx
                               + bytes({0xf6, 0xf1})                          // div cl
                               + bytes({0x90, 0x90, 0x90})                    // nop, three times
                               + triple_fault);
  image.replace(handler, 6, bytes({0x58, 0x83, 0xc0, 0x02, 0x50, 0xcf})); // pop ax; add ax, 2;
                                                                          // push ax; iret
  return image;
}

std::string writing_guest_image(std::uint32_t rounds) {
  return firmware(bytes({0x66, 0xb9}) + little_endian(rounds) // mov ecx, rounds
                  + bytes({0x66, 0x49})                       // again: dec ecx
                  + bytes({0x75, 0xfc})                       // jnz again
                  + bytes({0xba, 0xf8, 0x03})                 // mov dx, 0x3f8
                  + bytes({0xee})                             // out dx, al
                  + bytes({0x90, 0x90})                       // nop, twice
                  + triple_fault);
}

// push vector; jmp to the next byte; pop bx
const std::string timer_entry = bytes({0x6a, 0x30, 0xe9, 0x00, 0x00, 0x5b});
const std::string device_entry = bytes({0x6a, 0x2a, 0xe9, 0x00, 0x00, 0x5b});
const std::string unknown_entry = bytes({0x90});

namespace {

constexpr int pic = 0x20;
const std::string end_of_interrupt = out(pic, 0x20) + bytes({0xcf}); // and iret

/// Without its handler.
std::string halting_firmware(std::uint16_t at) {
  constexpr int pit = 0x40;
  return firmware(
      // Interrupts return to the low address; so that they come from there, too.
      bytes({0xea, 0x05, 0x00, 0x00, 0xf0})                 // jmp f000:5
      + bytes({0xc7, 0x06, 0x20, 0x00, at & 0xff, at >> 8}) // mov [0x20], handler
      + bytes({0xc7, 0x06, 0x22, 0x00, 0x00, 0xf0})         // mov [0x22], 0xf000
      + bytes({0xbc, 0x00, 0x10})                           // mov sp, 0x1000
      // Interrupt 0 is vector 8, and the only one that is let through.
      + out(pic, 0x11) + out(pic + 1, 0x08) + out(pic + 1, 0x04) + out(pic + 1, 0x01) +
      out(pic + 1, 0xfe)
      // Every 11932 ticks of 1.193182 MHz.
      + out(pit + 3, 0x34) + out(pit, 0x9c) + out(pit, 0x2e) +
      bytes({0xb9, halts_of_the_guest, 0x00}) // mov cx, halts
      + bytes({0xfb, 0xf4})                   // again: sti; hlt
      + bytes({0x49, 0x75, 0xfb})             // dec cx; jnz again
      + triple_fault);
}

} // namespace

const std::string putting_out = bytes({0xba, 0xf8, 0x03, 0xee}); // mov dx, 0x3f8; out dx, al

std::string halting_guest_image(const std::string &entry, std::uint16_t at) {
  std::string image = halting_firmware(at);
  const std::string whole = entry + end_of_interrupt;
  image.replace(at, whole.size(), whole);
  return image;
}

std::string ticking_guest_image(const std::string &what_the_tick_does) {
  std::string image = halting_firmware(handler);
  const std::string tick =
      timer_entry + what_the_tick_does +
      bytes({0xc7, 0x06, 0x20, 0x00, second_handler & 0xff, second_handler >> 8}) +
      end_of_interrupt;
  const std::string device = device_entry + end_of_interrupt;
  image.replace(handler, tick.size(), tick);
  image.replace(second_handler, device.size(), device);
  return image;
}

} // namespace bootperf::testing
