#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/strict_yaml.h"
#include "whatif/lever.h"

namespace bootperf {
namespace {

using Problem = std::optional<Error>;

constexpr std::size_t most_levers = 500;
constexpr std::size_t longest_words = 400;
constexpr std::array actors = {"qemu", "firmware", "kernel", "supermin", "/init", "guestfsd"};

std::string read_pattern(const YamlNode &node, Problem &problem) {
  std::string pattern = read_text(node, problem);
  if (const RE2 compiled(pattern, RE2::Quiet); !compiled.ok())
    reject(problem, node, fmt::format("expected a regular expression (RE2): {}", compiled.error()));
  return pattern;
}

/// A text that may be empty.
std::string read_any_text(const YamlNode &node, Problem &problem) {
  if (node.kind == YamlNode::Kind::scalar && node.text.empty())
    return "";
  return read_text(node, problem);
}

/// What is put in place of what a pattern matches: \1 in it stands for the first group.
std::string read_replacement(const YamlNode &node, const std::string &pattern, Problem &problem) {
  std::string text = read_any_text(node, problem);
  const RE2 compiled(pattern, RE2::Quiet);
  if (std::string why; compiled.ok() && !compiled.CheckRewriteString(text, &why))
    reject(problem, node,
           fmt::format("expected a text in which \\1 to \\9 are groups of the pattern: {}", why));
  return text;
}

/// Text for people: one line, of no more than a few.
std::string read_words(const YamlNode &node, Problem &problem) {
  std::string text = read_text(node, problem);
  if (text.size() > longest_words || text.find('\n') != std::string::npos)
    reject(problem, node, fmt::format("expected one line of at most {} bytes", longest_words));
  return text;
}

bool is_lever_name(std::string_view name) {
  constexpr std::size_t longest = 60;
  return name.size() <= longest && name != "base" && !name.starts_with(all_together) &&
         RE2::FullMatch(std::string(name), "[a-z0-9]+(-[a-z0-9]+)*");
}

int read_count(const YamlNode &node, const char *expected, double most, Problem &problem) {
  const double value = read_number(node, {expected, 1, most}, problem);
  if (value != static_cast<int>(value))
    reject(problem, node, fmt::format("expected {}", expected));
  return static_cast<int>(value);
}

/// Of a switch that is off where it is not named.
bool read_switch(const YamlNode *node, Problem &problem) {
  if (node && (node->text != "true" || node->quoted))
    reject(problem, *node, "expected true");
  return node != nullptr;
}

ArgumentEdit read_argument_edit(const YamlNode &node, Problem &problem) {
  YamlMap map(node, "an edit of qemu's arguments", problem);
  if (const YamlNode *removed = map.find("remove")) {
    const RemovedArguments edit{read_some_texts(*removed, "argument", problem),
                                read_switch(map.find("optional"), problem)};
    map.finish();
    return edit;
  }
  if (const YamlNode *added = map.find("add")) {
    const AddedArguments edit{read_some_texts(*added, "argument", problem)};
    map.finish();
    return edit;
  }
  ReplacedValue edit;
  if (const YamlNode *option = map.find("in", true))
    edit.option = read_text(*option, problem);
  if (const YamlNode *pattern = map.find("replace", true))
    edit.pattern = read_pattern(*pattern, problem);
  if (const YamlNode *text = map.find("by", true))
    edit.text = read_replacement(*text, edit.pattern, problem);
  if (const YamlNode *as = map.find("as"))
    edit.as = read_text(*as, problem);
  edit.optional = read_switch(map.find("optional"), problem);
  map.finish();
  return edit;
}

InitEdit read_init_edit(const YamlNode &node, Problem &problem) {
  YamlMap map(node, "an edit of /init", problem);
  if (const YamlNode *deleted = map.find("delete")) {
    const DeletedLines edit{read_pattern(*deleted, problem)};
    map.finish();
    return edit;
  }
  if (const YamlNode *inserted = map.find("insert")) {
    InsertedLine edit{read_text(*inserted, problem), {}};
    if (const YamlNode *before = map.find("before", true))
      edit.before = read_pattern(*before, problem);
    map.finish();
    return edit;
  }
  ReplacedLines edit;
  if (const YamlNode *pattern = map.find("replace", true))
    edit.pattern = read_pattern(*pattern, problem);
  if (const YamlNode *text = map.find("by", true))
    edit.text = read_replacement(*text, edit.pattern, problem);
  map.finish();
  return edit;
}

ModuleChange read_module_change(const YamlNode &node, Problem &problem) {
  const std::string word = read_text(node, problem);
  if (word != "unsigned" && word != "unpacked")
    reject(problem, node, "expected \"unsigned\" or \"unpacked\"");
  return word == "unpacked" ? ModuleChange::unpacked : ModuleChange::unsigned_;
}

std::map<std::string, std::string> read_variables(const YamlNode &node, Problem &problem) {
  std::map<std::string, std::string> variables;
  if (node.kind != YamlNode::Kind::map || node.items.empty())
    reject(problem, node, "expected a mapping of variables to their values");
  for (std::size_t i = 0; i < node.items.size() && i < node.keys.size(); ++i) {
    const std::string &name = node.keys[i].text;
    if (name.empty() || name.find('=') != std::string::npos)
      reject(problem, node.keys[i], "expected the name of a variable");
    variables[name] = read_any_text(node.items[i], problem);
  }
  return variables;
}

struct ProofKey {
  const char *name;
  ProofBy by;
};

constexpr ProofKey proof_keys[] = {{"line", ProofBy::line},
                                   {"no_line", ProofBy::no_line},
                                   {"less_work", ProofBy::less_work},
                                   {"argument", ProofBy::argument},
                                   {"no_library_line", ProofBy::no_library_line}};

LeverProof read_proof(const YamlNode &node, Problem &problem) {
  YamlMap map(node, "a proof", problem);
  std::vector<LeverProof> proofs;
  for (const auto &[name, by] : proof_keys)
    if (const YamlNode *given = map.find(name))
      proofs.push_back({by, by == ProofBy::less_work ? read_text(*given, problem)
                                                     : read_pattern(*given, problem)});
  if (proofs.size() != 1)
    reject(problem, node,
           "expected one of 'line', 'no_line', 'less_work', 'argument' and 'no_library_line'");
  map.finish();
  return proofs.empty() ? LeverProof{} : proofs.front();
}

LeverPlace read_place(const YamlNode &node, Problem &problem) {
  LeverPlace place;
  YamlMap map(node, "a place", problem);
  if (const YamlNode *phase = map.find("phase"))
    place.phase = read_text(*phase, problem);
  if (const YamlNode *object = map.find("object"))
    place.object = read_pattern(*object, problem);
  if (const YamlNode *function = map.find("function"))
    place.function = read_pattern(*function, problem);
  if (place == LeverPlace{})
    reject(problem, node, "expected a phase, an object or a function");
  map.finish();
  return place;
}

void read_changes(YamlMap &map, LeverChanges &changes, Problem &problem) {
  constexpr double most_memory_mib = 1 << 20, most_cpus = 255;
  if (const YamlNode *node = map.find("append"))
    changes.append = read_words(*node, problem);
  if (const YamlNode *node = map.find("memsize"))
    changes.memsize_mib = read_count(*node, "a whole number of MiB", most_memory_mib, problem);
  if (const YamlNode *node = map.find("smp"))
    changes.smp = read_count(*node, "a number of virtual CPUs", most_cpus, problem);
  changes.network = read_switch(map.find("network"), problem);
  if (const YamlNode *node = map.find("environment"))
    changes.environment = read_variables(*node, problem);
  if (const YamlNode *node = map.find("qemu"))
    changes.qemu = read_each<ArgumentEdit>(*node, problem, "a list of edits", read_argument_edit);
  if (const YamlNode *node = map.find("kernel")) {
    changes.unpacked_kernel = read_text(*node, problem) == "unpacked";
    if (!changes.unpacked_kernel)
      reject(problem, *node, "expected \"unpacked\"");
  }
  if (const YamlNode *node = map.find("modules"))
    changes.modules =
        read_each<ModuleChange>(*node, problem, "a list of changes", read_module_change);
  if (const YamlNode *node = map.find("initrd"))
    changes.initrd = read_some_texts(*node, "module", problem);
  if (const YamlNode *node = map.find("init"))
    changes.init = read_each<InitEdit>(*node, problem, "a list of edits", read_init_edit);
  if (const YamlNode *node = map.find("without"))
    changes.without = read_some_texts(*node, "package", problem);
  if (const YamlNode *node = map.find("exclude"))
    changes.exclude = read_some_texts(*node, "pattern", problem);
  if (const YamlNode *node = map.find("appliance")) {
    changes.fixed_appliance = read_text(*node, problem) == "fixed";
    if (!changes.fixed_appliance)
      reject(problem, *node, "expected \"fixed\"");
    if (changes.changes_appliance())
      reject(problem, *node,
             "expected nothing else that changes the appliance: a fixed one is a "
             "copy of the one that is built here");
  }
}

Lever read_lever(const YamlNode &node, Problem &problem) {
  Lever lever;
  lever.where = node.where;
  YamlMap map(node, "a lever", problem);
  if (const YamlNode *name = map.find("name", true)) {
    lever.name = read_text(*name, problem);
    if (!is_lever_name(lever.name))
      reject(
          problem, *name,
          "expected words of a-z and 0-9 with hyphens between them, other than base and together");
  }
  if (const YamlNode *actor = map.find("actor", true)) {
    lever.actor = read_text(*actor, problem);
    if (std::ranges::find(actors, lever.actor) == actors.end())
      reject(problem, *actor, "expected qemu, firmware, kernel, supermin, /init or guestfsd");
  }
  if (const YamlNode *what = map.find("what", true))
    lever.what = read_words(*what, problem);
  if (const YamlNode *adopt = map.find("adopt", true))
    lever.adopt = read_words(*adopt, problem);
  read_changes(map, lever.changes, problem);
  if (lever.changes == LeverChanges{})
    reject(problem, node,
           "expected something that it changes: append, memsize, smp, network, environment, qemu, "
           "kernel, "
           "modules, initrd, init, without, exclude or appliance");
  if (const YamlNode *choice = map.find("choice"))
    lever.choice = read_text(*choice, problem);
  if (const YamlNode *needs = map.find("needs"))
    lever.needs = read_each<Need>(*needs, problem, "a list of needs", read_need);
  if (const YamlNode *touches = map.find("touches"))
    lever.touches = read_each<LeverPlace>(*touches, problem, "a list of places", read_place);
  if (const YamlNode *proofs = map.find("proof", true))
    lever.proofs = read_each<LeverProof>(*proofs, problem, "a list of proofs", read_proof);
  if (const YamlNode *why = map.find("uncounted")) {
    lever.uncounted = read_words(*why, problem);
    if (!lever.is_proved_by(ProofBy::argument))
      reject(problem, *why,
             "expected a proof by 'argument', too: launches by the clock show "
             "nothing else");
  }
  map.finish();
  return lever;
}

} // namespace

Result<std::vector<Lever>> parse_levers(std::string_view yaml, const std::string &name) {
  const Result<YamlNode> document = parse_yaml(yaml, name);
  if (!document)
    return tl::unexpected(document.error());
  Problem problem;
  std::vector<Lever> levers;
  YamlMap map(*document, "a file of levers", problem);
  if (const YamlNode *list = map.find("levers", true))
    levers = read_each<Lever>(*list, problem, "a list of levers", read_lever);
  map.finish();
  std::set<std::string> names;
  for (const Lever &lever : levers)
    if (!names.insert(lever.name).second && !problem)
      problem =
          Error{ErrorKind::input, fmt::format("duplicate lever \"{}\"", lever.name), lever.where};
  if (!problem && levers.size() > most_levers)
    problem = Error{
        ErrorKind::input, fmt::format("expected at most {} levers", most_levers), {name, 0, 0}};
  if (problem)
    return tl::unexpected(*problem);
  return levers;
}

} // namespace bootperf
