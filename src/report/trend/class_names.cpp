#include "report/trend/class_names.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"

namespace bootperf {
namespace {

using Keys = std::map<std::string, std::string>;

std::string value_of(const Keys &keys, const std::string &key) {
  return printable(text_under(keys, key));
}

/// "debian-12" → "Debian 12"
std::string distribution(std::string text) {
  std::ranges::replace(text, '-', ' ');
  if (!text.empty())
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

/// "6.1.0-56-cloud-amd64" → "6.1"
std::string major_minor(const std::string &version) {
  const std::size_t first = version.find('.');
  return first == std::string::npos
             ? version
             : version.substr(0, version.find_first_not_of("0123456789", first + 1));
}

/// Those of its first phase, run: that is measured in every launch.
std::set<std::uint32_t> sessions_of(const ClassHistory &history) {
  std::set<std::uint32_t> sessions;
  for (const TrendPoint &point : history.series.front().points)
    sessions.insert(sessions.end(), point.session);
  return sessions;
}

/// The distributions that other classes name for the sessions of this one.
std::set<std::string> distributions_of(const ClassHistory &history, const History &trend) {
  const std::set<std::uint32_t> sessions = sessions_of(history);
  const auto is_shared = [&](const TrendPoint &point) { return sessions.contains(point.session); };
  std::set<std::string> found;
  for (const ClassHistory &other : trend.classes) {
    const std::string os = value_of(other.machine_class.keys, "os");
    if (!os.empty() && !found.contains(os) &&
        value_of(other.machine_class.keys, "scenario") ==
            value_of(history.machine_class.keys, "scenario") &&
        std::ranges::any_of(other.series.front().points, is_shared))
      found.insert(os);
  }
  return found;
}

/// Keys with the distribution in any case where it is known.
Keys told_keys(const ClassHistory &history, const History &trend) {
  Keys keys = history.machine_class.keys;
  if (!keys.contains("os"))
    if (const auto found = distributions_of(history, trend); found.size() == 1)
      keys["os"] = *found.begin();
  return keys;
}

/// "counted, network, wall time"
std::string kind_of(const Keys &keys, Metric metric) {
  std::string text = value_of(keys, "mode");
  const std::string scenario = value_of(keys, "scenario"); // Launch/counted/network
  if (const std::string begin = "Launch/" + text + "/"; scenario.starts_with(begin))
    text += ", " + scenario.substr(begin.size());
  if (metric != deciding_metric(value_of(keys, "mode")))
    text += metric == Metric::wall ? ", wall time" : ", instructions";
  return text;
}

/// The name, with the whole value of these keys.
std::string name_of(const Keys &keys, Metric metric, const std::set<std::string> &whole,
                    const TextStyle &style) {
  std::vector<std::string> parts;
  if (const std::string os = value_of(keys, "os"); !os.empty())
    parts.push_back(distribution(os));
  for (const char *key : {"qemu", "kernel"})
    if (const std::string version = value_of(keys, key); !version.empty())
      parts.push_back(
          fmt::format("{} {}", key, whole.contains(key) ? version : major_minor(version)));
  for (const std::string &key : whole) {
    const std::string value = value_of(keys, key);
    if (key == "cpu_model" || key == "arch" || key == "accel")
      parts.push_back(value.empty() ? fmt::format("no {}", key) : value);
    else if (key != "os" && key != "qemu" && key != "kernel" && key != "mode" && key != "scenario")
      parts.push_back(fmt::format("{} {}", key, value.empty() ? "none" : value));
  }
  if (parts.empty() && !value_of(keys, "arch").empty())
    parts.push_back(value_of(keys, "arch"));
  const std::string kind = kind_of(keys, metric);
  const char *separator = style.utf8 ? " · " : " - ";
  return fmt::format("{}{}{}", fmt::join(parts, ", "),
                     parts.empty() || kind.empty() ? "" : separator, kind);
}

/// The keys in which any of the classes differs from the first of them.
std::set<std::string> differing_keys(const std::vector<Keys> &keys,
                                     const std::vector<std::size_t> &classes) {
  std::set<std::string> names;
  for (const std::size_t each : classes)
    for (const auto &[key, value] : keys[each])
      names.insert(key);
  std::erase_if(names, [&](const std::string &key) {
    return std::ranges::all_of(classes, [&](std::size_t each) {
      return value_of(keys[each], key) == value_of(keys[classes.front()], key);
    });
  });
  return names;
}

} // namespace

std::vector<std::string> class_names(const History &history, const TextStyle &style) {
  std::vector<Keys> keys;
  std::map<std::string, std::vector<std::size_t>> named;
  for (const ClassHistory &each : history.classes) {
    keys.push_back(told_keys(each, history));
    named[name_of(keys.back(), each.machine_class.metric, {}, style)].push_back(keys.size() - 1);
  }
  std::vector<std::string> names(history.classes.size());
  std::set<std::string> used;
  for (const auto &[name, classes] : named) {
    const std::set<std::string> whole =
        classes.size() > 1 ? differing_keys(keys, classes) : std::set<std::string>{};
    for (const std::size_t each : classes) {
      const ClassHistory &named_class = history.classes[each];
      names[each] = whole.empty()
                        ? name
                        : name_of(keys[each], named_class.machine_class.metric, whole, style);
      if (names[each].empty() || !used.insert(names[each]).second)
        names[each] += (names[each].empty() ? "" : ", ") + printable(named_class.name);
    }
  }
  return names;
}

} // namespace bootperf
