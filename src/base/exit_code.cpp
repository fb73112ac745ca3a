#include "base/exit_code.h"

namespace bootperf {

ExitCode exit_code(ErrorKind kind) {
  switch (kind) {
  case ErrorKind::usage:
  case ErrorKind::input:
  case ErrorKind::io:
    return ExitCode::wrong_input;
  case ErrorKind::not_measured:
    return ExitCode::not_measured;
  case ErrorKind::interrupted:
    return ExitCode::interrupted;
  }
  return ExitCode::wrong_input;
}

} // namespace bootperf
