#include "phases/matcher.h"

#include <algorithm>
#include <array>

#include "phases/pattern.h"

namespace bootperf {

namespace {

/// The automaton's cache; RE2 drops and rebuilds it when it is full.
constexpr std::int64_t automaton_bytes = 64 << 20;

constexpr int max_groups = 16;

} // namespace

Result<Matcher::Pattern> Matcher::add(const Point &point) {
  const auto [entry, is_new] =
      index_.emplace(std::make_pair(point.source, point.pattern), patterns_.size());
  if (!is_new)
    return entry->second;
  PerSource &source = sources_[point.source];
  if (point.pattern.empty()) {
    source.any.push_back(patterns_.size());
    patterns_.push_back({});
    return entry->second;
  }
  auto compiled = compile_pattern(point.pattern, point.where);
  if (!compiled)
    return tl::unexpected<Error>(compiled.error());
  if (!source.set) {
    RE2::Options options = pattern_options();
    options.set_max_mem(automaton_bytes);
    source.set = std::make_unique<RE2::Set>(options, RE2::UNANCHORED);
  }
  source.set->Add(point.pattern, nullptr);
  source.patterns.push_back(patterns_.size());
  Single single;
  for (const auto &[name, number] : (*compiled)->NamedCapturingGroups())
    if (number < max_groups)
      single.groups.emplace_back(name, static_cast<std::size_t>(number));
  single.compiled = std::move(*compiled);
  patterns_.push_back(std::move(single));
  return entry->second;
}

Result<void> Matcher::compile(const std::string &file) {
  for (auto &[source, per_source] : sources_)
    if (per_source.set && !per_source.set->Compile())
      return fail(ErrorKind::input, "expected smaller patterns: together they need too much memory",
                  {file, 0, 0});
  return {};
}

std::vector<std::vector<Position>> Matcher::scan(const std::vector<Line> &lines) const {
  std::vector<std::vector<Position>> hits(patterns_.size());
  std::vector<int> found;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto source = sources_.find(lines[i].source);
    if (source == sources_.end())
      continue;
    const PerSource &per_source = source->second;
    for (const Pattern pattern : per_source.any)
      hits[pattern].push_back(i + 1);
    if (!per_source.set)
      continue;
    RE2::Set::ErrorInfo error{};
    if (per_source.set->Match(lines[i].text, &found, &error)) {
      for (const int index : found)
        hits[per_source.patterns[static_cast<std::size_t>(index)]].push_back(i + 1);
    } else if (error.kind != RE2::Set::kNoError) {
      // The automaton ran out of memory on this line: one pattern after the other does not.
      for (const Pattern pattern : per_source.patterns)
        if (RE2::PartialMatch(lines[i].text, *patterns_[pattern].compiled))
          hits[pattern].push_back(i + 1);
    }
  }
  return hits;
}

Captures Matcher::captures(Pattern pattern, std::string_view line) const {
  Captures captures;
  const Single &single = patterns_[pattern];
  if (single.groups.empty())
    return captures;
  std::array<re2::StringPiece, max_groups> groups;
  const int count = std::min(single.compiled->NumberOfCapturingGroups() + 1, max_groups);
  const re2::StringPiece text(line.data(), line.size());
  if (!single.compiled->Match(text, 0, line.size(), RE2::UNANCHORED, groups.data(), count))
    return captures;
  for (const auto &[name, number] : single.groups)
    if (groups[number].data())
      captures.emplace_back(name, std::string_view(groups[number].data(), groups[number].size()));
  return captures;
}

} // namespace bootperf
