#include "fuzz/promises.h"

#include <cstdio>
#include <cstdlib>

#include <pugixml.hpp>

#include "base/strict_json.h"
#include "base/text.h"
#include "phases/launches.h"
#include "report/check/formats.h"

namespace bootperf::fuzz {
namespace {

bool is_pass(Verdict verdict) {
  return verdict == Verdict::pass || verdict == Verdict::improved;
}

// What a scenario that passed has to show for it.
bool has_passed(const ScenarioCheck &check) {
  if (check.advisory || !is_pass(check.verdict) || check.phases.empty() || check.launches == 0)
    return false;
  return std::ranges::all_of(check.phases, [](const PhaseVerdict &phase) {
    return is_pass(phase.verdict) && phase.baseline_mean > 0 && phase.current_mean > 0;
  });
}

// The sign of a markdown report has a character that makes it a picture.
std::string without_our_sign(std::string_view line) {
  constexpr std::string_view sign = "\u26a0\ufe0f";
  std::string rest(line);
  if (const std::size_t at = rest.find(sign); at != std::string::npos)
    rest.erase(at, sign.size());
  return rest;
}

} // namespace

void require(bool holds, std::string_view promise) {
  if (holds)
    return;
  std::fprintf(stderr, "broken promise: %.*s\n", static_cast<int>(promise.size()), promise.data());
  std::abort();
}

void require_safe_text(std::string_view text) {
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.ends_with('\r')) // of CSV
      line.remove_suffix(1);
    line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size())); // of XML
    // What printable() breaks up at the beginning of a line may be ours there.
    const std::string plain = "." + without_our_sign(line);
    require(printable(plain) == plain, "an output is safe: " + printable(plain));
  }
}

void require_good(const Error &error) {
  require(!error.message.empty(), "an error says something");
  require(error.where.line >= 0 && error.where.column >= 0, "an error has a place");
  require_safe_text(to_text(error));
}

void require_good_json(const std::string &json) {
  require_safe_text(json);
  require(parse_json(json, "output").has_value(), "JSON is well-formed");
}

void require_sound(const PhaseTree &tree) {
  testing::GTEST_FLAG(throw_on_failure) = true;
  test::expect_sound(tree);
}

void require_good(const CheckReport &report) {
  require_good_json(check_json(report));
  for (const std::string &text :
       {check_text(report, file_style), check_csv(report), check_markdown(report, {}),
        github_annotations(report), standing_text(report, file_style)})
    require_safe_text(text);
  const std::string xml = junit(report);
  require_safe_text(xml);
  require(bool(pugi::xml_document().load_string(xml.c_str())), "JUnit's XML is well-formed");
  if (report.exit != ExitCode::pass)
    return;
  require(std::ranges::any_of(report.checks, has_passed), "a pass was measured");
  for (const ScenarioCheck &check : report.checks)
    require(check.advisory || has_passed(check), "all that decides has passed");
}

} // namespace bootperf::fuzz
