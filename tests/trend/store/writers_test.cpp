// Writers at once, and writers that are killed again and again.
#include <algorithm>
#include <array>
#include <csignal>
#include <map>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "killed_writer.h"
#include "statistics/random.h"
#include "trend/store/stores.h"

namespace bootperf {
namespace {

constexpr int writers = 8;
constexpr int sessions_each = 100;
constexpr int phases = 20;
constexpr int kills = 10;

class Writers : public Stores {
protected:
  /// Adds the sessions of a writer, and reports each in one byte once it is stored.
  [[noreturn]] void write_sessions(int writer, int report) const {
    auto database = Database::connect_or_create(place_);
    if (!database || !migrate(*database))
      ::_exit(2);
    for (int i = 0; i < sessions_each; ++i) {
      const auto number = static_cast<unsigned char>(i);
      if (!add_session(*database, night_record(writer * sessions_each + i, phases)) ||
          ::write(report, &number, 1) != 1)
        ::_exit(3);
    }
    ::_exit(0);
  }

  pid_t start(int writer, int report) const {
    const pid_t process = ::fork();
    if (process == 0)
      write_sessions(writer, report);
    return process;
  }

  /// Starts the first writer over and over and kills it after a few reports, somewhere in its work
  /// on the next session; at last lets it finish. What it reported is remembered.
  void write_and_be_killed(std::set<int> &reported) const {
    Random random(1);
    for (int kill = 0; kill <= kills; ++kill) {
      std::array<int, 2> pipe{};
      ASSERT_EQ(::pipe(pipe.data()), 0);
      const pid_t process = start(0, pipe[1]);
      ::close(pipe[1]);
      const auto reports = kill == kills ? sessions_each + 1 : 1 + random.below(60);
      unsigned char number = 0;
      for (std::size_t i = 0; i < reports && ::read(pipe[0], &number, 1) == 1; ++i)
        reported.insert(number);
      if (kill < kills)
        ::usleep(static_cast<useconds_t>(random.below(3000))); // somewhere in the transaction
      ::kill(process, kill < kills ? SIGKILL : 0);
      while (::read(pipe[0], &number, 1) == 1)
        reported.insert(number);
      int status = 0;
      ::waitpid(process, &status, 0);
      ::close(pipe[0]);
    }
  }
};
INSTANTIATE_TEST_SUITE_P(Every, Writers, every_store, store_name);

TEST_P(Writers, every_session_reported_as_added_is_there_once_and_whole) {
  std::map<pid_t, int> processes;
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  for (int writer = 1; writer < writers; ++writer)
    processes[start(writer, pipe[1])] = writer;
  std::set<int> reported;
  write_and_be_killed(reported);
  for (const auto &[process, writer] : processes) {
    int status = -1;
    ASSERT_EQ(::waitpid(process, &status, 0), process);
    EXPECT_EQ(status, 0) << "writer " << writer;
  }
  ::close(pipe[0]);
  ::close(pipe[1]);
  EXPECT_EQ(reported.size(), static_cast<std::size_t>(sessions_each));

  Database database = connected();
  const auto history = read_history(database);
  ASSERT_TRUE(history.has_value()) << to_text(history.error());
  std::set<std::string> there;
  for (const TrendSession &night : history->sessions)
    EXPECT_TRUE(there.insert(night.id).second) << night.id << " is there twice";
  EXPECT_EQ(there.size(), static_cast<std::size_t>(writers * sessions_each));
  ASSERT_EQ(history->classes.size(), 1u);
  ASSERT_EQ(history->classes[0].series.size(), static_cast<std::size_t>(phases));
  for (const PhaseSeries &series : history->classes[0].series)
    EXPECT_EQ(series.points.size(), there.size()) << series.phase;
}

class KilledWriter : public Stores {
protected:
  /// Adds one night after the other, and reports each once it is stored.
  [[noreturn]] void write_on(int night, int report) const {
    constexpr int enough = 16; // of a machine that was slow when its time was taken
    auto database = Database::connect_or_create(place_);
    for (const int end = night + enough; night < end; ++night)
      if (!database || !add_session(*database, night_record(night)) ||
          ::write(report, &night, sizeof night) != sizeof night)
        ::_exit(1);
    for (;;)
      ::pause(); // until it is killed
  }
};
INSTANTIATE_TEST_SUITE_P(Every, KilledWriter, every_store, store_name);

TEST_P(KilledWriter, a_thousand_times_lost_nothing_and_left_nothing_half) {
  constexpr int thousand = 1000;
  migrated();
  int reported = -1;
  const auto write = [&](int report) { write_on(reported + 1, report); };
  const int longest_life_us =
      std::clamp(2 * static_cast<int>(testing::time_to_write_one(reported, write)), 12'000, 60'000);
  Random random(1);
  for (int kill = 0; kill < thousand && !HasFatalFailure(); ++kill)
    testing::kill_a_writer(reported, static_cast<useconds_t>(random.below(longest_life_us)), write);
  EXPECT_GT(reported, 0) << "no writer came to its end";

  Database database = connected();
  const auto history = read_history(database);
  ASSERT_TRUE(history.has_value()) << to_text(history.error());
  // One night more than was reported, when a writer died between storing and reporting it.
  const auto nights = static_cast<int>(history->sessions.size());
  EXPECT_GE(nights, reported + 1);
  EXPECT_LE(nights, reported + 2);
  ASSERT_EQ(history->classes.size(), 1u);
  for (const PhaseSeries &series : history->classes[0].series)
    EXPECT_EQ(series.points.size(), history->sessions.size()) << series.phase;
}

} // namespace
} // namespace bootperf
