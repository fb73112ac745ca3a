#include "verdict/policy/policy.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/files.h"
#include "base/strict_yaml.h"
#include "base/text.h"
#include "capture/log/mode.h"
#include "session/class_keys.h"
#include "session/scenario_name.h"

namespace bootperf {
namespace {

using Problem = std::optional<Error>;

constexpr std::size_t max_policy_bytes = std::size_t{1} << 20;
constexpr double most_launches = 1000;

std::optional<double> percent(std::string_view unit) {
  return unit == "%" ? std::optional(0.01) : std::nullopt;
}

std::optional<double> time_unit(std::string_view unit) {
  if (unit == "ns")
    return 1;
  if (unit == "us")
    return 1e3;
  if (unit == "ms")
    return 1e6;
  if (unit == "s")
    return 1e9;
  return std::nullopt;
}

std::optional<double> count_unit(std::string_view unit) {
  if (unit == "k")
    return 1e3;
  if (unit == "M")
    return 1e6;
  if (unit == "G")
    return 1e9;
  return std::nullopt;
}

NumberFormat share(std::string what, double most) {
  return {std::move(what), 0, most, percent};
}

/// How the gates of one list are written.
struct GateFormat {
  NumberFormat floor;
  bool waiting = false; ///< a floor and nothing else: a phase may wait for nothing at all
};

GateFormat wall_format() {
  return {{"a floor of 0 or more, in ns or with a unit, as 20 ms", 0, 1e15, time_unit}};
}

GateFormat instruction_format() {
  return {{"a floor of 0 or more, in instructions, as 200000 or 200 k", 0, 1e15, count_unit}};
}

GateFormat waiting_format() {
  return {{"a floor above 0, in ns or with a unit, as 100 ms", 1, 1e15, time_unit}, true};
}

double error_rate(const YamlNode &node, Problem &error) {
  const double value =
      read_number(node, share("an error rate above 0 and at most 0.5", 0.5), error);
  if (value <= 0)
    reject(error, node, "expected an error rate above 0 and at most 0.5");
  return value;
}

int launches(const YamlNode &node, Problem &error) {
  const NumberFormat format{"a whole number of launches, 1 to 1000", 1, most_launches};
  const double value = read_number(node, format, error);
  if (value != static_cast<int>(value))
    reject(error, node, "expected " + format.expected);
  return static_cast<int>(value);
}

std::vector<std::string> modes(const YamlNode &node, Problem &error) {
  std::vector<std::string> result = read_text_list(node, error);
  for (std::size_t i = 0; i < result.size() && !error; ++i)
    if (!mode_from_text(result[i]))
      reject(error, node.items[i],
             fmt::format("expected a mode (quiet, traced, counted, initcalls), found \"{}\"",
                         result[i]));
  if (result.empty())
    reject(error, node, "expected at least one mode; without the key a gate is for every mode");
  return result;
}

/// Refuses what is no scenario's name, and one that is there twice.
void check_scenarios(const YamlNode &node, const std::vector<std::string> &names, Problem &error) {
  for (std::size_t i = 0; i < names.size() && !error; ++i) {
    if (!is_scenario_name(names[i]))
      reject(error, node.items[i],
             fmt::format("expected a scenario, as Launch/counted, found \"{}\"; "
                         "`boot_benchmarks --benchmark_list_tests` lists them",
                         printable(names[i])));
    if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
        names.begin() + static_cast<std::ptrdiff_t>(i))
      reject(error, node.items[i], fmt::format("duplicate scenario \"{}\"", names[i]));
  }
}

std::vector<std::string> gated_scenarios(const YamlNode &node, Problem &error) {
  std::vector<std::string> names = read_text_list(node, error);
  if (names.empty())
    reject(error, node, "expected at least one scenario; without the key a gate is for every one");
  check_scenarios(node, names, error);
  return names;
}

Gate gate(const YamlNode &node, const GateFormat &format, Problem &error) {
  Gate result;
  result.where = node.where;
  result.waiting = format.waiting;
  YamlMap map(node, "a gate", error);
  if (const YamlNode *phase = map.find("phase", true))
    result.phase = read_text(*phase, error);
  if (format.waiting)
    result.tolerance = 0;
  else if (const YamlNode *tolerance = map.find("tolerance", true))
    result.tolerance = read_number(
        *tolerance, share("a tolerance of 0 to 10, as a ratio (0.05) or in percent (5 %)", 10),
        error);
  if (const YamlNode *floor = map.find("floor", format.waiting))
    result.floor = read_number(*floor, format.floor, error);
  if (const YamlNode *list = map.find("modes"))
    result.modes = modes(*list, error);
  if (const YamlNode *list = map.find("scenarios"))
    result.scenarios = gated_scenarios(*list, error);
  map.finish();
  return result;
}

/// Of two lists of which none stands for all.
bool have_one_in_common(const std::vector<std::string> &one,
                        const std::vector<std::string> &other) {
  return one.empty() || other.empty() || std::ranges::any_of(one, [&](const std::string &each) {
           return std::ranges::find(other, each) != other.end();
         });
}

/// Whether two gates could be for one launch.
bool share_launches(const Gate &one, const Gate &other) {
  return have_one_in_common(one.modes, other.modes) &&
         have_one_in_common(one.scenarios, other.scenarios);
}

std::vector<Gate> gates(const YamlNode &node, const GateFormat &format, Problem &error) {
  std::vector<Gate> result;
  if (node.kind != YamlNode::Kind::sequence)
    reject(error, node, fmt::format("expected a list of gates, found {}", kind_text(node)));
  for (const YamlNode &item : node.items) {
    Gate next = gate(item, format, error);
    for (const Gate &earlier : result)
      if (earlier.phase == next.phase && share_launches(earlier, next))
        reject(error, item, fmt::format("the phase \"{}\" is gated twice", next.phase));
    result.push_back(std::move(next));
  }
  return result;
}

void read_subject(const YamlNode &node, Policy &policy, Problem &error) {
  policy.subject = read_text_list(node, error);
  for (std::size_t i = 0; i < policy.subject.size() && !error; ++i)
    if (std::ranges::find(subject_components(), policy.subject[i]) == subject_components().end())
      reject(error, node.items[i],
             fmt::format("unknown component \"{}\"; expected one of {}", policy.subject[i],
                         fmt::join(subject_components(), ", ")));
}

void read_scenarios(const YamlNode &node, Policy &policy, Problem &error) {
  const std::vector<std::string> names = read_text_list(node, error);
  if (names.empty())
    reject(error, node,
           "expected at least one scenario: a gate that launches nothing judges nothing");
  check_scenarios(node, names, error);
  policy.scenarios = names;
}

void read_launches(const YamlNode &node, Policy &policy, Problem &error) {
  YamlMap map(node, "launches", error);
  if (const YamlNode *wall = map.find("wall"))
    policy.launches = launches(*wall, error);
  if (const YamlNode *counted = map.find("counted"))
    policy.counted_launches = launches(*counted, error);
  if (const YamlNode *most = map.find("counted_most"))
    policy.counted_most = launches(*most, error);
  if (const YamlNode *compare = map.find("compare"))
    policy.compare_launches = launches(*compare, error);
  if (policy.counted_most < policy.counted_launches)
    reject(error, node, "expected counted_most to be at least counted");
  map.finish();
}

/// A list of gates under a metric's key, and where it goes.
struct GateList {
  const char *key;
  GateFormat format;
  std::vector<Gate> &gates;
};

void read_gates(const YamlNode &node, const char *what, const std::vector<GateList> &lists,
                Problem &error) {
  YamlMap metrics(node, what, error);
  for (const GateList &each : lists)
    if (const YamlNode *list = metrics.find(each.key))
      each.gates = gates(*list, each.format, error);
  metrics.finish();
}

Policy read_policy(const YamlNode &node, Problem &error) {
  Policy policy;
  YamlMap map(node, "the policy", error);
  if (const YamlNode *alpha = map.find("alpha"))
    policy.alpha = error_rate(*alpha, error);
  if (const YamlNode *alpha = map.find("alpha_faster"))
    policy.alpha_faster = error_rate(*alpha, error);
  if (const YamlNode *failed = map.find("failed_launches"))
    policy.failed_launches =
        read_number(*failed, share("a share of 0 to 1, as 0.2 or 20 %", 1), error);
  if (const YamlNode *subject = map.find("subject"))
    read_subject(*subject, policy, error);
  if (const YamlNode *list = map.find("scenarios"))
    read_scenarios(*list, policy, error);
  if (const YamlNode *counts = map.find("launches"))
    read_launches(*counts, policy, error);
  if (const YamlNode *list = map.find("gates", true))
    read_gates(*list, "gates",
               {{"wall", wall_format(), policy.wall},
                {"instructions", instruction_format(), policy.instructions},
                {"waiting", waiting_format(), policy.waiting}},
               error);
  if (const YamlNode *list = map.find("controls"))
    read_gates(*list, "controls",
               {{"wall", wall_format(), policy.wall_controls},
                {"instructions", instruction_format(), policy.instruction_controls}},
               error);
  map.finish();
  return policy;
}

std::vector<Gate> of_kind(const std::vector<Gate> &gates, const LaunchKind &kind) {
  std::vector<Gate> result;
  for (const Gate &each : gates)
    if (have_one_in_common(each.modes, {kind.mode}) &&
        have_one_in_common(each.scenarios, {kind.scenario}))
      result.push_back(each);
  return result;
}

} // namespace

