#pragma once

// A kernel's file made by hand, as the boot protocol has it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bootperf::made_up {

inline void put_word(std::string &bytes, std::size_t at, std::uint32_t word) {
  for (std::size_t i = 0; i < sizeof word; ++i)
    bytes[at + i] = static_cast<char>(word >> (8 * i) & 0xffU);
}

inline std::string word(std::uint32_t value) {
  std::string bytes(sizeof value, '\0');
  put_word(bytes, 0, value);
  return bytes;
}

// One sector of setup behind the first one, and what unpacks the payload before it.
inline constexpr std::size_t protected_mode = 1024, payload_offset = 0x40;

/// A bzImage with this payload and something behind it, of protocol 2.15.
inline std::string bz_image(std::string_view payload) {
  std::string image(protected_mode + payload_offset, '\0');
  image[0x1f1] = 1;
  image.replace(0x202, 4, "HdrS");
  put_word(image, 0x206, 0x020f);
  put_word(image, 0x248, payload_offset);
  put_word(image, 0x24c, static_cast<std::uint32_t>(payload.size()));
  return image + std::string(payload) + "behind it";
}

} // namespace bootperf::made_up
