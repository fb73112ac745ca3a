#include "base/document_kind.h"

#include <array>
#include <utility>

namespace bootperf {

std::string document_kind(JsonValue document) {
  constexpr std::array kinds = {
      std::pair("bootperf_profile", "a profile (bootperf profile)"),
      std::pair("sessions", "a set of sessions (bootperf merge)"),
      std::pair("session", "a session (bootperf show)"),
      std::pair("benchmarks", "Google Benchmark's output, beside which the session lies")};
  if (document.is_object())
    for (const auto &[key, kind] : kinds)
      if (document.find(key))
        return kind;
  return "";
}

} // namespace bootperf
