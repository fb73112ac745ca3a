#include "phases/pairing.h"

#include <unordered_map>

namespace bootperf {

namespace {

/// Deeper ones become siblings: ids are paths, which must not grow without bound.
constexpr std::size_t max_nesting = 8;

std::string value_of(const Captures &captures, const std::string &group) {
  const auto value = captures.find(group);
  return value == captures.end() ? std::string() : value->second;
}

/// The open beginnings of one key, the latest last.
using Open = std::unordered_map<std::string, std::vector<std::size_t>>;

/// Takes the latest that is still open. Those closed through the other map are passed over once.
std::optional<std::size_t> take_latest(Open &open, const std::string &key,
                                       const std::vector<Pair> &pairs) {
  const auto found = open.find(key);
  if (found == open.end())
    return std::nullopt;
  std::vector<std::size_t> &stack = found->second;
  while (!stack.empty() && pairs[stack.back()].end)
    stack.pop_back();
  if (stack.empty())
    return std::nullopt;
  return stack.back();
}

std::string with_thread(const std::string &key, const std::string &thread) {
  return key + '\0' + thread;
}

/// Finds for every pair the one of its thread that it lies in.
void nest(std::vector<Pair> &pairs) {
  std::unordered_map<std::string, std::vector<std::size_t>> around;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    Pair &pair = pairs[i];
    if (!pair.end)
      continue;
    std::vector<std::size_t> &stack = around[pair.thread];
    while (!stack.empty() && *pairs[stack.back()].end <= pair.begin)
      stack.pop_back();
    if (!stack.empty() && *pairs[stack.back()].end >= *pair.end)
      pair.around = stack.back();
    if (stack.size() < max_nesting && (stack.empty() || pair.around))
      stack.push_back(i);
  }
}

} // namespace

std::vector<Pair> find_pairs(const PairingInput &input) {
  const Rule &rule = input.rule;
  std::vector<Pair> pairs;
  Open by_key, by_thread;
  const auto begin = [&](const Occurrence &occurrence) {
    Pair pair;
    pair.begin = occurrence.at;
    pair.captures = input.matcher.captures(occurrence.pattern, input.lines[occurrence.at - 1].text);
    pair.thread = value_of(pair.captures, rule.pair_thread);
    const std::string key = value_of(pair.captures, rule.pair_key);
    by_key[key].push_back(pairs.size());
    by_thread[with_thread(key, pair.thread)].push_back(pairs.size());
    pairs.push_back(std::move(pair));
  };
  const auto end = [&](const Occurrence &occurrence) {
    const Captures captures =
        input.matcher.captures(occurrence.pattern, input.lines[occurrence.at - 1].text);
    const std::string key = value_of(captures, rule.pair_key);
    const std::string thread = value_of(captures, rule.pair_thread);
    const auto open = thread.empty() ? take_latest(by_key, key, pairs)
                                     : take_latest(by_thread, with_thread(key, thread), pairs);
    if (open)
      pairs[*open].end = occurrence.at;
  };
  auto next_begin = input.begins.begin();
  auto next_end = input.ends.begin();
  while (next_begin != input.begins.end() || next_end != input.ends.end())
    if (next_end == input.ends.end() ||
        (next_begin != input.begins.end() && next_begin->at <= next_end->at))
      begin(*next_begin++);
    else
      end(*next_end++);
  nest(pairs);
  return pairs;
}

} // namespace bootperf
