// Logs that no launch wrote: the splitter stays total, and its trees stay sound.
#include "phases/launches.h"

namespace bootperf::test {
namespace {

std::vector<Event> mutated(std::vector<Event> events, std::mt19937 &random) {
  const std::size_t changes = 1 + random() % 20;
  for (std::size_t i = 0; i < changes && !events.empty(); ++i) {
    Event &event = events[random() % events.size()];
    switch (random() % 6) {
    case 0:
      if (!event.message.empty())
        event.message[random() % event.message.size()] = static_cast<char>(random());
      break;
    case 1:
      event.message.erase(random() % (event.message.size() + 1));
      break;
    case 2:
      events.erase(events.begin() + static_cast<std::ptrdiff_t>(random() % events.size()));
      break;
    case 3:
      std::swap(event.message, events[random() % events.size()].message);
      break;
    case 4:
      event.source = static_cast<Source>(random() % 10);
      break;
    default:
      event.t_ns = static_cast<std::int64_t>(random()) - static_cast<std::int64_t>(random());
      event.instructions = random();
    }
  }
  return events;
}

TEST(Mutations, leave_sound_trees) {
  for (const std::string name : {"traced-1", "quiet", "initcalls", "libvirt"}) {
    const BootLog whole = recording(name);
    for (unsigned seed = 0; seed < 40; ++seed) {
      SCOPED_TRACE(name + ", seed " + std::to_string(seed));
      std::mt19937 random(seed);
      BootLog log = whole;
      log.events = mutated(whole.events, random);
      expect_sound(shipped().split(log));
    }
  }
}

TEST(RandomBytes, leave_sound_trees) {
  const std::string alphabet("[]0123456789. T\r\n\x1b"
                             "cJ2+\0x:initcall",
                             34);
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    BootLog log;
    for (std::int64_t i = 0; i < 50; ++i) {
      std::string message(random() % 100, ' ');
      for (char &byte : message)
        byte = seed % 2 ? static_cast<char>(random()) : alphabet[random() % alphabet.size()];
      log.events.push_back({i, random() % 5 ? Source::appliance : Source::library, message, {}});
    }
    expect_sound(shipped().split(log));
    EXPECT_EQ(texts(assemble_lines(joined(log.events))),
              texts(assemble_lines(rechunked(joined(log.events), [] { return 1; }))));
  }
}

TEST(EmptyLog, is_a_root) {
  const PhaseTree tree = shipped().split(BootLog{});
  EXPECT_EQ(tree.phases.front().id, "run");
  EXPECT_EQ(tree.phases.front().wall_ns, 0);
  expect_sound(tree);
}

TEST(ManyRepeats, are_told_apart_and_nest_only_so_deep) {
  BootLog log = log_of({{Source::appliance, "    -no-user-config \\\n"}}, {{"mode", "initcalls"}});
  const int calls = 2000;
  for (int i = 0; i < calls; ++i)
    log.events.push_back(
        {2'000'000 + i, Source::appliance, "[    1.000000] calling  same+0x0/0x10 @ 1\n", {}});
  for (int i = 0; i < calls; ++i)
    log.events.push_back({3'000'000 + i,
                          Source::appliance,
                          "[    1.000000] initcall same+0x0/0x10 returned 0 after 0 usecs\n",
                          {}});
  log.events.push_back({4'000'000, Source::launch_done, "", {}});
  log.events.push_back({4'000'001, Source::close, "", {}});
  const PhaseTree tree = shipped().split(log);
  expect_sound(tree);
  EXPECT_EQ(std::count_if(tree.phases.begin(), tree.phases.end(),
                          [](const Phase &phase) { return phase.repeated; }),
            calls);
  for (const Phase &phase : tree.phases)
    EXPECT_LT(phase.id.size(), 400u);
}

TEST(StaleBeginnings, take_no_end_of_others) {
  BootLog log =
      log_of({{Source::appliance, "    -no-user-config \\\n"},
              {Source::appliance, "[    1.000000] calling  lost+0x0/0x10 @ 1\n"},
              {Source::appliance, "[    1.000000] calling  kept+0x0/0x10 @ 1\n"},
              {Source::appliance, "[    1.000000] initcall kept+0x0/0x10 returned 0 after\n"},
              {Source::launch_done, ""},
              {Source::close, ""}},
             {{"mode", "initcalls"}});
  const PhaseTree tree = shipped().split(log);
  EXPECT_FALSE(find_phase(tree, "initcall lost"));
  ASSERT_TRUE(find_phase(tree, "initcall kept"));
  EXPECT_EQ(wall_of(tree, "initcall kept"), 1'000'000);
}

} // namespace
} // namespace bootperf::test
