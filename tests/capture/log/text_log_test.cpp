#include <gtest/gtest.h>

#include <random>

#include "base/files.h"
#include "base/gzip.h"
#include "capture/log/console.h"
#include "capture/log/fate.h"
#include "capture/log/text_log.h"

namespace bootperf {
namespace {

constexpr const char *launch = "libguestfs: trace: launch\n"
                               "libguestfs: launch: program=guestfish\n"
                               "libguestfs: launch: version=1.48.6\n"
                               "libguestfs: launch: backend=direct\n"
                               "/usr/bin/qemu-system-x86_64 \\\n"
                               "    -no-user-config \\\n"
                               "    -machine pc,accel=tcg \\\n"
                               "[    0.000000] Linux version 6.1.0-56 (x)\n"
                               "[    1.250000] Run /init as init process\n"
                               "supermin: ext2 mini initrd starting up: 5.2.2 zlib xz zstd\n"
                               "libguestfs: recv_from_daemon: received GUESTFS_LAUNCH_FLAG\n"
                               "libguestfs: appliance is up\n"
                               "libguestfs: trace: launch = 0\n";

std::vector<BootLog> read(const std::string &text) {
  return parse_text_log(text, "bug.txt").value();
}

std::string on_every_line(const std::string &text, const std::string &prefix) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    result += prefix + text.substr(at, end - at) + '\n';
    at = end + 1;
  }
  return result;
}

