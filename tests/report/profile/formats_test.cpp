#include "report/profile/formats.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/gzip.h"
#include "report/golden.h"

namespace bootperf {
namespace {

/// Two launches of a small boot, with names that no format may take for its own.
Profile example() {
  Profile profile;
  profile.environment = {{"kernel", "6.1.0-56-cloud-amd64"}, {"qemu", "7.2.22"}};
  profile.phases = {"run > launch > qemu > kernel > kernel:overhead > (other)",
                    "run > launch > qemu > kernel > supermin:mini-initrd > insmod virtio_pci",
                    "run > launch > qemu > kernel > /init > a;b \x1b[2J", "run > (other)"};
  profile.functions = {{"vmlinux", "sha256_update"},
                       {"vmlinux", "delay_tsc"},
                       {"/usr/lib/x86_64-linux-gnu/libc.so.6", "(unknown)"},
                       {"virtio_pci.ko", "probe \"<x>\""},
                       {"firmware", "(any)"}};
  profile.launches = {{1'070'000'000,
                       {{0, 0, 400'000'000, 0, 9'000'000},
                        {0, 1, 12'000'000, 12'000'000, 3'000'000},
                        {1, 0, 600'000'000, 0, 10'000'000},
                        {1, 3, 3'000'000, 0, 10'000},
                        {2, 2, 50'000'000, 0, 700'000},
                        {3, 4, 5'000'000, 0, 1}}},
                      {1'078'000'000,
                       {{0, 0, 400'000'000, 0, 9'000'000},
                        {0, 1, 20'000'000, 20'000'000, 5'000'000},
                        {1, 0, 600'000'000, 0, 10'000'000},
                        {1, 3, 3'000'000, 0, 10'000},
                        {2, 2, 50'000'000, 0, 700'000},
                        {3, 4, 5'000'000, 0, 1}}}};
  return profile;
}

TEST(ProfileFormats, TextIsAsItWas) {
  expect_golden("profile.txt", profile_text(example(), 3, file_style));
}

TEST(ProfileFormats, FoldedIsAsItWas) {
  expect_golden("profile.folded", profile_folded(example()));
}

TEST(ProfileFormats, CallgrindIsAsItWas) {
  expect_golden("profile.callgrind", profile_callgrind(example()));
}

TEST(ProfileFormats, CsvIsAsItWas) {
  expect_golden("profile.csv", profile_csv(example()));
}

TEST(ProfileFormats, FoldedAddsUp) {
  long long sum = 0;
  std::string_view text;
  const std::string folded = profile_folded(example());
  for (text = folded; !text.empty();) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() + 1);
    sum += std::stoll(std::string(line.substr(line.rfind(' ') + 1)));
  }
  EXPECT_EQ(sum, 1'074'000'000);
}

/// Reads a message of protocol buffers: fields with their numbers, or the bytes of what is inside.
struct Field {
  std::uint32_t number = 0;
  std::uint64_t value = 0;
  std::string bytes;
};

class Wire {
public:
  explicit Wire(std::string_view bytes) : bytes_(bytes) {}

  bool empty() const { return bytes_.empty(); }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; !bytes_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80)
        return value;
    }
    ADD_FAILURE() << "a number without an end";
    return value;
  }

  Field field() {
    const auto tag = varint();
    Field field{static_cast<std::uint32_t>(tag >> 3U), 0, ""};
    if ((tag & 7U) == 0) {
      field.value = varint();
    } else {
      EXPECT_EQ(tag & 7U, 2u);
      const auto size = varint();
      EXPECT_LE(size, bytes_.size());
      field.bytes = bytes_.substr(0, size);
      bytes_.remove_prefix(std::min<std::size_t>(size, bytes_.size()));
    }
    return field;
  }

private:
  std::string_view bytes_;
};

std::vector<std::uint64_t> numbers(const std::string &packed) {
  std::vector<std::uint64_t> all;
  for (Wire wire(packed); !wire.empty();)
    all.push_back(wire.varint());
  return all;
}

TEST(ProfileFormats, PprofIsWhatItsReadersExpect) {
  const auto packed = profile_pprof(example());
  ASSERT_TRUE(packed);
  const auto bytes = gunzip(*packed, 1u << 20, "pprof");
  ASSERT_TRUE(bytes);
  std::vector<std::string> strings;
  std::map<std::uint64_t, std::uint64_t> function_names, location_functions;
  std::vector<std::vector<std::uint64_t>> stacks, values;
  for (Wire wire(*bytes); !wire.empty();) {
    const Field field = wire.field();
    std::uint64_t id = 0;
    if (field.number == 6)
      strings.push_back(field.bytes);
    const bool is_message = field.number == 2 || field.number == 4 || field.number == 5;
    for (Wire inner(is_message ? std::string_view(field.bytes) : ""); !inner.empty();) {
      const Field part = inner.field();
      if (field.number == 2)
        (part.number == 1 ? stacks : values).push_back(numbers(part.bytes));
      else if (part.number == 1)
        id = part.value;
      else if (field.number == 5 && part.number == 2)
        function_names[id] = part.value;
      else if (field.number == 4 && part.number == 4)
        location_functions[id] = Wire(part.bytes).field().value; // of its line
    }
  }
  ASSERT_FALSE(strings.empty());
  EXPECT_EQ(strings[0], "");
  ASSERT_EQ(stacks.size(), 6u);
  ASSERT_EQ(values[1], (std::vector<std::uint64_t>{16'000'000, 16'000'000}));
  std::vector<std::string> frames;
  for (const auto location : stacks[2])
    frames.push_back(strings.at(function_names.at(location_functions.at(location))));
  EXPECT_EQ(frames,
            (std::vector<std::string>{"sha256_update", "insmod virtio_pci", "supermin:mini-initrd",
                                      "kernel", "qemu", "launch", "run"}));
}

ProfileDifference example_difference() {
  ProfileDifference difference;
  difference.base = 2.5316e9;
  difference.head = 2.5412e9;
  difference.noise = 1.2e6;
  difference.knows_noise = true;
  difference.changes = {
      {.function = {"/usr/bin/busy", "main"},
       .base = 0,
       .head = 9e6,
       .is_new = true,
       .phase = "run > launch > qemu > kernel > /init > (other)"},
      {.function = {"vmlinux", "memset_erms"},
       .moved_from = "string.ko",
       .base = 195.6e6,
       .head = 195.9e6,
       .noise = 1000,
       .phase = "run > launch > qemu > kernel > kernel:overhead > (other)"},
      {.function = {"vmlinux", "old\x1b[2J"}, .base = 1e5, .is_gone = true, .phase = "run"}};
  difference.within_noise = 41;
  difference.small = 1;
  difference.rest = -400'000;
  return difference;
}

TEST(DifferenceFormats, TextIsAsItWas) {
  expect_golden("profile-difference.txt", difference_text(example_difference(), 2, file_style));
}

TEST(DifferenceFormats, TextWarnsOfOneLaunchASide) {
  auto difference = example_difference();
  difference.knows_noise = false;
  EXPECT_NE(difference_text(difference, 5, file_style).find("WARNING"), std::string::npos);
}

TEST(DifferenceFormats, TextOfNothingSaysSo) {
  ProfileDifference same;
  same.base = same.head = 1000;
  same.knows_noise = true;
  EXPECT_NE(difference_text(same, 5, file_style).find("no function changed"), std::string::npos);
}

TEST(DifferenceFormats, JsonAndCsvHoldEveryChange) {
  const auto json = nlohmann::json::parse(difference_json(example_difference()));
  ASSERT_EQ(json["changes"].size(), 3u);
  EXPECT_EQ(json["changes"][0]["function"], "main");
  EXPECT_EQ(json["changes"][0]["new"], true);
  EXPECT_EQ(json["changes"][1]["moved_from"], "string.ko");
  EXPECT_EQ(json["within_noise"], 41);
  const auto csv = difference_csv(example_difference());
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 4);
}

} // namespace
} // namespace bootperf
