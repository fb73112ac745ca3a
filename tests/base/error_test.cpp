#include <gtest/gtest.h>

#include "base/error.h"

namespace bootperf {
namespace {

TEST(Error, names_the_place_as_far_as_it_is_known) {
  EXPECT_EQ(to_text({ErrorKind::input, "bad", {"a.yaml", 3, 7}}), "a.yaml:3:7: bad");
  EXPECT_EQ(to_text({ErrorKind::input, "bad", {"a.yaml", 3, 0}}), "a.yaml:3: bad");
  EXPECT_EQ(to_text({ErrorKind::input, "bad", {"a.yaml", 0, 0}}), "a.yaml: bad");
  EXPECT_EQ(to_text({ErrorKind::usage, "bad", {}}), "bad");
}

TEST(Error, is_safe_on_a_terminal) {
  EXPECT_EQ(to_text({ErrorKind::input, "a\x1b[2J", {"x\x07y", 1, 0}}), "x\\x07y:1: a\\x1b[2J");
  EXPECT_EQ(to_text({ErrorKind::input, "see\n::error::x", {}}), "see\n:\\x3aerror::x");
}

TEST(ExitCode, follows_the_kind_of_error) {
  EXPECT_EQ(exit_code(ErrorKind::usage), ExitCode::wrong_input);
  EXPECT_EQ(exit_code(ErrorKind::input), ExitCode::wrong_input);
  EXPECT_EQ(exit_code(ErrorKind::io), ExitCode::wrong_input);
  EXPECT_EQ(exit_code(ErrorKind::not_measured), ExitCode::not_measured);
  EXPECT_EQ(exit_code(ErrorKind::interrupted), ExitCode::interrupted);
}

} // namespace
} // namespace bootperf
