// The tree of every recording, as text. BOOTPERF_UPDATE_GOLDENS=1 writes them anew.
#include <cstdlib>

#include <fmt/format.h>

#include "phases/launches.h"

namespace bootperf::test {
namespace {

std::string count_text(const std::optional<std::uint64_t> &count) {
  return count ? fmt::format("{}", *count) : "-";
}

std::string tree_text(const PhaseTree &tree) {
  std::string text = "start_ns wall_ns self_ns instructions self_instructions id\n";
  for (const Phase &phase : tree.phases)
    text +=
        fmt::format("{} {} {} {} {} {}{}{}{}\n", phase.start_ns, phase.wall_ns, phase.self_ns,
                    count_text(phase.instructions), count_text(phase.self_instructions), phase.id,
                    phase.repeated ? " [repeated]" : "", phase.overlaps ? " [overlaps]" : "",
                    phase.unfinished ? " [unfinished]" : "");
  for (const std::string &id : tree.not_measured)
    text += "not measured: " + id + "\n";
  if (!tree.last_phase.empty())
    text += "last phase: " + tree.last_phase + "\n";
  return text;
}

class Golden : public testing::TestWithParam<const char *> {};

TEST_P(Golden, is_what_it_was) {
  const std::string path = std::string(BOOTPERF_TEST_DATA) + "/phases/" + GetParam() + ".txt";
  const std::string text = tree_text(shipped().split(recording(GetParam())));
  if (std::getenv("BOOTPERF_UPDATE_GOLDENS")) {
    ASSERT_TRUE(replace_file(path, text));
    return;
  }
  const auto golden = read_file(path);
  ASSERT_TRUE(golden) << to_text(golden.error());
  EXPECT_EQ(text, *golden);
}

INSTANTIATE_TEST_SUITE_P(Recordings, Golden, testing::ValuesIn(recordings), [](const auto &one) {
  std::string name = one.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

} // namespace
} // namespace bootperf::test
