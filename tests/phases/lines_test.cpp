#include "phases/launches.h"

namespace bootperf::test {
namespace {

using Texts = std::vector<std::string>;

std::vector<Event> chunks(std::initializer_list<std::string> messages) {
  std::vector<Event> events;
  std::int64_t t_ns = 0;
  for (const std::string &message : messages)
    events.push_back({++t_ns, Source::appliance, message, {}});
  return events;
}

Texts lines_of(std::initializer_list<std::string> messages) {
  return texts(assemble_lines(chunks(messages)));
}

TEST(Lines, are_put_together_from_pieces_and_keep_the_time_of_their_first_byte) {
  const auto lines =
      assemble_lines(chunks({"S", "eaBIOS (ver", "sion 1)\r\nBooting", " from ROM\r\n"}));
  EXPECT_EQ(texts(lines), (Texts{"SeaBIOS (version 1)", "Booting from ROM"}));
  EXPECT_EQ(lines[0].t_ns, 1);
  EXPECT_EQ(lines[1].t_ns, 3);
}

TEST(Lines, carry_the_count_of_their_first_byte) {
  const std::vector<Event> events = {{1, Source::appliance, "one", 10},
                                     {2, Source::appliance, "\ntwo\n", 20}};
  const auto lines = assemble_lines(events);
  EXPECT_EQ(lines[0].instructions, 10u);
  EXPECT_EQ(lines[1].instructions, 20u);
}

TEST(Lines, end_without_their_carriage_returns) {
  EXPECT_EQ(lines_of({"a\r\r\nb\r", "\nc\n"}), (Texts{"a", "b", "c"}));
  EXPECT_EQ(lines_of({"uefi\n\rnext\n\r"}), (Texts{"uefi", "next"}));
}

TEST(Lines, lose_their_nul_bytes) {
  EXPECT_EQ(lines_of({std::string("\0sup\0", 5), std::string("ermin\n\0", 7)}), Texts{"supermin"});
}

TEST(Lines, keep_eight_bit_bytes) {
  EXPECT_EQ(lines_of({"\xff\xe9\n"}), Texts{"\xff\xe9"});
}

TEST(Lines, that_never_end_are_there_up_to_the_end) {
  EXPECT_EQ(lines_of({"a\nlogin: "}), (Texts{"a", "login: "}));
  EXPECT_EQ(lines_of({"a\n", "[    1.0"}), (Texts{"a", "[    1.0"}));
  EXPECT_EQ(lines_of({}), Texts{});
}

TEST(Lines, end_where_the_screen_is_cleared) {
  EXPECT_EQ(lines_of({"rom...\x1b"
                      "c\x1b[?7l\x1b[2J[    0.000000] Linux\r\n"}),
            (Texts{"rom...\x1b"
                   "c",
                   "\x1b[?7l\x1b[2J", "[    0.000000] Linux"}));
  EXPECT_EQ(lines_of({"\x1b[", "2", "Jnext\n"}), (Texts{"\x1b[2J", "next"}));
  EXPECT_EQ(lines_of({"\x1b", "cnext\n"}), (Texts{"\x1b"
                                                  "c",
                                                  "next"}));
  EXPECT_EQ(lines_of({"\x1b[22J \x1b[12J \x1b"
                      "d\n"}),
            Texts{"\x1b[22J \x1b[12J \x1b"
                  "d"});
}

TEST(Lines, of_any_length_are_ended_and_their_beginning_is_kept) {
  const std::string endless(200'000, 'x');
  const auto lines = lines_of({endless, endless, "\nnext\n"});
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0], std::string(64 * 1024, 'x'));
  EXPECT_EQ(lines[1], "next");
}

TEST(Lines, of_other_sources_are_a_line_each_and_end_no_console_line) {
  const std::vector<Event> events = {{1, Source::appliance, "super", {}},
                                     {2, Source::library, "launch: a\nb\n", {}},
                                     {3, Source::launch_done, "", {}},
                                     {4, Source::appliance, "min\n", {}}};
  const auto lines = assemble_lines(events);
  EXPECT_EQ(texts(lines), (Texts{"supermin", "launch: a\nb", ""}));
  EXPECT_EQ(lines[2].source, Source::launch_done);
}

TEST(Interruption, is_taken_out_and_the_line_goes_on_behind_it) {
  const auto lines =
      assemble_lines(chunks({"+ udevadm tri", "[    1.234567] sd 2:0:0:0: hello\r\n", "gger\r\n"}));
  EXPECT_EQ(texts(lines), (Texts{"+ udevadm trigger", "[    1.234567] sd 2:0:0:0: hello"}));
  EXPECT_EQ(lines[0].t_ns, 1);
  EXPECT_EQ(lines[1].t_ns, 2);
}

TEST(Interruption, may_come_several_times_with_caller_information_and_before_the_newline) {
  EXPECT_EQ(lines_of({"+ udev[    1.234567][   T12] one\r\n[    1.300000][   C0] two\r\n"
                      "adm settle\r[   12.000000] three\r\n\nnext\n"}),
            (Texts{"+ udevadm settle", "[    1.234567][   T12] one", "[    1.300000][   C0] two",
                   "[   12.000000] three", "next"}));
}

TEST(Interruption, may_be_cut_anywhere) {
  const std::string text =
      "+ udevadm tri[    1.234567][   T1] hello\r\n[12345.000001] x\r\ngger\r\n";
  const Texts whole = lines_of({text});
  ASSERT_EQ(whole, (Texts{"+ udevadm trigger", "[    1.234567][   T1] hello", "[12345.000001] x"}));
  for (std::size_t at = 1; at < text.size(); ++at) {
    const std::vector<Event> events = {{1, Source::appliance, text.substr(0, at), {}},
                                       {2, Source::library, "between", {}},
                                       {3, Source::appliance, text.substr(at), {}}};
    auto lines = assemble_lines(events);
    std::erase_if(lines, [](const Line &line) { return line.source == Source::library; });
    EXPECT_EQ(texts(lines), whole) << "cut at " << at;
  }
}

TEST(Interruption, needs_a_whole_stamp) {
  const std::string no_stamps =
      "+ [[ a == b ]] [1.234567] x [    1.2345] [    1.234567]x [    1.234567][x] [ abc.000000] ";
  EXPECT_EQ(lines_of({no_stamps + "\n"}), Texts{no_stamps});
  EXPECT_EQ(lines_of({"a[    1.234567][    2.345678] b\nc\n"}),
            (Texts{"a[    1.234567]c", "[    2.345678] b"}));
}

TEST(Interruption, is_none_at_the_true_start_of_a_line) {
  EXPECT_EQ(lines_of({"a\n[    1.234567] b\nc\n"}), (Texts{"a", "[    1.234567] b", "c"}));
}

TEST(Interruption, is_none_within_a_kernel_line) {
  EXPECT_EQ(lines_of({"[    1.234567] said [    1.000000] before\n"}),
            Texts{"[    1.234567] said [    1.000000] before"});
}

TEST(Interruption, keeps_the_order_of_first_bytes) {
  const std::vector<Event> events = {{1, Source::appliance, "a[    1.23", {}},
                                     {2, Source::library, "between", {}},
                                     {3, Source::appliance, "4567] b\nc\n", {}}};
  const auto lines = assemble_lines(events);
  EXPECT_EQ(texts(lines), (Texts{"ac", "[    1.234567] b", "between"}));
  EXPECT_EQ(lines[1].t_ns, 1);
}

TEST(Chunking, does_not_matter_to_the_lines_of_any_recording) {
  for (const std::string name : recordings) {
    const std::vector<Event> events = recording(name).events;
    const Texts whole = texts(assemble_lines(events));
    EXPECT_EQ(texts(assemble_lines(rechunked(events, [] { return 1; }))), whole) << name;
    EXPECT_EQ(texts(assemble_lines(joined(events))), whole) << name;
    std::mt19937 random(1);
    for (int round = 0; round < 5; ++round)
      EXPECT_EQ(texts(assemble_lines(rechunked(events, [&] { return random() % 50; }))), whole)
          << name;
  }
}

} // namespace
} // namespace bootperf::test
