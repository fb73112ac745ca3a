#include "verdict/baseline/machine_class.h"

#include <cstdint>

#include <fmt/format.h>

#include "base/text.h"
#include "session/class_keys.h"

namespace bootperf {
namespace {

std::uint32_t hash_of(const MachineClass &machine_class) {
  Fnv1a hash;
  const auto add = [&](std::string_view text) {
    hash.add(text);
    hash.add("\xff"); // no text holds this byte: it ends each
  };
  for (const auto &[key, value] : machine_class.keys) {
    add(key);
    add(value);
  }
  return hash.value();
}

/// "Launch/quiet/smp:2" → "launch-quiet-smp-2": safe in any file name.
std::string slug(std::string_view text) {
  constexpr std::size_t longest = 40;
  std::string result;
  for (const char byte : text.substr(0, longest)) {
    if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_')
      result += byte;
    else if (byte >= 'A' && byte <= 'Z')
      result += static_cast<char>(byte - 'A' + 'a');
    else if (!result.empty() && result.back() != '-')
      result += '-';
  }
  while (!result.empty() && result.back() == '-')
    result.pop_back();
  return result;
}

} // namespace

std::string MachineClass::name() const {
  std::string result;
  for (const char *key : named_class_keys)
    if (const auto found = keys.find(key); found != keys.end())
      if (const std::string part = slug(found->second); !part.empty())
        result += part + "-";
  return result + fmt::format("{:08x}", hash_of(*this));
}

MachineClass machine_class(const Scenario &scenario, Metric metric, const Policy &policy) {
  MachineClass result{metric, {}};
  for (const ClassKey &key : class_keys)
    if (metric == Metric::wall ? key.wall : key.instructions)
      if (const auto found = scenario.keys.find(key.name);
          found != scenario.keys.end() && !found->second.empty())
        result.keys.insert(*found);
  result.keys["scenario"] = scenario.name;
  result.keys["mode"] = scenario.mode;
  return without_subject(std::move(result), policy);
}

MachineClass without_subject(MachineClass machine_class, const Policy &policy) {
  for (const std::string &component : policy.subject)
    for (const std::string &key : class_keys_of(component))
      machine_class.keys.erase(key);
  return machine_class;
}

std::vector<ClassDifference> differences(const MachineClass &baseline,
                                         const MachineClass &current) {
  std::vector<ClassDifference> result;
  std::map<std::string, ClassDifference> all;
  for (const auto &[key, value] : baseline.keys)
    all[key] = {key, value, ""};
  for (const auto &[key, value] : current.keys) {
    all[key].key = key;
    all[key].current = value;
  }
  for (const auto &[key, difference] : all)
    if (difference.baseline != difference.current)
      result.push_back(difference);
  return result;
}

std::string to_text(const std::vector<ClassDifference> &differences) {
  std::string text;
  for (const ClassDifference &each : differences)
    text += fmt::format("{}{}: {} → {}", text.empty() ? "" : ", ", each.key,
                        each.baseline.empty() ? "none" : each.baseline,
                        each.current.empty() ? "none" : each.current);
  return text;
}

} // namespace bootperf
