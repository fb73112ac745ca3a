#include "report/launch/phase_rows.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace bootperf {
namespace {

/// One launch's share in a row.
struct Part {
  double start = 0, end = 0, wall = 0, self = 0, instructions = 0;
  std::array<double, stall_keys.size()> stalls = {};
  std::array<bool, stall_keys.size()> lacks_stall = {};
  bool counted = true, unfinished = false;
  std::size_t members = 0;
};

struct Member {
  std::string name;
  double wall = 0;
  std::size_t launches = 0;
};

/// A row while launches are still being added to it.
struct Gathered {
  PhaseRow row;
  std::string parent;
  double place = 0; ///< where a phase without a time stands among the others
  std::vector<Part> parts;
  std::size_t last_launch = 0; ///< counted from 1, the launch of the last part
  std::unordered_map<std::string, Member> members;
};

/// Rows by id, in the order they were first seen.
struct Gathering {
  std::vector<Gathered> rows;
  std::unordered_map<std::string, std::size_t> index;
};

std::string first_word(const std::string &name) {
  return name.substr(0, name.find(' '));
}

Gathered &row_of(Gathering &all, const std::string &id) {
  const auto [found, is_new] = all.index.try_emplace(id, all.rows.size());
  if (is_new)
    all.rows.emplace_back();
  return all.rows[found->second];
}

void add(Gathered &row, const Phase &phase, std::size_t launch) {
  const auto start = static_cast<double>(phase.start_ns);
  const double end = start + static_cast<double>(phase.wall_ns);
  if (row.last_launch != launch) {
    row.parts.emplace_back();
    row.parts.back().start = start;
    row.last_launch = launch;
  }
  Part &part = row.parts.back();
  part.start = std::min(part.start, start);
  part.end = std::max(part.end, end);
  part.wall += static_cast<double>(phase.wall_ns);
  part.self += static_cast<double>(phase.self_ns);
  part.instructions += static_cast<double>(phase.instructions.value_or(0));
  part.counted = part.counted && phase.instructions.has_value();
  for (std::size_t i = 0; i < stall_keys.size(); ++i) {
    const auto &value = phase.stalls.*stall_keys[i].value;
    part.stalls[i] += static_cast<double>(value.value_or(0));
    part.lacks_stall[i] = part.lacks_stall[i] || !value;
  }
  part.unfinished = part.unfinished || phase.unfinished;
  ++part.members;
}

void add_tree(Gathering &all, const PhaseTree &tree, std::size_t launch, Repeats repeats) {
  // The id of the row a phase went into; folded also for all that lies below a folded phase.
  std::vector<std::string> row_ids(tree.phases.size());
  std::vector<bool> inside_folded(tree.phases.size(), false);
  double place = 0;
  for (std::size_t i = 0; i < tree.phases.size(); ++i) {
    const Phase &phase = tree.phases[i];
    const bool has_parent = phase.parent.has_value() && *phase.parent < i;
    if (has_parent && inside_folded[*phase.parent]) {
      inside_folded[i] = true;
      continue;
    }
    const std::string parent = has_parent ? row_ids[*phase.parent] : "";
    const bool fold = repeats == Repeats::folded && phase.repeated && !phase.other;
    const std::string word = first_word(phase.name);
    const std::string id =
        !fold ? phase.id : parent + " > " + word + (phase.overlaps ? " (overlapping)" : "");
    row_ids[i] = id;
    inside_folded[i] = fold;
    Gathered &row = row_of(all, id);
    row.row.id = id;
    row.row.name = fold ? word : phase.name;
    row.row.other = phase.other;
    row.row.overlaps = phase.overlaps;
    row.row.repeated = phase.repeated;
    row.parent = parent;
    if (!phase.timed()) {
      row.place = place;
      continue;
    }
    place = static_cast<double>(phase.start_ns);
    add(row, phase, launch);
    if (fold) {
      Member &member = row.members[phase.id];
      member.name = phase.name;
      member.wall += static_cast<double>(phase.wall_ns);
      ++member.launches;
    }
  }
}

template <class Value>
Summary summary(const std::vector<Part> &parts, Value Part::*value) {
  std::vector<double> values;
  for (const Part &part : parts)
    values.push_back(part.*value);
  return summarise(values);
}

std::optional<Summary> stall_summary(const std::vector<Part> &parts, std::size_t key) {
  std::vector<double> values;
  for (const Part &part : parts) {
    if (part.lacks_stall[key])
      return std::nullopt;
    values.push_back(part.stalls[key]);
  }
  return summarise(values);
}

PhaseRow finished(Gathered gathered) {
  PhaseRow row = std::move(gathered.row);
  const std::vector<Part> &parts = gathered.parts;
  row.start_ns = parts.empty() ? gathered.place : summary(parts, &Part::start).mean;
  row.end_ns = parts.empty() ? gathered.place : summary(parts, &Part::end).mean;
  row.wall = summary(parts, &Part::wall);
  row.self = summary(parts, &Part::self);
  if (!parts.empty() &&
      std::all_of(parts.begin(), parts.end(), [](const Part &part) { return part.counted; }))
    row.instructions = summary(parts, &Part::instructions);
  for (std::size_t i = 0; i < stall_keys.size(); ++i)
    row.stalls[i] = stall_summary(parts, i);
  row.unfinished = static_cast<std::size_t>(
      std::count_if(parts.begin(), parts.end(), [](const Part &part) { return part.unfinished; }));
  if (gathered.members.empty())
    return row;
  const auto [fewest, most] =
      std::minmax_element(parts.begin(), parts.end(), [](const Part &left, const Part &right) {
        return left.members < right.members;
      });
  row.fewest = fewest->members;
  row.most = most->members;
  for (const auto &[id, member] : gathered.members) {
    const double mean = member.wall / static_cast<double>(member.launches);
    // Of two equally long ones the first by name, so that the output is always the same.
    if (mean > row.longest_ns || row.longest.empty() ||
        (mean == row.longest_ns && member.name < row.longest)) {
      row.longest = member.name;
      row.longest_ns = mean;
    }
  }
  return row;
}

using RowsByParent = std::unordered_map<std::string, std::vector<std::size_t>>;

/// Where a walk is to go on.
struct Step {
  std::size_t row = 0;
  std::optional<std::size_t> parent; ///< among the rows already in order
};

// Not recursive: how deep a file's phases nest is not for it to decide.
std::vector<PhaseRow> walk(const RowsByParent &children, std::vector<PhaseRow> rows) {
  std::vector<PhaseRow> ordered;
  std::vector<Step> steps;
  const auto push_children = [&](const std::string &id, std::optional<std::size_t> parent) {
    const auto found = children.find(id);
    if (found == children.end())
      return;
    for (auto child = found->second.rbegin(); child != found->second.rend(); ++child)
      steps.push_back({*child, parent});
  };
  push_children("", std::nullopt);
  while (!steps.empty()) {
    const Step step = steps.back();
    steps.pop_back();
    PhaseRow &row = ordered.emplace_back(std::move(rows[step.row]));
    row.parent = step.parent;
    row.depth = step.parent ? ordered[*step.parent].depth + 1 : 0;
    push_children(std::string(row.id), ordered.size() - 1);
  }
  return ordered;
}

} // namespace

std::vector<PhaseRow> phase_rows(const std::vector<const PhaseTree *> &trees, Repeats repeats) {
  Gathering all;
  for (std::size_t i = 0; i < trees.size(); ++i)
    add_tree(all, *trees[i], i + 1, repeats);

  RowsByParent children;
  std::vector<PhaseRow> rows;
  for (Gathered &gathered : all.rows) {
    // A phase that names itself as its parent would be walked for ever.
    if (gathered.row.id.empty() || gathered.parent == gathered.row.id)
      continue;
    children[gathered.parent].push_back(rows.size());
    rows.push_back(finished(std::move(gathered)));
  }
  for (auto &[parent, indices] : children) {
    std::stable_sort(indices.begin(), indices.end(), [&rows](std::size_t left, std::size_t right) {
      if (rows[left].other != rows[right].other)
        return rows[right].other;
      return rows[left].start_ns < rows[right].start_ns;
    });
  }
  return walk(children, std::move(rows));
}

} // namespace bootperf
