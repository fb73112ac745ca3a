#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "report/profile/formats.h"
#include "report/text/paint.h"
#include "report/text/table.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

constexpr std::size_t most_objects = 12;
constexpr std::size_t most_phases = 15;
constexpr std::size_t most_in_phase = 4;
constexpr std::size_t widest_phase = 60;

/// A table of counts and shares, the longest first.
class CountTable {
public:
  CountTable(double all, const TextStyle &style) : all_(all), style_(style) {
    table_.fit = {{}, {.leaves = 1}, {.leaves = 3}, {.least = 20}, {.leaves = 2}};
  }

  void head(const std::string &what, const std::string &beside = "") {
    table_.add({"instructions", "share", "spinning", what, beside}, Colour::bold);
  }
  void row(const MeanRow &counts, const std::string &what, const std::string &beside = "",
           Colour colour = Colour::plain) {
    table_.add({pad_left(count_text(counts.instructions), 12),
                pad_left(percent_text(counts.instructions / all_), 7),
                counts.spinning > 0 ? pad_left(count_text(counts.spinning), 8) : "", what, beside},
               colour);
  }
  /// What the rows behind those shown come to together; nothing when all are shown.
  void others(const MeanRow &rest, std::size_t rows, std::size_t shown) {
    if (rows > shown)
      row(rest, fmt::format("all others ({})", rows - shown), "", Colour::faint);
  }
  std::string text() const { return table_text(table_, style_); }

private:
  double all_;
  const TextStyle &style_;
  Table table_;
};

void add(MeanRow &to, const MeanRow &from) {
  to.instructions += from.instructions;
  to.spinning += from.spinning;
}

template <class Row>
void sort_longest(std::vector<Row> &rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const Row &a, const Row &b) {
    return a.first.instructions > b.first.instructions;
  });
}

std::string title(const Profile &profile, const std::vector<MeanRow> &functions, double all) {
  double spinning = 0;
  for (const MeanRow &row : functions)
    spinning += row.spinning;
  std::string text = fmt::format("profile of {}: {} instructions, {} of them spinning\n",
                                 launches_text(profile.launches.size()), count_text(all),
                                 percent_text(spinning / all));
  std::string of;
  for (const char *key : {"libguestfs", "qemu", "kernel", "os"})
    if (const auto found = profile.environment.find(key); found != profile.environment.end())
      of += fmt::format("{}{} {}", of.empty() ? "" : ", ", key, printable(found->second));
  return of.empty() ? text : text + of + "\n";
}

std::string functions_text(const Profile &profile, const std::vector<MeanRow> &functions,
                           std::size_t most, double all, const TextStyle &style) {
  CountTable counts(all, style);
  counts.head("function", "object");
  MeanRow rest;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    const ProfileFunction &function = profile.functions[functions[i].function];
    if (i < most)
      counts.row(functions[i], printable(function.name), short_object(function.object));
    else
      add(rest, functions[i]);
  }
  counts.others(rest, functions.size(), most);
  return counts.text();
}

std::string objects_text(const Profile &profile, const std::vector<MeanRow> &functions, double all,
                         const TextStyle &style) {
  std::map<std::string, MeanRow> sums;
  for (const MeanRow &row : functions)
    add(sums[profile.functions[row.function].object], row);
  std::vector<std::pair<MeanRow, std::string>> objects;
  for (const auto &[object, sum] : sums)
    objects.emplace_back(sum, object);
  sort_longest(objects);
  CountTable counts(all, style);
  counts.head("object");
  MeanRow rest;
  for (std::size_t i = 0; i < objects.size(); ++i)
    if (i < most_objects)
      counts.row(objects[i].first, printable(objects[i].second));
    else
      add(rest, objects[i].first);
  counts.others(rest, objects.size(), most_objects);
  return counts.text();
}

std::string phases_text(const Profile &profile, double all, const TextStyle &style) {
  std::map<std::uint32_t, std::vector<MeanRow>> by_phase;
  for (const MeanRow &row : mean_rows(profile))
    by_phase[row.phase].push_back(row);
  std::vector<std::pair<MeanRow, std::uint32_t>> phases;
  for (const auto &[phase, rows] : by_phase) {
    MeanRow sum;
    for (const MeanRow &row : rows)
      add(sum, row);
    phases.emplace_back(sum, phase);
  }
  sort_longest(phases);
  CountTable counts(all, style);
  counts.head("phase and its longest functions", "object");
  MeanRow rest;
  for (std::size_t i = 0; i < phases.size(); ++i) {
    const auto &[sum, phase] = phases[i];
    if (i >= most_phases) {
      add(rest, sum);
      continue;
    }
    counts.row(sum, short_phase(profile.phases[phase], style, widest_phase), "", Colour::green);
    std::vector<MeanRow> &rows = by_phase[phase];
    const auto shown = std::min(rows.size(), most_in_phase);
    std::partial_sort(
        rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(shown), rows.end(),
        [](const MeanRow &a, const MeanRow &b) { return a.instructions > b.instructions; });
    for (std::size_t j = 0; j < shown; ++j) {
      const ProfileFunction &function = profile.functions[rows[j].function];
      counts.row(rows[j], "  " + printable(function.name), short_object(function.object));
    }
  }
  counts.others(rest, phases.size(), most_phases);
  return counts.text();
}

} // namespace

std::string short_object(const std::string &object) {
  return printable(object.starts_with('/') && object.find(' ') == std::string::npos
                       ? std::filesystem::path(object).filename().string()
                       : object);
}

std::string profile_text(const Profile &profile, std::size_t most, const TextStyle &style) {
  const double all = mean_instructions(profile);
  const std::vector<MeanRow> functions = mean_functions(profile);
  return title(profile, functions, all) + '\n' +
         functions_text(profile, functions, most, all, style) + '\n' +
         objects_text(profile, functions, all, style) + '\n' + phases_text(profile, all, style);
}

} // namespace bootperf
