#include "profile/profile_json.h"

#include <array>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/document_kind.h"
#include "base/gzip.h"
#include "base/json_fields.h"
#include "base/strict_json.h"

namespace bootperf {

namespace {

constexpr std::int64_t version = 1;
constexpr std::size_t largest_file = 1u << 30;
// Up to here counts and their sums are exact as numbers of floating point, which means are.
constexpr std::uint64_t most_instructions = std::uint64_t{1} << 53U;

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
  Result<Profile> read(const JsonDocument &document) {
    JsonFields fields(document.root(), problem_);
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
      return tl::unexpected(document.error(*problem_));
    }
    return std::move(profile_);
  }

private:
  void read_functions(JsonFields &fields) {
    for (const JsonValue function : fields.array("functions")) {
      std::vector<std::string> names;
      if (function.is_array() && function.size() == 2) {
        for (const JsonValue name : function) {
          if (name.is_string()) {
            names.emplace_back(name.text());
          }
        }
      }
      if (names.size() != 2) {
        reject(function, "expected [OBJECT, NAME], two texts");
        return;
      }
      profile_.functions.push_back({names[0], names[1]});
    }
  }

  void read_launches(JsonFields &fields) {
    if (problem_) {
      return;
    }
    for (const JsonValue value : fields.array("launches")) {
      if (problem_) {
        return;
      }
      JsonFields launch_fields(value, problem_);
      LaunchProfile launch;
      launch_fields.required("instructions", launch.instructions);
      std::uint64_t sum = 0;
      for (const JsonValue row : launch_fields.array("rows")) {
        if (!read_row(row, launch)) {
          reject(row, "expected [PHASE, FUNCTION, INSTRUCTIONS, SPINNING, RUNS], five numbers, the "
                      "first two of them indexes, and no more spinning than instructions");
          return;
        }
        sum += launch.rows.back().instructions;
        if (sum > most_instructions) {
          reject(row,
                 fmt::format("expected a launch of at most {} instructions", most_instructions));
          return;
        }
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

  bool read_row(JsonValue row, LaunchProfile &launch) const {
    if (!row.is_array() || row.size() != 5) {
      return false;
    }
    std::array<std::uint64_t, 5> numbers{};
    std::size_t read = 0;
    for (const JsonValue number : row) {
      if (number.kind() != JsonValue::Kind::whole) {
        return false;
      }
      numbers.at(read++) = number.whole();
    }
    const auto [phase, function, instructions, spinning, runs] = numbers;
    if (phase >= profile_.phases.size() || function >= profile_.functions.size() ||
        instructions > most_instructions || spinning > instructions) {
      return false;
    }
    launch.rows.push_back({static_cast<std::uint32_t>(phase), static_cast<std::uint32_t>(function),
                           instructions, spinning, runs});
    return true;
  }

  void reject(JsonValue at, std::string message) {
    if (!problem_) {
      problem_ = JsonProblem{at, {}, std::move(message)};
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
  if (const std::string kind = document_kind(document->root());
      !kind.empty() && !document->root().find("bootperf_profile")) {
    return fail(ErrorKind::input, "expected a profile; this is " + kind, {name, 1, 0});
  }
  return ProfileReader().read(*document);
}

Result<Profile> read_profile(const std::filesystem::path &path) {
  return read_packed_file(path, largest_file).and_then([&](const std::string &text) {
    return parse_profile(text, path.string());
  });
}

} // namespace bootperf
