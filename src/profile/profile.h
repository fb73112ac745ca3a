#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bootperf {

/// Where instructions were executed.
struct ProfileFunction {
  std::string object; ///< "vmlinux", "virtio_scsi.ko", "/usr/bin/bash", "firmware", "(unknown)"
  std::string name;   ///< "(unknown)" where the object is known and the function is not

  auto operator<=>(const ProfileFunction &) const = default;
};

inline constexpr const char *unknown_code = "(unknown)";

/// The name under which an excerpt adds up the functions of an object that it does not name.
inline constexpr const char *other_functions = "(others)";

/// What one function did in one phase.
struct ProfileRow {
  std::uint32_t phase = 0;    ///< index into Profile::phases
  std::uint32_t function = 0; ///< index into Profile::functions
  std::uint64_t instructions = 0;
  std::uint64_t spinning = 0; ///< of these, the ones in delay loops
  std::uint64_t runs = 0;     ///< of its blocks: stretches of code without a branch

  bool operator==(const ProfileRow &) const = default;
};

/// Every instruction that a launch executed. The rows add up to it, over phases and over functions.
struct LaunchProfile {
  std::uint64_t instructions = 0;
  std::vector<ProfileRow> rows; ///< by phase, then by function; none of nothing

  bool operator==(const LaunchProfile &) const = default;
};

/// Launches of one subject in which every instruction is booked by phase, object and function.
struct Profile {
  std::map<std::string, std::string> environment; ///< of the first launch: qemu, kernel, …
  std::vector<std::string> phases;                ///< ids, in the order of the boot
  std::vector<ProfileFunction> functions;
  std::vector<LaunchProfile> launches;
};

/// Adds the launch of a profile to another one.
void add_launches(Profile &to, const Profile &from);

/// Instructions of a row, as a mean over launches.
struct MeanRow {
  std::uint32_t phase = 0, function = 0;
  double instructions = 0, spinning = 0, runs = 0;
};

/// The mean over all launches; a launch without the row counts as 0. By phase, then function.
std::vector<MeanRow> mean_rows(const Profile &profile);

/// The mean of all phases together, longest first.
std::vector<MeanRow> mean_functions(const Profile &profile);

double mean_instructions(const Profile &profile);

/// The values of a table by index; a new one is added to it. The table has to outlive it.
template <class Value>
class Indexes {
public:
  explicit Indexes(std::vector<Value> &values) : values_(values) {
    for (std::uint32_t i = 0; i < values.size(); ++i) {
      index_.emplace(values[i], i);
    }
  }

  std::uint32_t of(const Value &value) {
    const auto [entry, added] = index_.emplace(value, static_cast<std::uint32_t>(values_.size()));
    if (added) {
      values_.push_back(value);
    }
    return entry->second;
  }

private:
  std::vector<Value> &values_;
  std::map<Value, std::uint32_t> index_;
};

} // namespace bootperf
