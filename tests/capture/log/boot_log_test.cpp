#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "base/files.h"
#include "capture/log/boot_log.h"

namespace bootperf {
namespace {

const std::string header = "{\"bootlog\": 1, \"mode\": \"traced\"}\n";
const std::string event = "{\"t\": 5, \"src\": \"enter\", \"msg\": \"launch\"}\n";

std::string sample_log() {
  Event odd{7, Source::appliance, "", 42};
  for (int byte = 0; byte < 256; ++byte) {
    odd.message += static_cast<char>(byte);
  }
  LaunchEnd end;
  end.ok = true;
  end.host_cpu_ns = 123;
  end.peak_memory_bytes = 456;
  end.appliance_rebuilt = false;
  end.environment = {{"accel", "tcg"}, {"mode", "late"}};
  return header_line({{"mode", "traced"}, {"append", "q\"uiet \xff"}}) +
         event_line({5, Source::enter, "launch", {}}) + event_line(odd) + end_line(end);
}

// What is wrong with a log, and where: "line:column".
std::string problem(const std::string &text) {
  const auto log = parse_boot_log(text, "x.jsonl");
  if (log) {
    return "none";
  }
  EXPECT_EQ(log.error().kind, ErrorKind::input);
  EXPECT_EQ(log.error().where.file, "x.jsonl");
  return std::to_string(log.error().where.line) + ':' + std::to_string(log.error().where.column);
}

TEST(BootLog, reads_back_what_was_written) {
  const auto log = parse_boot_log(sample_log(), "x");
  ASSERT_TRUE(log) << to_text(log.error());
  EXPECT_TRUE(log->ok());
  EXPECT_FALSE(log->cut);
  EXPECT_EQ(log->value("append"), "q\"uiet \xef\xbf\xbd");
  EXPECT_EQ(log->value("accel"), "tcg");
  EXPECT_EQ(log->value("mode"), "late") << "the end's environment lies over the header's";
  EXPECT_EQ(log->value("no such key"), "");
  ASSERT_EQ(log->events.size(), 2U);
  EXPECT_EQ(log->events[0].source, Source::enter);
  EXPECT_FALSE(log->events[0].instructions);
  EXPECT_EQ(log->events[1].t_ns, 7);
  EXPECT_EQ(log->events[1].instructions, 42U);
  for (int byte = 0; byte < 256; ++byte) {
    EXPECT_EQ(log->events[1].message[static_cast<std::size_t>(byte)], static_cast<char>(byte));
  }
  EXPECT_EQ(log->end->host_cpu_ns, 123);
  EXPECT_EQ(log->end->peak_memory_bytes, 456);
  EXPECT_EQ(log->end->appliance_rebuilt, false);
}

// An event with these counts behind its message.
std::string counted(const std::string &counts) {
  return R"({"t": 5, "src": "enter", "msg": "", )" + counts + "}\n";
}

TEST(BootLog, reads_spinning_and_waiting_back) {
  const Stalls stalls{5, 1'000, 300};
  const Event written{7, Source::appliance, "x", 42, stalls};
  const auto log = parse_boot_log(header + event_line(written), "x");
  ASSERT_TRUE(log) << to_text(log.error());
  EXPECT_EQ(log->events[0].instructions, 42U);
  EXPECT_EQ(log->events[0].stalls, stalls);
  EXPECT_EQ(event_line(written), R"({"t": 7, "src": "appliance", "msg": "x", "insn": 42, )"
                                 R"("spin": 5, "wait": 1000, "host_wait": 300})"
                                 "\n");
}

TEST(BootLog, knows_no_stalls_of_a_log_that_lacks_them) {
  const auto log = parse_boot_log(header + counted("\"insn\": 42"), "x");
  ASSERT_TRUE(log);
  EXPECT_EQ(log->events[0].stalls, Stalls{});
}

TEST(BootLog, refuses_stalls_that_cannot_be) {
  EXPECT_EQ(problem(header + counted("\"wait\": 9223372036854775807")), "none");
  EXPECT_EQ(problem(header + counted("\"wait\": 9223372036854775808")), "2:45");
  EXPECT_EQ(problem(header + counted("\"wait\": -1")), "2:45");
  EXPECT_EQ(problem(header + counted("\"wait\": 1, \"wait\": 1")), "2:56");
  EXPECT_EQ(problem(header + counted("\"wait\": 2") + counted("\"wait\": 1")), "3:37");
  EXPECT_EQ(problem(header + counted("\"host_wait\": 2") + counted("\"host_wait\": 1")), "3:37");
  EXPECT_EQ(
      problem(header + counted("\"insn\": 9, \"spin\": 2") + counted("\"insn\": 9, \"spin\": 1")),
      "3:48");
}

TEST(BootLog, refuses_more_spinning_than_instructions_and_work_that_decreases) {
  EXPECT_EQ(problem(header + counted("\"insn\": 9, \"spin\": 9")), "none");
  EXPECT_EQ(problem(header + counted("\"insn\": 9, \"spin\": 10")), "2:48");
  EXPECT_EQ(problem(header + counted("\"spin\": 1")), "2:37");
  EXPECT_EQ(
      problem(header + counted("\"insn\": 9, \"spin\": 2") + counted("\"insn\": 10, \"spin\": 4")),
      "3:49");
}

TEST(BootLog, keeps_the_reason_of_a_failure) {
  LaunchEnd end;
  end.reason = "hung: did not finish within 60 s (deadline)";
  const auto log = parse_boot_log(header + event + end_line(end), "x");
  ASSERT_TRUE(log);
  EXPECT_FALSE(log->ok());
  EXPECT_EQ(log->end->reason, end.reason);
}

TEST(BootLog, reads_up_to_any_cut) {
  const auto whole = sample_log();
  const auto first = whole.find('\n') + 1;
  const auto second = whole.find('\n', first) + 1;
  for (std::size_t size = 1; size + 1 < whole.size(); ++size) {
    const auto log = parse_boot_log(whole.substr(0, size), "x");
    ASSERT_TRUE(log) << size << ": " << to_text(log.error());
    EXPECT_TRUE(log->cut) << size;
    EXPECT_FALSE(log->ok());
    EXPECT_EQ(log->events.empty(), size < second - 1) << size;
  }
}

TEST(BootLog, is_not_ok_when_it_was_cut_whatever_its_header_says) {
  const std::string ok = "{\"bootlog\": 1, \"mode\": \"traced\", \"outcome\": \"ok\"}\n" + event;
  EXPECT_TRUE(parse_boot_log(ok, "x")->ok());
  const auto cut = parse_boot_log(ok + "{\"t\": 7, \"src\": \"applia", "x");
  ASSERT_TRUE(cut);
  EXPECT_FALSE(cut->ok());
}

TEST(BootLog, reads_every_recording_and_each_beginning_of_one) {
  int recordings = 0;
  for (const auto &file : std::filesystem::directory_iterator(BOOTPERF_TEST_DATA "/bootlogs")) {
    if (file.path().extension() != ".jsonl") {
      continue;
    }
    ++recordings;
    const auto text = read_file(file.path()).value();
    const auto log = parse_boot_log(text, file.path());
    ASSERT_TRUE(log) << to_text(log.error());
    EXPECT_FALSE(log->cut) << "the header's outcome counts";
    EXPECT_EQ(log->ok(), log->value("outcome") == "ok");
    EXPECT_GT(log->events.size(), 20U);
    for (std::size_t size = 1; size < text.size(); size += 9973) {
      const auto beginning = parse_boot_log(text.substr(0, size), "x");
      ASSERT_TRUE(beginning) << file.path() << ' ' << size << to_text(beginning.error());
    }
  }
  EXPECT_EQ(recordings, 10);
}

TEST(BootLog, refuses_what_is_no_boot_log) {
  EXPECT_EQ(problem(""), "1:1");
  EXPECT_EQ(problem("hello\n"), "1:1");
  EXPECT_EQ(problem("[1]\n"), "1:1");
  EXPECT_EQ(problem(event), "1:1");
  EXPECT_EQ(problem("{\"bootlog\": 2}\n"), "1:2");
  EXPECT_EQ(problem("{\"bootlog\": \"1\"}\n"), "1:2");
  EXPECT_EQ(problem("{\"bootlog\": 1, \"x\": 1e999}\n"), "1:21");
  EXPECT_EQ(problem("{\"bootlog\": 1, \"smp\": 4}\n"), "1:16");
  EXPECT_EQ(problem(std::string(100'000, '[') + "\n").substr(0, 2), "1:");
}

TEST(BootLog, names_the_place_of_a_wrong_event) {
  EXPECT_EQ(problem(header + "{\"t\": -1, \"src\": \"enter\", \"msg\": \"\"}\n"), "2:7");
  EXPECT_EQ(problem(header + "{\"t\": 1.5, \"src\": \"enter\", \"msg\": \"\"}\n"), "2:7");
  EXPECT_EQ(problem(header + "{\"t\": 9223372036854775808, \"src\": \"enter\", \"msg\": \"\"}\n"),
            "2:7");
  EXPECT_EQ(problem(header + "{\"t\": \"1\", \"src\": \"enter\", \"msg\": \"\"}\n"), "2:7");
  EXPECT_EQ(problem(header + event + "{\"t\": 4, \"src\": \"enter\", \"msg\": \"\"}\n"), "3:2");
  EXPECT_EQ(problem(header + "{\"t\": 1, \"src\": \"boo\", \"msg\": \"\"}\n"), "2:17");
  EXPECT_EQ(problem(header + "{\"t\": 1, \"src\": \"enter\", \"msg\": \"\xc4\x80\"}\n"), "2:34");
  EXPECT_EQ(problem(header + "{\"t\": 1, \"src\": \"enter\", \"msg\": \"\\u0100\"}\n"), "2:34");
  EXPECT_EQ(problem(header + "{\"t\": 1, \"src\": \"enter\", \"msg\": 5}\n"), "2:33");
  EXPECT_EQ(problem(header + "{\"t\": 1, \"src\": \"enter\"}\n"), "2:1");
  EXPECT_EQ(problem(header + "{\"t\": 1, \"t\": 1, \"src\": \"enter\", \"msg\": \"\"}\n"), "2:15");
  EXPECT_EQ(problem(header + "\n" + event), "2:1");
  EXPECT_EQ(problem(header + "{\"t\": 1,\n" + event), "2:9") << "cut, but not at the end";
  EXPECT_EQ(problem(header + "garbage"), "2:1");
}

TEST(BootLog, refuses_counts_that_go_back) {
  const std::string one = "{\"t\": 1, \"src\": \"enter\", \"msg\": \"\", \"insn\": 10}\n";
  const std::string two = "{\"t\": 2, \"src\": \"enter\", \"msg\": \"\", \"insn\": 9}\n";
  EXPECT_EQ(problem(header + one + one), "none");
  EXPECT_EQ(problem(header + one + two), "3:37");
}

TEST(BootLog, refuses_a_wrong_end_and_what_follows_it) {
  EXPECT_EQ(problem(header + "{\"end\": 1}\n"), "2:2");
  EXPECT_EQ(problem(header + "{\"end\": {}}\n").substr(0, 2), "2:");
  EXPECT_EQ(problem(header + "{\"end\": {\"outcome\": \"maybe\"}}\n"), "2:10");
  EXPECT_EQ(problem(header + "{\"end\": {\"outcome\": \"ok\", \"host_cpu_ns\": -1}}\n"), "2:27");
  EXPECT_EQ(problem(header + end_line({}) + event), "3:1");
}

TEST(BootLog, refuses_a_nul_byte_and_a_key_twice_in_header_and_end) {
  using namespace std::string_literals;
  EXPECT_EQ(problem("{\"bootlog\": 1}\0]\n"s), "1:15");
  EXPECT_EQ(problem("{\"bootlog\": 1}\0garbage\n"s), "1:15");
  EXPECT_EQ(problem("{\"bootlog\": 1, \"a\": \"\", \"a\": \"\"}\n"), "1:25");
  EXPECT_EQ(problem(header + "{\"end\": {\"outcome\": \"ok\"}}\0}\n"s), "2:27");
  EXPECT_EQ(problem(header + "{\"end\": {\"outcome\": \"ok\", \"outcome\": \"ok\"}}\n"), "2:27");
  EXPECT_EQ(problem(header + "{\"end\": {\"outcome\": \"ok\"}, \"end\": {}}\n"), "2:28");
}

TEST(BootLog, passes_over_keys_of_a_later_writer) {
  EXPECT_EQ(problem(header + "{\"cpu\": 3, \"t\": 1, \"src\": \"enter\", \"x\": \"\\\"\u2588\", "
                             "\"msg\": \"\", \"y\": null}\n"),
            "none");
  EXPECT_EQ(problem(header + "{\"x\": [1], \"t\": 1, \"src\": \"enter\", \"msg\": \"\"}\n"), "2:7");
}

TEST(BootLog, bounds_the_length_of_a_line) {
  EXPECT_EQ(problem(header + "{\"t\": 1, \"src\": \"enter\", \"msg\": \"" +
                    std::string(17u << 20, 'x') + "\"}\n"),
            "2:0");
}

TEST(BootLog, reads_many_events) {
  std::string text = header;
  for (int i = 0; i < 100'000; ++i) {
    text += "{\"t\": " + std::to_string(i) + ", \"src\": \"appliance\", \"msg\": \"x\"}\n";
  }
  EXPECT_EQ(parse_boot_log(text, "x")->events.size(), 100'000U);
}

TEST(Source, has_a_name_for_each) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(source_from_text(to_text(static_cast<Source>(i))), static_cast<Source>(i));
  }
  EXPECT_FALSE(source_from_text("closed"));
}

} // namespace
} // namespace bootperf
