#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace bootperf {

/// What a counted guest did besides work, as far as it was measured: what is absent is unknown,
/// never 0. Up to a moment in an event, over an interval in a phase.
struct Stalls {
  /// Guest instructions inside delay loops; they are among the instructions counted.
  std::optional<std::uint64_t> spinning;
  /// Host time, ns, in which the guest was halted until a timer of its own: it slept, or polled.
  std::optional<std::uint64_t> waiting_ns;
  /// Host time, ns, in which the guest was halted until something else: a device of the host's.
  std::optional<std::uint64_t> host_waiting_ns;

  bool operator==(const Stalls &) const = default;
};

/// One of them: the one table for all that reads, writes and adds them up.
struct StallKey {
  const char *in_event;  ///< its key in a boot log
  const char *in_phase;  ///< in sessions and reports
  const char *self_time; ///< the same without what lies in child phases
  std::optional<std::uint64_t> Stalls::*value;
};

inline constexpr std::array<StallKey, 3> stall_keys = {{
    {"spin", "spinning", "self_spinning", &Stalls::spinning},
    {"wait", "waiting_ns", "self_waiting_ns", &Stalls::waiting_ns},
    {"host_wait", "host_waiting_ns", "self_host_waiting_ns", &Stalls::host_waiting_ns},
}};

/// Puts what was measured into a JSON object, under the names given.
template <class Json>
void add_stalls(Json &out, const Stalls &stalls, const char *StallKey::*name) {
  for (const StallKey &key : stall_keys)
    if (const auto &value = stalls.*key.value)
      out[key.*name] = *value;
}

} // namespace bootperf
