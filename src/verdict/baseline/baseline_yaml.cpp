// The baseline's YAML, written and read. thresholds/README.md states the schema.
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstring>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/strict_yaml.h"
#include "verdict/baseline/baseline.h"

namespace bootperf {
namespace {

using Problem = std::optional<Error>;
using Texts = std::map<std::string, std::string>;

/// Plain where any YAML reader takes it for text, quoted otherwise (7.2 would be a number).
std::string yaml_text(const std::string &text) {
  static const std::set<std::string> words = {"true", "false", "yes", "no", "on",
                                              "off",  "null",  "y",   "n",  "~"};
  std::string lower = text;
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char byte) { return std::tolower(byte); });
  const auto harmless = [](unsigned char byte) {
    return byte < 0x80 && (std::isalnum(byte) || (byte != 0 && std::strchr("_./+-()> ", byte)));
  };
  if (!text.empty() && (std::isalpha(static_cast<unsigned char>(text[0])) || text[0] == '/') &&
      text.back() != ' ' && std::ranges::all_of(text, harmless) && !words.contains(lower))
    return text;
  std::string quoted = "\"";
  for (const char byte : text) {
    if (byte == '"' || byte == '\\')
      quoted += {'\\', byte};
    else if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f)
      quoted += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    else
      quoted += byte;
  }
  return quoted + "\"";
}

std::string yaml_number(double value) {
  return value == std::floor(value) && value < 1e15 ? fmt::format("{:.0f}", value)
                                                    : fmt::format("{}", value);
}

void write_texts(std::string &out, const std::string &indent, const Texts &texts) {
  for (const auto &[key, value] : texts)
    out += indent + yaml_text(key) + ": " + yaml_text(value) + "\n";
}

constexpr std::array quantities = {std::pair(Quantity::measured, "values"),
                                   std::pair(Quantity::waiting, "waiting"),
                                   std::pair(Quantity::host_waiting, "host_waiting")};

/// The values of one quantity, if there are any, under its key.
void write_values(std::string &out, const BaselineSession &session, Quantity quantity,
                  const char *key) {
  std::set<std::string> phases;
  for (const auto &launch : session.launches)
    for (const auto &[column, value] : launch)
      if (column.quantity == quantity)
        phases.insert(column.phase);
  if (phases.empty())
    return;
  out += fmt::format("    {}:\n", key);
  for (const std::string &phase : phases) {
    std::string row;
    for (const auto &launch : session.launches) {
      const auto found = launch.find({phase, quantity});
      row += (row.empty() ? "" : ", ") + (found == launch.end() ? "~" : yaml_number(found->second));
    }
    out += "      " + yaml_text(phase) + ": [" + row + "]\n";
  }
}

NumberFormat format_of(const Column &column) {
  return column.is_halt() ? NumberFormat{"a time of 0 ns or more", 0}
                          : NumberFormat{"a number above 0", 1e-9};
}

Texts read_text_map(const YamlNode &node, Problem &error) {
  Texts result;
  if (node.kind != YamlNode::Kind::map)
    reject(error, node, fmt::format("expected a mapping of texts, found {}", kind_text(node)));
  for (std::size_t i = 0; i < node.keys.size() && !error; ++i) {
    if (node.items[i].kind != YamlNode::Kind::scalar)
      reject(error, node.items[i],
             fmt::format("expected a text, found {}", kind_text(node.items[i])));
    result[node.keys[i].text] = node.items[i].text;
  }
  return result;
}

// Of all sessions together: a session without any of its own has those of the one before.
constexpr std::size_t most_versions = 1'000'000;

void read_column(const Column &column, const YamlNode &row, BaselineSession &session,
                 Problem &error) {
  if (row.kind != YamlNode::Kind::sequence || row.items.size() != session.launches.size())
    return reject(
        error, row,
        fmt::format("expected a list of {} values, one per launch", session.launches.size()));
  for (std::size_t launch = 0; launch < row.items.size(); ++launch)
    if (row.items[launch].kind != YamlNode::Kind::null)
      session.launches[launch][column] = read_number(row.items[launch], format_of(column), error);
}

void read_values(const YamlNode &values, Quantity quantity, BaselineSession &session,
                 Problem &error) {
  if (values.kind != YamlNode::Kind::map)
    reject(error, values, "expected a mapping of phases to lists of values");
  if (values.keys.empty())
    reject(error, values, "expected the values of at least one phase");
  for (std::size_t i = 0; i < values.keys.size() && !error; ++i)
    read_column({values.keys[i].text, quantity}, values.items[i], session, error);
}

BaselineSession read_session(const YamlNode &node, const Texts &versions_before, Problem &error) {
  BaselineSession session;
  YamlMap map(node, "a session", error);
  if (const YamlNode *id = map.find("id", true))
    session.id = read_text(*id, error);
  if (const YamlNode *date = map.find("date", true))
    session.date = read_text(*date, error);
  if (const YamlNode *commit = map.find("commit"))
    session.commit = read_text(*commit, error);
  if (const YamlNode *host = map.find("host"))
    session.host = read_text(*host, error);
  if (const YamlNode *until = map.find("until"))
    session.until = read_text(*until, error);
  session.versions = versions_before;
  if (const YamlNode *versions = map.find("versions"))
    session.versions = read_text_map(*versions, error);
  if (const YamlNode *launches = map.find("launches", true)) {
    const NumberFormat format{"a whole number of launches, 1 to 10000", 1, 10000};
    const double count = read_number(*launches, format, error);
    if (count != std::floor(count))
      reject(error, *launches, "expected " + format.expected);
    session.launches.resize(static_cast<std::size_t>(count));
  }
  for (const auto &[quantity, key] : quantities)
    if (const YamlNode *values = map.find(key, quantity == Quantity::measured))
      read_values(*values, quantity, session, error);
  map.finish();
  return session;
}

