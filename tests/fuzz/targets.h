#pragma once

// What is fuzzed: one function an input format, in a file of its own. Each takes any bytes, and
// ends the program when what it promises does not hold. To add one: a file, a line in each of the
// two lists below, its name in CMakeLists.txt, and a few small inputs in corpus/NAME/.

#include <array>
#include <string_view>

namespace bootperf::fuzz {

void baseline(std::string_view input);
void boot_log(std::string_view input);
void guests(std::string_view input);
void gzip(std::string_view input);
void levers(std::string_view input);
void policy(std::string_view input);
void profile(std::string_view input);
void rules(std::string_view input);
void session(std::string_view input);
void text_log(std::string_view input);

struct Target {
  std::string_view name;
  void (*run)(std::string_view input);
};

inline constexpr std::array<Target, 10> targets = {{
    {"baseline", baseline},
    {"boot_log", boot_log},
    {"guests", guests},
    {"gzip", gzip},
    {"levers", levers},
    {"policy", policy},
    {"profile", profile},
    {"rules", rules},
    {"session", session},
    {"text_log", text_log},
}};

} // namespace bootperf::fuzz
