#include "report/check/formats.h"

#include <sstream>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "base/text.h"
#include "report/check/findings.h"
#include "report/check/sentence.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

struct Counts {
  int tests = 0, failures = 0, skipped = 0;
};

void set(pugi::xml_node &node, const char *name, std::string_view value) {
  node.append_attribute(name).set_value(printable(value).c_str());
}

void set_counts(pugi::xml_node &node, const Counts &counts) {
  node.append_attribute("tests").set_value(counts.tests);
  node.append_attribute("failures").set_value(counts.failures);
  node.append_attribute("errors").set_value(0);
  node.append_attribute("skipped").set_value(counts.skipped);
}

void add_outcome(pugi::xml_node &testcase, Verdict verdict, const std::string &text, bool advisory,
                 Counts &counts) {
  ++counts.tests;
  if (verdict == Verdict::pass || verdict == Verdict::improved)
    return;
  const bool fails = verdict == Verdict::regressed && !advisory;
  ++(fails ? counts.failures : counts.skipped);
  pugi::xml_node outcome = testcase.append_child(fails ? "failure" : "skipped");
  set(outcome, "message",
      fmt::format("{}{}: {}", advisory ? "advisory, " : "", to_text(verdict), text));
  if (fails)
    set(outcome, "type", to_text(verdict));
}

pugi::xml_node add_case(pugi::xml_node &suite, const ScenarioCheck &check,
                        const std::string &name) {
  pugi::xml_node testcase = suite.append_child("testcase");
  set(testcase, "classname", check.scenario);
  set(testcase, "name", name);
  return testcase;
}

void add_phase(pugi::xml_node &suite, const ScenarioCheck &check, const PhaseVerdict &phase,
               Counts &counts) {
  pugi::xml_node testcase = add_case(suite, check, column_name(phase.column(), file_style));
  if (check.metric == Metric::wall && has_numbers(phase))
    set(testcase, "time", fmt::format("{:.6f}", phase.current_mean * 1e-9));
  if (!phase.where.file.empty()) {
    set(testcase, "file", phase.where.file);
    testcase.append_attribute("line").set_value(phase.where.line);
  }
  std::string text = finding_text(phase, check, file_style);
  for (const PhaseVerdict &place : phase.places)
    text += fmt::format("; in it {} {}", short_phase(place.phase, file_style),
                        change_text(place, file_style));
  if (const std::string functions = functions_text(told_place(phase), file_style);
      !functions.empty())
    text += ". " + functions;
  else if (phase.verdict == Verdict::regressed && !phase.waiting && !check.functions_hint.empty())
    text += ". " + check.functions_hint;
  add_outcome(testcase, phase.verdict, text, check.advisory, counts);
  if (!text.empty())
    testcase.append_child("system-out").text().set(printable(text).c_str());
}

Counts add_suite(pugi::xml_node &suites, const ScenarioCheck &check) {
  pugi::xml_node suite = suites.append_child("testsuite");
  set(suite, "name", fmt::format("{}, {}", check.scenario, to_text(check.metric)));
  Counts counts;
  for (const PhaseVerdict &phase : check.phases)
    add_phase(suite, check, phase, counts);
  if (check.phases.empty()) {
    pugi::xml_node testcase = add_case(suite, check, "check");
    add_outcome(testcase, check.verdict, check.reason, check.advisory, counts);
  }
  set_counts(suite, counts);
  suite.append_child("system-out").text().set(verdict_sentence(check, file_style).c_str());
  return counts;
}

} // namespace

std::string junit(const CheckReport &report) {
  pugi::xml_document document;
  pugi::xml_node suites = document.append_child("testsuites");
  set(suites, "name", "bootperf");
  Counts all;
  for (const ScenarioCheck &check : report.checks) {
    const Counts counts = add_suite(suites, check);
    all.tests += counts.tests;
    all.failures += counts.failures;
    all.skipped += counts.skipped;
  }
  set_counts(suites, all);
  std::ostringstream text;
  document.save(text, "  ");
  return text.str();
}

} // namespace bootperf