std::vector<BaselineSession> read_sessions(const YamlNode &node, Problem &error) {
  std::vector<BaselineSession> sessions;
  if (node.kind != YamlNode::Kind::sequence || node.items.empty())
    reject(error, node, "expected a list of at least one session");
  std::set<std::string> ids;
  std::size_t versions = 0;
  for (const YamlNode &item : node.items) {
    sessions.push_back(
        read_session(item, sessions.empty() ? Texts{} : sessions.back().versions, error));
    if (!ids.insert(sessions.back().id).second)
      reject(error, item, fmt::format("duplicate session \"{}\"", sessions.back().id));
    versions += sessions.back().versions.size();
    if (versions > most_versions)
      reject(error, item, fmt::format("more than {} versions in all sessions", most_versions));
    if (error)
      break;
  }
  return sessions;
}

std::vector<Acceptance> read_acceptances(const YamlNode &node, Problem &error) {
  std::vector<Acceptance> result;
  if (node.kind != YamlNode::Kind::sequence)
    reject(error, node, fmt::format("expected a list, found {}", kind_text(node)));
  for (const YamlNode &item : node.items) {
    Acceptance acceptance;
    YamlMap map(item, "an acceptance", error);
    if (const YamlNode *date = map.find("date", true))
      acceptance.date = read_text(*date, error);
    if (const YamlNode *reason = map.find("reason", true))
      acceptance.reason = read_text(*reason, error);
    map.finish();
    result.push_back(std::move(acceptance));
  }
  return result;
}

Baseline read_document(const YamlNode &node, Problem &error) {
  Baseline baseline;
  YamlMap map(node, "the baseline", error);
  if (const YamlNode *version = map.find("baseline", true); version && version->text != "1")
    reject(error, *version, "expected 1, the version of this format");
  if (const YamlNode *metric = map.find("metric", true)) {
    if (const auto known = metric_from_text(read_text(*metric, error)))
      baseline.machine_class.metric = *known;
    else
      reject(error, *metric, "expected wall or instructions");
  }
  if (const YamlNode *keys = map.find("class", true)) {
    baseline.machine_class.keys = read_text_map(*keys, error);
    baseline.scenario = baseline.machine_class.keys["scenario"];
    if (baseline.scenario.empty())
      reject(error, *keys, "the class needs the key \"scenario\"");
  }
  if (const YamlNode *updated = map.find("updated", true))
    baseline.updated = read_text(*updated, error);
  if (const YamlNode *accepted = map.find("accepted"))
    baseline.accepted = read_acceptances(*accepted, error);
  if (const YamlNode *sessions = map.find("sessions", true))
    baseline.sessions = read_sessions(*sessions, error);
  map.finish();
  return baseline;
}

} // namespace

std::string to_yaml(const Baseline &baseline) {
  std::string out = "# Written by \"bootperf baseline update\"; thresholds/README.md states the "
                    "schema.\nbaseline: 1\n";
  out += fmt::format("metric: {}\nclass:\n", to_text(baseline.machine_class.metric));
  write_texts(out, "  ", baseline.machine_class.keys);
  out += "updated: " + yaml_text(baseline.updated) + "\n";
  if (!baseline.accepted.empty())
    out += "accepted:\n";
  for (const Acceptance &acceptance : baseline.accepted)
    out += "  - date: " + yaml_text(acceptance.date) +
           "\n    reason: " + yaml_text(acceptance.reason) + "\n";
  out += "sessions:\n";
  Texts versions_before;
  for (const BaselineSession &session : baseline.sessions) {
    out += "  - id: " + yaml_text(session.id) + "\n    date: " + yaml_text(session.date) + "\n";
    if (!session.commit.empty())
      out += "    commit: " + yaml_text(session.commit) + "\n";
    if (!session.host.empty())
      out += "    host: " + yaml_text(session.host) + "\n";
    if (!session.until.empty())
      out += "    until: " + yaml_text(session.until) + "\n";
    // Some two hundred packages a session: written only where they differ from the session before.
    if (session.versions != versions_before) {
      out += session.versions.empty() ? "    versions: {}\n" : "    versions:\n";
      write_texts(out, "      ", session.versions);
      versions_before = session.versions;
    }
    out += fmt::format("    launches: {}\n", session.launches.size());
    for (const auto &[quantity, key] : quantities)
      write_values(out, session, quantity, key);
  }
  return out;
}

Result<Baseline> parse_baseline(std::string_view yaml, const std::string &name) {
  const Result<YamlNode> document = parse_yaml(yaml, name);
  if (!document)
    return tl::unexpected(document.error());
  Problem error;
  Baseline baseline = read_document(*document, error);
  if (error)
    return tl::unexpected(*error);
  baseline.file = name;
  return baseline;
}

} // namespace bootperf