std::string replaced(std::string text, const std::string &what, const std::string &by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

std::vector<std::string> messages(const BootLog &log) {
  std::vector<std::string> result;
  for (const Event &event : log.events)
    result.push_back(std::string(to_text(event.source)) + " " + event.message);
  return result;
}

TEST(TextLog, tells_messages_from_the_console) {
  const auto logs = read(launch);
  ASSERT_EQ(logs.size(), 1U);
  const BootLog &log = logs[0];
  EXPECT_EQ(log.name, "bug.txt");
  EXPECT_TRUE(log.ok());
  EXPECT_FALSE(log.headless);
  EXPECT_EQ(log.events[0].source, Source::trace);
  EXPECT_EQ(log.events[0].message, "launch");
  EXPECT_EQ(log.events[1].message, "launch: program=guestfish");
  EXPECT_EQ(log.value("backend"), "direct");
  EXPECT_EQ(log.value("arch"), "x86_64");
  EXPECT_EQ(log.value("libguestfs"), "1.48.6");
  EXPECT_EQ(log.value("mode"), "traced");
  EXPECT_EQ(log.value("accel"), "tcg");
  EXPECT_EQ(log.value("machine"), "pc");
  EXPECT_EQ(log.value("kernel"), "6.1.0-56");
}

TEST(TextLog, has_time_only_where_it_is_written) {
  const BootLog log = read(launch)[0];
  for (const Event &event : log.events)
    EXPECT_EQ(event.clock == TimeSource::guest, event.message.starts_with("[ ")) << event.message;
  EXPECT_EQ(log.times, "only those of the kernel's lines (guest)");
  EXPECT_EQ(read("libguestfs: launch: program=x\n")[0].times, "none");
}

TEST(TextLog, reads_times_before_the_lines) {
  std::string text;
  int line = 0;
  for (const char *message : {"launch: program=x", "launch: version=1.54.1", "appliance is up"})
    text += "12." + std::to_string(5 + line++) + "00000 libguestfs: " + message + "\n";
  const BootLog log = read(text)[0];
  EXPECT_EQ(log.times, "the host's, as written before each line, in steps of 1 us");
  EXPECT_EQ(log.events.front().t_ns, 0);
  EXPECT_EQ(log.events.back().t_ns, 200'000'000);
  EXPECT_EQ(log.events.back().clock, TimeSource::host);
  EXPECT_EQ(log.events.back().message, "appliance is up");
}

TEST(TextLog, reads_the_times_that_old_versions_print_themselves) {
  const BootLog log = read("libguestfs: launch: program=x\n"
                           "libguestfs: [00003ms] begin building supermin appliance\n"
                           "[00047ms] /usr/bin/qemu-kvm \\\n    -nodefconfig \\\n")[0];
  EXPECT_EQ(log.events[1].message, "begin building supermin appliance");
  EXPECT_EQ(log.events[1].t_ns, 3'000'000);
  EXPECT_EQ(log.events[2].message, "/usr/bin/qemu-kvm \\\n");
  EXPECT_EQ(log.events[2].t_ns, 47'000'000);
  EXPECT_EQ(log.times, "libguestfs' own (host)");
}

class Prefix : public testing::TestWithParam<const char *> {};

TEST_P(Prefix, is_taken_off_every_line) {
  const BootLog pasted = read(on_every_line(launch, GetParam()))[0];
  EXPECT_EQ(messages(pasted), messages(read(launch)[0]));
}

INSTANTIATE_TEST_SUITE_P(Shapes, Prefix,
                         testing::Values("> ", "- ", "    ", "12\t", " 123: ", "> > ", "| ",
                                         "Nov 28 02:03:04 host virt-v2v[1234]: ",
                                         "2026-11-28T02:03:04.123456Z ",
                                         "2026-11-28 02:03:04,123 DEBUG nova.virt [req-1a2b] ",
                                         "[02:03:04] ", "guest-7f9c | "));

class Spelling : public testing::TestWithParam<int> {};

TEST_P(Spelling, makes_no_difference) {
  const std::string text = launch;
  const std::string json = replaced(replaced(text, "\\", "\\\\"), "\n", "\\n");
  const std::vector<std::string> spellings = {
      replaced(text, "\n", "\r\n"),
      replaced(text, "\n", "^M\n"),
      "\xEF\xBB\xBF" + text,
      replaced(text, "libguestfs: ", "\x1b[1;31mlibguestfs: \x1b[0m"),
      "\"" + json + "\"",
      "\"" + replaced(replaced(json, "\\", "\\\\"), "\"", "\\\"") + "\"",
      replaced("{\"log\": \"" + replaced(replaced(text, "\\", "\\\\"), "\n",
                                         "\\n\", \"stream\": \"stderr\"}\n{\"log\": \""),
               "{\"log\": \"\x01", ""),
      "noise before\nmore noise\n" + text,
  };
  const std::string &spelled = spellings[static_cast<std::size_t>(GetParam())];
  const auto expected = messages(read(text)[0]);
  auto found = messages(read(spelled)[0]);
  found.resize(std::min(found.size(), expected.size())); // what stands behind the last line
  EXPECT_EQ(found, expected) << spelled;
}

INSTANTIATE_TEST_SUITE_P(All, Spelling, testing::Range(0, 8));

// As `journalctl -o json` writes them, one of them no UTF-8.
TEST(TextLog, reads_journal_entries_with_their_times) {
  const auto entry = [](const std::string &micros, const std::string &message) {
    return "{\"__CURSOR\":\"s=1\",\"__REALTIME_TIMESTAMP\":\"" + micros +
           "\",\"_PID\":\"7\",\"MESSAGE\":" + message + "}\n";
  };
  const BootLog log =
      read(entry("1795957200000000", "\"libguestfs: launch: program=x\"") +
           entry("1795957200250000", "[43,32,97,255]") + entry("1795957201500000", "\"+ second\"") +
           entry("1795957202000000", "[300]"))[0];
  EXPECT_EQ(console_text(log.events).substr(0, 14), "+ a\xff\n+ second\n");
  EXPECT_EQ(log.events[1].t_ns, 250'000'000);
  EXPECT_EQ(log.events[2].t_ns, 1'500'000'000);
  EXPECT_EQ(to_text(log.events[2].clock).substr(0, 1), "h");
}

TEST(TextLog, makes_console_bytes_of_what_was_spelled_out) {
  const auto console = [](const std::string &line) {
    return console_text(read("libguestfs: launch: program=x\n" + line + "\n")[0].events);
  };
  EXPECT_EQ(console("\\x1bc\\x1b[?7l\\x1b[2JSeaBIOS (version 1)"),
            "\x1b"
            "c\x1b[?7l\x1b[2JSeaBIOS (version 1)\n");
  EXPECT_EQ(console("^[[2JSeaBIOS"), "\x1b[2JSeaBIOS\n");
  EXPECT_EQ(console("[?7l[2JSeaBIOS"), "\x1b[?7l\x1b[2JSeaBIOS\n") << "ESC was lost";
  EXPECT_EQ(console("lo: \x1b[36mup\x1b[0m"), "lo: up\n");
  EXPECT_EQ(console("+ printf 'a\\n'"), "+ printf 'a\\n'\n") << "a program's own backslash";
}

TEST(TextLog, takes_a_message_out_of_a_console_line) {
  const BootLog log = read("libguestfs: launch: program=x\n"
                           "+ udevadm triglibguestfs: some message\n"
                           "ger\n"
                           "+ half a linelibguestfs: another\n"
                           "[    1.000000] a kernel's line\n")[0];
  EXPECT_EQ(console_text(log.events),
            "+ udevadm trigger\n+ half a line\n[    1.000000] a kernel's line\n");
}

TEST(TextLog, gives_the_time_of_a_line_to_who_ended_it) {
  const std::string lines[] = {"libguestfs: launch: program=x",
                               "Booting from ROM..\x1b[2J[    0.000000] Linux version 6",
                               "+ half a linelibguestfs: another"};
  std::string bare;
  std::string stamped;
  for (int i = 0; i < 3; ++i) {
    bare += lines[i] + '\n';
    stamped += std::to_string(i) + ".500000 " + lines[i] + '\n';
  }
  const auto clocks = [](const BootLog &log) {
    std::string all;
    for (const Event &event : log.events)
      all += to_text(event.clock).substr(0, 1);
    return all;
  };
  EXPECT_EQ(clocks(read(stamped)[0]), "hnhnh");
  EXPECT_EQ(clocks(read(bare)[0]), "nngnn");
  EXPECT_EQ(read(stamped)[0].events[1].message, "Booting from ROM..\x1b[2J");
}

TEST(TextLog, knows_a_handle_s_identifier) {
  const BootLog log = read("libguestfs: trace: v2v: launch\nlibguestfs: launch: program=virt-v2v\n"
                           "libguestfs: trace: v2v: close\n")[0];
  EXPECT_EQ(log.events.front().message, "launch");
  EXPECT_EQ(log.events.back().message, "close");
}

TEST(TextLog, holds_as_many_launches_as_begin_in_it) {
  const std::string closed = std::string(launch) +
                             "libguestfs: trace: close\n"
                             "libguestfs: closing guestfs handle 0x5 (state 2)\n"
                             "libguestfs: trace: set_verbose true\n"
                             "libguestfs: create: flags = 0, handle = 0x6\n";
  const auto logs = read("libguestfs: trace: set_verbose true\n" + closed + closed);
  ASSERT_EQ(logs.size(), 2U);
  EXPECT_EQ(logs[1].name, "bug.txt, launch 2 of 2");
  for (const BootLog &log : logs) {
    EXPECT_TRUE(log.ok());
    EXPECT_EQ(log.events.front().message, "launch") << "what comes before is no part of it";
    EXPECT_EQ(log.events.back().source, Source::close);
    EXPECT_EQ(log.events[log.events.size() - 2].message, "closing guestfs handle 0x5 (state 2)");
  }
}

TEST(TextLog, may_begin_and_end_anywhere) {
  const BootLog log = read("[    1.250000] Run /init as init process\n"
                           "supermin: ext2 mini initrd starting up: 5.2.2\n")[0];
  EXPECT_TRUE(log.headless);
  EXPECT_TRUE(log.cut);
  EXPECT_FALSE(log.ok());
  const auto two = read("supermin: chroot\n" + std::string(launch));
  ASSERT_EQ(two.size(), 2U) << "the end of a launch, and a whole one";
  EXPECT_TRUE(two[0].headless);
}

TEST(TextLog, is_refused_when_no_line_is_of_a_launch) {
  for (const std::string text : {"", "hello\n", "error: something\n"}) {
    const auto logs = parse_text_log(text, "notes.txt");
    ASSERT_FALSE(logs) << text;
    EXPECT_EQ(logs.error().kind, ErrorKind::input);
    EXPECT_EQ(logs.error().where.file, "notes.txt");
  }
  const auto many = parse_text_log(std::string(most_text_lines + 2, '\n'), "long.txt");
  ASSERT_FALSE(many);
  EXPECT_NE(many.error().message.find("lines"), std::string::npos);
}

TEST(TextLog, is_read_whatever_bytes_it_holds) {
  const std::string whole =
      read_packed_file(BOOTPERF_TEST_DATA "/logs/test-tool-1.54-aarch64.txt.gz", 1u << 20).value();
  const std::vector<std::string> spices = {"libguestfs: ",
                                           "[    1.000000] ",
                                           "\\n",
                                           "\x1b[",
                                           "{\"log\":",
                                           "\"",
                                           "> ",
                                           "99999999999.9 ",
                                           "9999-99-99 99:99:99",
                                           "libguestfs: launch: program=",
                                           std::string(3, '\0')};
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    std::string text = whole.substr(random() % whole.size(), random() % 20'000);
    for (int i = 0; i < 40 && !text.empty(); ++i) {
      const std::size_t at = random() % text.size();
      if (i % 3 == 0)
        text[at] = static_cast<char>(random() % 256);
      else if (i % 3 == 1)
        text.insert(at, spices[random() % spices.size()]);
      else
        text.erase(at, random() % 50);
    }
    const auto logs = parse_text_log(text, "mutated");
    if (!logs)
      continue;
    for (const BootLog &log : *logs) {
      std::int64_t host = 0;
      std::int64_t guest = 0;
      for (const Event &event : log.events) {
        std::int64_t &latest = event.clock == TimeSource::guest ? guest : host;
        if (event.clock == TimeSource::none) {
          EXPECT_EQ(event.t_ns, 0);
        } else {
          EXPECT_GE(event.t_ns, latest) << "seed " << seed;
          latest = event.t_ns;
        }
      }
      EXPECT_EQ(fate_of(log).ok, fate_of(log).reason.empty()) << "seed " << seed;
    }
  }
}

} // namespace
} // namespace bootperf
