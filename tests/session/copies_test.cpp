#include "session/copies.h"

#include <gtest/gtest.h>

#include "session/session_set.h"

namespace bootperf {
namespace {

Launch launch_of(std::int64_t nanoseconds) {
  Launch launch;
  launch.scenario = "Launch/traced";
  launch.ok = true;
  launch.wall_ns = nanoseconds;
  Phase whole;
  whole.id = whole.name = "run";
  whole.wall_ns = nanoseconds;
  launch.phases.phases = {whole};
  return launch;
}

Session session_of(const std::string &id, const std::vector<std::int64_t> &launches) {
  Session session;
  session.id = id;
  for (const std::int64_t launch : launches)
    session.launches.push_back(launch_of(launch));
  return session;
}

TEST(Copies, are_known_by_their_content_not_by_their_labels) {
  Launch renamed = launch_of(7);
  renamed.scenario = "Launch/nightly";
  renamed.subject = "base";
  renamed.started = "2026-11-28T06:00:00Z";
  EXPECT_EQ(content_of(renamed), content_of(launch_of(7)));
  EXPECT_NE(content_of(launch_of(7)), content_of(launch_of(8)));
}

TEST(Copies, a_launch_without_times_is_nobodys_copy) {
  Launch failed = launch_of(7);
  failed.ok = false;
  Launch untimed = launch_of(7);
  untimed.timed = false;
  EXPECT_FALSE(content_of(failed));
  EXPECT_FALSE(content_of(untimed));
}

TEST(Copies, in_sessions_of_other_ids_are_refused) {
  const auto refused =
      refuse_shared_launches({session_of("a", {1, 2}), session_of("b", {3, 2})}, ErrorKind::input);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("a and b hold one and the same launch"),
            std::string::npos);
  EXPECT_TRUE(
      refuse_shared_launches({session_of("a", {1, 2}), session_of("b", {3, 4})}, ErrorKind::input));
}

TEST(Copies, of_a_whole_session_are_one_in_a_set_but_not_under_another_id) {
  EXPECT_EQ(without_copies({session_of("a", {1}), session_of("a", {1})})->size(), 1U);
  EXPECT_FALSE(without_copies({session_of("a", {1}), session_of("b", {1})}));
}

} // namespace
} // namespace bootperf
