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

} // namespace

std::string guest_image(std::uint32_t rounds) {
  std::string image(image_size, '\xf4');
  const std::string code = bytes({0x66, 0xb9}) + little_endian(rounds) // mov ecx, rounds
                           + bytes({0x66, 0x49})                       // again: dec ecx
                           + bytes({0x75, 0xfc})                       // jnz again
                           + bytes({0xb0, 0x00})                       // mov al, 0
                           + bytes({0xe6, 0xf4})                       // out 0xf4, al: qemu exits
                           + bytes({0xf4});                            // hlt
  image.replace(0, code.size(), code);
  // The reset vector lies in the segment f000: a near jump reaches the image's first byte.
  image.replace(reset_vector, 3, bytes({0xe9, 0x0d, 0x00})); // jmp to 0
  return image;
}

std::uint64_t guest_instructions(std::uint32_t rounds) {
  constexpr std::uint64_t once = 4; // jmp, mov ecx, mov al, out
  return once + std::uint64_t{2} * rounds;
}

} // namespace bootperf::testing
