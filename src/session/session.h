#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "phases/phase_tree.h"

namespace bootperf {

/// One launch in a session: its samples and its fate.
struct Launch {
  std::string scenario;              ///< Session::scenarios, by name
  std::string subject = "head";      ///< what was under test, named by an environment
  std::optional<std::int64_t> block; ///< of a comparison: the launches made as one block, from 1
  std::string started;               ///< ISO 8601, UTC
  bool warmup = false;               ///< same mode, not counted
  bool cold = false;                 ///< of a cold scenario: rebuilding the appliance is the point
  bool ok = false;
  bool appliance_rebuilt = false;      ///< not a warm one: set aside and repeated
  std::string failure;                 ///< when failed: the reason
  std::string failure_phase;           ///< when failed: id of the phase it ended in
  std::vector<std::string> last_lines; ///< when failed: the last console lines, at most 20
  std::int64_t wall_ns = 0;            ///< guestfs_launch, call to return
  bool timed = true; ///< false: it was read from a text that does not say how long it took
  std::optional<std::uint64_t> instructions; ///< of the launch, when counted
  Stalls stalls;                             ///< of the launch, where they were measured
  std::optional<std::int64_t> host_cpu_ns;
  std::optional<std::int64_t> peak_memory_bytes;
  PhaseTree phases;

  /// Counts as a sample: it came up in a time that is known, is no warm-up and did not rebuild the
  /// appliance (except in the cold scenario, where rebuilding is the point).
  bool is_sample() const;
};

/// What a group of launches has in common: how they were observed, and on what.
struct Scenario {
  std::string name; ///< "Launch/traced"
  std::string mode;
  bool cold = false; ///< the appliance is rebuilt in every launch, on purpose
  /// Every key that may belong to a machine class (session/class_keys.h).
  std::map<std::string, std::string> keys;
  /// Versions of everything: libguestfs, supermin, qemu, kernel, and the appliance's packages as
  /// "package:NAME".
  std::map<std::string, std::string> versions;
  std::string subject = "head"; ///< a comparison describes a scenario for base and for head
};

/// One side of a comparison.
struct Subject {
  std::string name;                               ///< for people: "v1.50", "my branch"
  std::map<std::string, std::string> environment; ///< what makes it what it is
  /// What of the appliance is its own, by class key: network → yes.
  std::map<std::string, std::string> appliance = {};

  bool operator==(const Subject &) const = default;
};

/// What a session of two subjects, "base" and "head", was made for.
struct Comparison {
  Subject base, head;
  std::uint64_t most_launches = 0; ///< the budget, warm-ups not counted; 0 where time is the budget
  std::uint64_t most_seconds = 0;  ///< 0 where launches are
  std::vector<std::string> arguments; ///< of `bootperf compare`, with which it is resumed

  bool operator==(const Comparison &) const = default;
};

/// A lever that a session tried. Its launches have its name as their subject; those of the boot as
/// it is have "base".
struct LeverTrial {
  std::string lever, actor, what, adopt; ///< as in its file
  std::string refused;                   ///< why it was not measured; "" where it was
  std::string uncounted = {}; ///< why it was launched by the clock alone; "" where it was counted
  /// Phases by name that execute less with it, where that is what proves it.
  std::vector<std::string> less_work = {};

  bool operator==(const LeverTrial &) const = default;
};

/// What a session of `bootperf what-if` was made for.
struct WhatIf {
  std::vector<LeverTrial> trials;
  std::uint64_t launches = 0, base_launches = 0; ///< wanted, of each lever and of the boot as it is
  std::vector<std::string> arguments;            ///< with which it is resumed
  std::string levers = {}; ///< whatif/lever.h, levers_fingerprint(); "" of a session before these
  std::map<std::string, std::string> floor_refused = {}; ///< guests not launched beside them: why

  bool operator==(const WhatIf &) const = default;
};

/// So many launches at once, of which the session holds each with the subject "N-at-once".
struct CapacityLevelRun {
  std::uint64_t at_once = 0;
  std::uint64_t elapsed_ns = 0; ///< from the first one's beginning to the last one's end

  bool operator==(const CapacityLevelRun &) const = default;
};

/// What a session of `bootperf capacity` found.
struct CapacityRun {
  std::vector<CapacityLevelRun> levels;
  std::string ended; ///< why there is no further level, for people

  bool operator==(const CapacityRun &) const = default;
};

/// The launches made together on one machine. docs/session.md states the JSON schema.
struct Session {
  std::string id;
  std::string commit;  ///< of the working directory's repository, or ""
  std::string created; ///< ISO 8601, UTC
  std::uint64_t seed = 0;
  std::map<std::string, std::string>
      host; ///< name, cpu, cores, load, os: for people, decides nothing
  std::map<std::string, std::string> environment; ///< --env: what names the subject
  std::vector<std::string> warnings;              ///< "KVM does not work here, fell back to TCG", …
  std::optional<Comparison> comparison;           ///< of a session of two subjects
  std::optional<WhatIf> what_if;                  ///< of a session that tries levers
  std::optional<CapacityRun> capacity;            ///< of one that asks how many at once
  std::vector<Scenario> scenarios;
  std::vector<Launch> launches;

  /// The scenario of this name: the head's where there are several.
  const Scenario *scenario(std::string_view name) const;
  const Scenario *scenario(std::string_view name, std::string_view subject) const;
  /// Each scenario once: a comparison describes it for base and for head.
  std::vector<const Scenario *> distinct_scenarios() const;
};

std::string to_json(const Session &session);
/// Strict: an unknown key, a duplicate, a wrong type, a launch of no scenario, a phase before its
/// parent is an input error with line and column.
Result<Session> parse_session(std::string_view json, const std::string &name);
/// What a file of a session, or of a set of them, may hold, unpacked.
inline constexpr std::size_t max_session_bytes = std::size_t{256} << 20;

/// Reads a file of at most 256 MiB, as it is or packed by gzip.
Result<Session> read_session(const std::string &path);
/// Replaces the file whole; packs it when its name ends in ".gz".
Result<void> write_session(const std::string &path, const Session &session);

} // namespace bootperf
