// What holds for every launch, wherever its log breaks off and however its console was cut.
#include "phases/launches.h"

namespace bootperf::test {
namespace {

TEST(EveryRecording, adds_up) {
  for (const std::string name : recordings) {
    SCOPED_TRACE(name);
    expect_sound(shipped().split(recording(name)));
  }
}

TEST(EveryTruncation, adds_up_and_says_where_it_ended) {
  for (const std::string name : recordings) {
    const BootLog whole = recording(name);
    const std::size_t places = name == "traced-1" || name == "quiet" ? 200 : 40;
    for (std::size_t i = 0; i <= places; ++i) {
      BootLog log = whole;
      log.events.resize(whole.events.size() * i / places);
      SCOPED_TRACE(name + ", " + std::to_string(log.events.size()) + " events");
      const PhaseTree tree = shipped().split(log);
      expect_sound(tree);
      const bool closed = std::any_of(log.events.begin(), log.events.end(),
                                      [](const Event &e) { return e.source == Source::close; });
      EXPECT_EQ(tree.phases.front().unfinished, !closed);
      if (!closed) {
        EXPECT_NE(tree.last_phase, "");
      }
      const std::int64_t end = log.events.empty() ? 0 : log.events.back().t_ns;
      EXPECT_EQ(tree.phases.front().wall_ns, end);
    }
  }
}

TEST(EveryRecording, has_the_same_phases_however_its_console_was_cut) {
  for (const std::string name : recordings) {
    SCOPED_TRACE(name);
    BootLog log = recording(name);
    const std::vector<Event> events = log.events;
    const PhaseTree whole = shipped().split(log);
    std::mt19937 random(2);
    log.events = rechunked(events, [] { return 1; });
    EXPECT_EQ(ids(shipped().split(log)), ids(whole));
    log.events = rechunked(events, [&] { return random() % 80; });
    EXPECT_EQ(ids(shipped().split(log)), ids(whole));
    log.events = joined(events);
    EXPECT_EQ(ids(shipped().split(log)), ids(whole));
    EXPECT_EQ(shipped().split(log).not_measured, whole.not_measured);
  }
}

TEST(Needle, is_found_wherever_a_chunk_boundary_cuts_it) {
  const std::string banner = "\x1b"
                             "c\x1b[?7l\x1b[2J\x1b[0mSeaBIOS (version 1.16.2)\r\n";
  for (std::size_t cut = 0; cut <= banner.size(); ++cut) {
    const BootLog log = log_of({{Source::enter, "launch"},
                                {Source::appliance, "    -no-user-config \\\n"},
                                {Source::appliance, banner.substr(0, cut)},
                                {Source::appliance, banner.substr(cut)},
                                {Source::appliance, "Booting\r\n\x1b[2"},
                                {Source::appliance, "J"},
                                {Source::appliance, "[    0.000000] Linux version 6\r\n"},
                                {Source::launch_done, ""},
                                {Source::close, ""}},
                               {{"arch", "x86_64"}, {"mode", "traced"}});
    const PhaseTree tree = shipped().split(log);
    EXPECT_TRUE(find_phase(tree, "seabios")) << "cut at " << cut;
    const Phase *load = find_phase(tree, "kernel:load");
    ASSERT_TRUE(load) << "cut at " << cut;
    EXPECT_EQ(load->start_ns, 5'000'000) << "cut at " << cut;
    EXPECT_EQ(load->wall_ns, 2'000'000) << "cut at " << cut;
  }
}

TEST(Recording, is_covered_by_phases) {
  for (const std::string name : {"traced-1", "traced-2", "traced-3", "verbose", "libvirt"}) {
    const PhaseTree tree = shipped().split(recording(name));
    EXPECT_TRUE(tree.not_measured.empty()) << name << ": " << tree.not_measured.front();
    const std::string init = "run > launch > qemu > kernel > /init";
    const Phase *whole = find_phase(tree, init), *other = find_phase(tree, init + " > (other)");
    ASSERT_TRUE(whole && other) << name;
    EXPECT_LT(other->wall_ns * 100, whole->wall_ns) << name;
  }
}

} // namespace
} // namespace bootperf::test