LookRange Policy::counted_range() const {
  return {static_cast<std::size_t>(counted_launches), static_cast<std::size_t>(counted_most)};
}

std::vector<Gate> Policy::gates(Metric metric, const LaunchKind &kind) const {
  return of_kind(metric == Metric::wall ? wall : instructions, kind);
}

std::vector<Gate> Policy::family(Metric metric, const LaunchKind &kind) const {
  std::vector<Gate> family = gates(metric, kind);
  if (metric == Metric::instructions)
    std::ranges::copy(of_kind(waiting, kind), std::back_inserter(family));
  return family;
}

std::vector<Gate> Policy::controls(Metric metric, const LaunchKind &kind) const {
  return of_kind(metric == Metric::wall ? wall_controls : instruction_controls, kind);
}

GatedPhase gated_phase(const Gate &gate, const std::vector<std::string> &ids) {
  if (std::ranges::find(ids, gate.phase) != ids.end())
    return {gate.phase, ""};
  std::vector<std::string> found;
  for (const std::string &id : ids)
    if (id.ends_with(" > " + gate.phase))
      found.push_back(id);
  if (found.size() == 1)
    return {found[0], ""};
  if (found.empty())
    return {gate.phase, "no launch of this session or of the baseline has this phase"};
  return {gate.phase,
          fmt::format("matches {} phases, such as \"{}\" and \"{}\"; give more of the id",
                      found.size(), found[0], found[1])};
}

const std::vector<std::string> &subject_components() {
  static const std::vector<std::string> components = [] {
    std::vector<std::string> names(other_subjects.begin(), other_subjects.end());
    for (const ClassKey &key : class_keys)
      if (key.subject)
        names.emplace_back(key.name);
    return names;
  }();
  return components;
}

std::vector<std::string> class_keys_of(const std::string &component) {
  if (component == "qemu") // another qemu brings another default machine type
    return {"qemu", "machine"};
  return {component};
}

Result<Policy> parse_policy(std::string_view yaml, const std::string &name) {
  const Result<YamlNode> document = parse_yaml(yaml, name);
  if (!document)
    return tl::unexpected(document.error());
  Problem error;
  Policy policy = read_policy(*document, error);
  if (error)
    return tl::unexpected(*error);
  return policy;
}

Result<Policy> load_policy(const std::string &path) {
  const Result<std::string> text = read_file(path, max_policy_bytes);
  if (!text)
    return tl::unexpected(text.error());
  return parse_policy(*text, path);
}

} // namespace bootperf
