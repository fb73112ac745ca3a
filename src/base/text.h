#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace bootperf {

/// Text from outside made safe for a terminal or a CI log: control bytes, ESC, bytes that are not
/// valid UTF-8 and characters that nobody would see become \xNN, and a workflow command ("::" at
/// the start of a line) is broken up.
std::string printable(std::string_view text);

/// Up to the first newline.
std::string first_line(std::string_view text);

/// The beginning of a text, so many bytes at most; no character of UTF-8 is cut in two.
std::string_view beginning(std::string_view text, std::size_t bytes);

/// Takes the next line off a text, its newline with it; the line is without.
std::string_view take_line(std::string_view &text);

/// Valid JSON made as safe, the same document still: the same characters become \uNNNN, as does
/// the first of "##[".
std::string printable_json(std::string_view json);

/// The text under a name; "" where there is none.
std::string text_under(const std::map<std::string, std::string> &texts, const std::string &name);

/// The candidate with the smallest edit distance, or "" when none is near (more than a third of the
/// word differs).
std::string nearest(std::string_view word, std::span<const std::string> candidates);

/// A word that shells read as it is: in single quotes, or bare where none of them would take it
/// apart.
std::string shell_quoted(std::string_view text);
std::string shell_word(std::string_view text);

/// The 32-bit FNV-1a hash of what was added: the same with every compiler, unlike std::hash.
class Fnv1a {
public:
  void add(std::string_view bytes);
  std::uint32_t value() const { return value_; }

private:
  std::uint32_t value_ = 2166136261U;
};

/// The 64-bit FNV-1a hash, as the counter plugin makes that of a block's code (plugin/blocks.c).
std::uint64_t fnv1a_64(std::string_view bytes);

/// Nanoseconds for people: "15.23 s", "842.1 ms", "31 us".
std::string duration_text(std::int64_t nanoseconds);

/// Counts for people: "2.579 G", "31.20 M", "812".
std::string count_text(double count);

} // namespace bootperf
