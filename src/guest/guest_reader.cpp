#include "guest/guest.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/files.h"
#include "base/strict_yaml.h"
#include "phases/pattern.h"
#include "session/scenario_name.h"

namespace bootperf {

Embedded shipped_guests();

namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 20;
constexpr std::size_t most_guests = 100;
constexpr std::array placeholders = {"accel",     "kernel", "unpacked_kernel",
                                     "initramfs", "initrd", "root"};

bool is_guest_name(const std::string &name) {
  constexpr std::size_t longest = 60;
  return name.size() <= longest && RE2::FullMatch(name, "[A-Za-z0-9]+(?:[/-][A-Za-z0-9]+)*") &&
         name.find('/') != std::string::npos && !name.ends_with("/traced") &&
         !boots_appliance(name);
}

/// What stands between "${" and "}" and is not known; "" where all is.
std::string unknown_placeholder(const std::string &text) {
  static const RE2 pattern(R"(\$\{([^}]*)\}?)", RE2::Quiet);
  std::string name;
  for (re2::StringPiece rest(text); RE2::FindAndConsume(&rest, pattern, &name);)
    if (std::ranges::find(placeholders, name) == placeholders.end())
      return name.empty() ? "${}" : name;
  return "";
}

Guest read_guest(const YamlNode &node, std::optional<Error> &error) {
  Guest guest;
  guest.where = node.where;
  YamlMap map(node, "a guest", error);
  if (const YamlNode *name = map.find("name", true)) {
    guest.name = read_text(*name, error);
    if (!is_guest_name(guest.name))
      reject(
          error, *name,
          "expected two or more words of letters and digits with / between them, as in "
          "Guest/mine, with neither Launch/, WhatIf/ nor Capacity/ before them nor /traced behind");
  }
  if (const YamlNode *what = map.find("what", true))
    guest.what = read_text(*what, error);
  if (const YamlNode *command = map.find("command", true)) {
    guest.command = read_some_texts(*command, "word", error);
    for (const YamlNode &word : command->items)
      if (const std::string unknown = unknown_placeholder(word.text); !unknown.empty())
        reject(error, word,
               fmt::format("expected ${{accel}}, ${{kernel}}, ${{unpacked_kernel}}, "
                           "${{initramfs}}, ${{initrd}} or ${{root}}, not {}",
                           unknown));
  }
  if (const YamlNode *up = map.find("up", true)) {
    guest.up = read_text(*up, error);
    if (const auto compiled = compile_pattern(guest.up, up->where); !compiled && !error)
      error = compiled.error();
  }
  if (const YamlNode *needs = map.find("needs"))
    guest.needs = read_each<Need>(*needs, error, "a list of needs", read_need);
  if (const YamlNode *arguments = map.find("not_when_counted"))
    guest.not_when_counted = read_some_texts(*arguments, "kernel argument", error);
  map.finish();
  return guest;
}

} // namespace

Result<Guests> parse_guests(std::string_view yaml, const std::string &name) {
  const Result<YamlNode> document = parse_yaml(yaml, name);
  if (!document)
    return tl::unexpected(document.error());
  std::optional<Error> error;
  Guests all;
  YamlMap map(*document, "a file of guests", error);
  if (const YamlNode *list = map.find("guests", true)) {
    all.guests = read_each<Guest>(*list, error, "a list of guests", read_guest);
    if (all.guests.size() > most_guests)
      reject(error, *list, fmt::format("expected at most {} guests", most_guests));
  }
  if (const YamlNode *rules = map.find("rules"))
    all.rules = read_text(*rules, error);
  map.finish();
  std::set<std::string> names;
  for (const Guest &guest : all.guests)
    if (!names.insert(guest.name).second && !error)
      error =
          Error{ErrorKind::input, fmt::format("duplicate guest \"{}\"", guest.name), guest.where};
  if (error)
    return tl::unexpected(*error);
  return all;
}

std::string traced_guest(const std::string &name) {
  return name + "/traced";
}

Result<Guests> load_guests(const std::string &file) {
  if (file.empty())
    return parse_guests(shipped_guests().text, "the shipped guests");
  return read_file(file, most_bytes)
      .and_then([&](const std::string &text) { return parse_guests(text, file); })
      .map([&](Guests guests) {
        if (!guests.rules.empty())
          guests.rules = std::filesystem::path(file).parent_path() / guests.rules;
        return guests;
      });
}

} // namespace bootperf
