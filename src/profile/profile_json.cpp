#include "profile/profile_json.h"

#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/gzip.h"
#include "base/strict_json.h"

namespace bootperf {

namespace {

constexpr std::int64_t version = 1;
constexpr std::size_t largest_file = 1u << 30;

std::string quoted(const std::string &text) {
  return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

/// Elements as text, separated by commas, each on a line of its own.
template <class Range, class Text>
std::string lines_of(const Range &range, Text &&text) {
  std::string all;
  for (const auto &element : range) {
    all += (all.empty() ? "\n" : ",\n") + text(element);
  }
  return all;
}

class ProfileReader {
public:
  Result<Profile> read(const nlohmann::json &document, std::string_view text,
                       const std::string &name) {
    JsonFields fields(document, {}, problem_);
    std::int64_t found = 0;
    fields.required("bootperf_profile", found);
    if (!problem_ && found != version) {
      fields.reject("bootperf_profile", fmt::format("expected version {}", version));
    }
    fields.required("environment", profile_.environment);
    fields.required("phases", profile_.phases);
    read_functions(fields);
    read_launches(fields);
    fields.finish();
    if (problem_) {
      return tl::unexpected(to_error(*problem_, text, name));
    }
    return std::move(profile_);
  }

private:
  void read_functions(JsonFields &fields) {
    for (const auto &function : fields.array("functions")) {
      if (!function.is_array() || function.size() != 2 || !function[0].is_string() ||
          !function[1].is_string()) {
        reject(fields, "functions", profile_.functions.size(),
               "expected [OBJECT, NAME], two texts");
        return;
      }
      profile_.functions.push_back(
          {function[0].get<std::string>(), function[1].get<std::string>()});
    }
  }

  void read_launches(JsonFields &fields) {
    if (problem_) {
      return;
    }
    const auto &launches = fields.array("launches");
    for (std::size_t i = 0; i < launches.size() && !problem_; ++i) {
      JsonPath path = fields.path_of("launches");
      path.push_back(std::to_string(i));
      JsonFields launch_fields(launches[i], path, problem_);
      LaunchProfile launch;
      launch_fields.required("instructions", launch.instructions);
      std::uint64_t sum = 0;
      for (const auto &row : launch_fields.array("rows")) {
        if (!read_row(row, launch)) {
          reject(launch_fields, "rows", launch.rows.size(),
                 "expected [PHASE, FUNCTION, INSTRUCTIONS, SPINNING, RUNS], five numbers, the "
                 "first two of them indexes");
          return;
        }
        sum += launch.rows.back().instructions;
      }
      if (!problem_ && sum != launch.instructions) {
        launch_fields.reject("instructions",
                             fmt::format("the rows add up to {}, not to this", sum));
      }
      launch_fields.finish();
      profile_.launches.push_back(std::move(launch));
    }
    if (!problem_ && profile_.launches.empty()) {
      fields.reject("launches", "expected at least one launch");
    }
  }

  bool read_row(const nlohmann::json &row, LaunchProfile &launch) const {
    if (!row.is_array() || row.size() != 5) {
      return false;
    }
    for (const auto &number : row) {
      if (!number.is_number_unsigned()) {
        return false;
      }
    }
    const auto phase = row[0].get<std::uint64_t>(), function = row[1].get<std::uint64_t>();
    if (phase >= profile_.phases.size() || function >= profile_.functions.size()) {
      return false;
    }
    launch.rows.push_back({static_cast<std::uint32_t>(phase), static_cast<std::uint32_t>(function),
                           row[2].get<std::uint64_t>(), row[3].get<std::uint64_t>(),
                           row[4].get<std::uint64_t>()});
    return true;
  }

  void reject(JsonFields &fields, const char *key, std::size_t index, std::string message) {
    if (!problem_) {
      JsonPath path = fields.path_of(key);
      path.push_back(std::to_string(index));
      problem_ = JsonProblem{std::move(path), std::move(message)};
    }
  }

  Profile profile_;
  std::optional<JsonProblem> problem_;
};

} // namespace

std::string profile_json(const Profile &profile) {
  const auto environment = nlohmann::json(profile.environment)
                               .dump(1, ' ', true, nlohmann::json::error_handler_t::replace);
  const auto launches = lines_of(profile.launches, [](const LaunchProfile &launch) {
    return fmt::format("{{\"instructions\": {}, \"rows\": [{}]}}", launch.instructions,
                       lines_of(launch.rows, [](const ProfileRow &row) {
                         return fmt::format("[{},{},{},{},{}]", row.phase, row.function,
                                            row.instructions, row.spinning, row.runs);
                       }));
  });
  return fmt::format("{{\"bootperf_profile\": {},\n\"environment\": {},\n\"phases\": "
                     "[{}],\n\"functions\": [{}],\n\"launches\": [{}]}}\n",
                     version, environment, lines_of(profile.phases, quoted),
                     lines_of(profile.functions,
                              [](const ProfileFunction &function) {
                                return fmt::format("[{},{}]", quoted(function.object),
                                                   quoted(function.name));
                              }),
                     launches);
}

Result<Profile> parse_profile(std::string_view json, const std::string &name) {
  const auto document = parse_json(json, name);
  if (!document) {
    return tl::unexpected(document.error());
  }
  return ProfileReader().read(*document, json, name);
}

Result<Profile> read_profile(const std::filesystem::path &path) {
  return read_packed_file(path, largest_file).and_then([&](const std::string &text) {
    return parse_profile(text, path.string());
  });
}

} // namespace bootperf
