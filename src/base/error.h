#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace bootperf {

/// What went wrong, as far as the caller has to decide something by it.
enum class ErrorKind {
  usage,        ///< a wrong flag or argument
  input,        ///< a file whose content is not what its format says
  io,           ///< the operating system refused: no such file, disk full
  not_measured, ///< the appliance or the machine could not give the value
  interrupted,  ///< the user asked to stop
};

/// A place in a file. Lines and columns (in bytes) count from 1; 0 means unknown.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
};

/// The place of a byte of a text.
Location location_of(std::string_view text, std::size_t offset, std::string file);

struct Error {
  ErrorKind kind = ErrorKind::input;
  std::string message; ///< what was expected and how to mend it, in one or a few sentences
  Location where = {};
};

/// Errors are values: no exception crosses a folder.
template <class T>
using Result = tl::expected<T, Error>;

/// "file:line:column: message", leaving out what is not known. Safe to print on a terminal.
std::string to_text(const Error &error);

inline tl::unexpected<Error> fail(ErrorKind kind, std::string message, Location where = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(message), std::move(where)});
}

/// The same in every program of the project (docs/exit-codes in the README).
enum class ExitCode {
  pass = 0,
  regressed = 1,
  wrong_input = 2,
  inconclusive = 3,
  not_measured = 4,
  interrupted = 130,
};

constexpr int to_int(ExitCode code) {
  return static_cast<int>(code);
}

/// Usage, input and io are 2; not_measured is 4; interrupted is 130.
ExitCode exit_code(ErrorKind kind);

} // namespace bootperf
