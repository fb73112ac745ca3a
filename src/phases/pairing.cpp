#include "phases/pairing.h"

#include <algorithm>
#include <unordered_map>

namespace bootperf {

namespace {

/// Deeper ones become siblings: ids are paths, which must not grow without bound.
constexpr std::size_t max_nesting = 8;

/// What joins an end to its beginning. The views are of the lines.
struct Mark {
  Position at = 0;
  std::string_view key, thread;
};

/// The beginnings that are still open, the latest last.
class OpenPairs {
public:
  void add(std::string key, std::size_t pair) { open_[std::move(key)].push_back(pair); }

  /// The latest with this key. Those that were closed by way of another key are dropped here.
  std::optional<std::size_t> take(const std::string &key, const std::vector<Pair> &pairs) {
    const auto found = open_.find(key);
    if (found == open_.end())
      return std::nullopt;
    std::vector<std::size_t> &stack = found->second;
    while (!stack.empty() && pairs[stack.back()].end)
      stack.pop_back();
    std::optional<std::size_t> latest;
    if (!stack.empty()) {
      latest = stack.back();
      stack.pop_back();
    }
    if (stack.empty())
      open_.erase(found);
    return latest;
  }

private:
  std::unordered_map<std::string, std::vector<std::size_t>> open_;
};

std::string joined(const Mark &mark) {
  std::string key(mark.key);
  key += '\0';
  key += mark.thread;
  return key;
}

/// Finds for every pair the one of its thread that it lies in.
void nest(std::vector<Pair> &pairs) {
  std::unordered_map<std::string_view, std::vector<std::size_t>> around;
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

class Pairing {
public:
  explicit Pairing(const PairingInput &input) : in_(input) {
    ends_.reserve(in_.ends.size());
    for (const Occurrence &occurrence : in_.ends)
      ends_.push_back(mark(occurrence, captures(occurrence)));
    ends_name_threads_ = std::any_of(ends_.begin(), ends_.end(),
                                     [](const Mark &end) { return !end.thread.empty(); });
  }

  std::vector<Pair> find() {
    pairs_.reserve(in_.begins.size());
    auto next_begin = in_.begins.begin();
    auto next_end = ends_.begin();
    while (next_begin != in_.begins.end() || next_end != ends_.end())
      if (next_end == ends_.end() ||
          (next_begin != in_.begins.end() && next_begin->at <= next_end->at))
        begin(*next_begin++);
      else
        end(*next_end++);
    nest(pairs_);
    return std::move(pairs_);
  }

private:
  Captures captures(const Occurrence &occurrence) const {
    return in_.matcher.captures(occurrence.pattern, in_.lines[occurrence.at - 1].text);
  }

  Mark mark(const Occurrence &occurrence, const Captures &captures) const {
    return {occurrence.at, value_of(captures, in_.rule.pair_key),
            value_of(captures, in_.rule.pair_thread)};
  }

  void begin(const Occurrence &occurrence) {
    const Captures caught = captures(occurrence);
    const Mark begun = mark(occurrence, caught);
    by_key_.add(std::string(begun.key), pairs_.size());
    if (ends_name_threads_)
      by_thread_.add(joined(begun), pairs_.size());
    Pair pair;
    pair.begin = begun.at;
    pair.thread = begun.thread;
    pair.label = fill_label(in_.rule.label, caught);
    pairs_.push_back(std::move(pair));
  }

  void end(const Mark &ended) {
    const auto open = ended.thread.empty() ? by_key_.take(std::string(ended.key), pairs_)
                                           : by_thread_.take(joined(ended), pairs_);
    if (open)
      pairs_[*open].end = ended.at;
  }

  const PairingInput &in_;
  std::vector<Mark> ends_;
  bool ends_name_threads_ = false;
  std::vector<Pair> pairs_;
  OpenPairs by_key_, by_thread_;
};

} // namespace

std::vector<Pair> find_pairs(const PairingInput &input) {
  return Pairing(input).find();
}

} // namespace bootperf
