#include "session/session_set.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

Session session(const std::string &id) {
  Session result;
  result.id = id;
  result.created = "2026-11-22T20:42:46Z";
  return result;
}

std::string set_of(const std::vector<std::string> &sessions) {
  std::string text = "{\"sessions\": 1,\n\"set\": [";
  for (const std::string &each : sessions)
    text += (&each == &sessions.front() ? "" : ",") + each;
  return text + "]}";
}

std::string set_error(const std::string &json) {
  const auto sessions = parse_sessions(json, "set.json");
  return sessions ? "no error" : to_text(sessions.error());
}

TEST(SessionSet, holds_each_session_as_it_is) {
  const auto set = parse_sessions(set_of({to_json(session("a")), to_json(session("b"))}), "set");
  ASSERT_TRUE(set) << to_text(set.error());
  ASSERT_EQ(set->size(), 2u);
  EXPECT_EQ(to_json(set->at(1)), to_json(session("b")));
}

TEST(SessionSet, may_be_a_single_session) {
  const auto set = parse_sessions(to_json(session("a")), "s.json");
  ASSERT_TRUE(set) << to_text(set.error());
  EXPECT_EQ(set->size(), 1u);
}

TEST(SessionSet, may_be_empty) {
  EXPECT_TRUE(parse_sessions(set_of({}), "set"));
}

TEST(SessionSet, is_no_session) {
  const auto read = parse_session(set_of({to_json(session("a"))}), "set.json");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find("expected one session"), std::string::npos);
}

TEST(SessionSet, is_read_strictly) {
  EXPECT_NE(set_error("{\"sessions\": 2, \"set\": []}").find("expected 1"), std::string::npos);
  EXPECT_NE(set_error("{\"sessions\": 1}").find("set"), std::string::npos);
  EXPECT_NE(set_error("{\"sessions\": 1, \"set\": [], \"more\": 1}").find("more"),
            std::string::npos);
  EXPECT_NE(set_error("{\"sessions\": 1, \"set\": [[]]}"), "no error");
}

TEST(SessionSet, names_the_line_of_a_bad_session) {
  std::string bad = to_json(session("b"));
  bad.replace(bad.find("\"b\""), 3, "17");
  const std::string error = set_error(set_of({to_json(session("a")), bad}));
  EXPECT_TRUE(error.starts_with("set.json:")) << error;
  EXPECT_NE(error.find("set"), std::string::npos) << error;
  EXPECT_NE(error.find("id"), std::string::npos) << error;
}

TEST(SessionSet, holds_a_session_that_comes_twice_once) {
  const auto kept = without_copies({session("a"), session("b"), session("a")});
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->size(), 2u);
  EXPECT_EQ(kept->at(0).id, "a");
}

TEST(SessionSet, refuses_two_sessions_of_one_id) {
  Session changed = session("a");
  changed.warnings = {"changed"};
  const auto kept = without_copies({session("a"), changed});
  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.error().kind, ErrorKind::input);
  EXPECT_NE(kept.error().message.find("id a"), std::string::npos);
}

// Compared each with each they would take the better part of an hour.
TEST(SessionSet, so_many_sessions_as_a_file_holds_are_put_together) {
  std::vector<Session> sessions(200'000);
  for (std::size_t i = 0; i < sessions.size(); ++i)
    sessions[i].id = std::to_string(i);
  sessions.push_back(sessions.front());
  const Result<std::vector<Session>> kept = without_copies(std::move(sessions));
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->size(), 200'000u);
  EXPECT_EQ(kept->back().id, "199999");
}

} // namespace
} // namespace bootperf
