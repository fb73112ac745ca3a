#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bootperf {

/// What people and loggers put before every line of a log: line numbers, "> ", "- ", a date with a
/// host and a process. Which shape it has is learned from the lines that a launch is known by; a
/// console's own words are never taken for it.
class LinePrefixes {
public:
  explicit LinePrefixes(std::span<const std::string> lines);

  /// How many bytes of this line are a prefix; 0 where it has none.
  std::size_t length(std::string_view line) const;

private:
  /// A piece of a prefix: what may differ from line to line, and what may not.
  struct Token {
    enum class Kind {
      digits,
      word, ///< letters and digits: a hash, the name of a month
      blanks,
      exact,
    };
    Kind kind = Kind::exact;
    std::string text; ///< when exact
  };
  using Shape = std::vector<Token>;

  static Shape shape_of(std::string_view prefix);
  static std::string key_of(const Shape &shape);
  static std::size_t matched(const Shape &shape, std::string_view line);

  std::vector<Shape> shapes_; ///< the most particular first
};

} // namespace bootperf
