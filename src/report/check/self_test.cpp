#include "report/check/formats.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/text/escape.h"
#include "report/text/paint.h"
#include "report/text/table.h"
#include "report/text/words.h"
#include "selftest/self_test.h"

namespace bootperf {
namespace {

std::string share_text(double share) {
  return fmt::format("{:.0f} %", 100 * share);
}

std::string interval_text(const Score &score) {
  return fmt::format("{:.1f} to {:.1f} %", 100 * score.fail_interval.low,
                     100 * score.fail_interval.high);
}

std::string unchanged_table(const SelfTest &test, const TextStyle &style) {
  Table table;
  table.add({"rule", "build fails", "95 % interval", "inconclusive", "launches: mean", "p50", "p95",
             "independent draws"},
            Colour::bold);
  for (const Record &record : test.records) {
    const Score &score = record.scores.front();
    table.add({record.contestant, fmt::format("{:.1f} %", 100 * score.fail_share()),
               interval_text(score), share_text(score.inconclusive_share()),
               fmt::format("{:.1f}", score.launches_mean), std::to_string(score.launches_p50),
               std::to_string(score.launches_p95), std::to_string(record.independent_draws)});
  }
  return table_text(table, style);
}

std::vector<std::string> with_slowdowns(std::vector<std::string> head, const SelfTest &test) {
  for (const double slowdown : test.settings.slowdowns)
    head.push_back(fmt::format("+{:g} %", 100 * slowdown));
  return head;
}

/// "91 % (88 % right)", over all phases that were slowed by this share.
std::string average_text(const Record &record, double slowdown) {
  Score all;
  for (const Score &score : record.scores)
    if (score.slowdown == slowdown) {
      all.draws += score.draws;
      all.fails += score.fails;
      all.named_right += score.named_right;
    }
  const std::string found = share_text(all.fail_share());
  return all.fails == 0 ? found
                        : fmt::format("{} ({} right)", found, share_text(all.right_share()));
}

std::string slowed_table(const SelfTest &test, const TextStyle &style) {
  Table table;
  table.add(with_slowdowns({"rule"}, test), Colour::bold);
  for (const Record &record : test.records) {
    std::vector<std::string> row = {record.contestant};
    for (const double slowdown : test.settings.slowdowns)
      row.push_back(average_text(record, slowdown));
    table.add(row);
  }
  return table_text(table, style);
}

std::string phase_table(const SelfTest &test, const Record &record, const TextStyle &style) {
  Table table;
  table.add(with_slowdowns({"phase", "spread", "tolerance"}, test), Colour::bold);
  for (const TracedGate &gate : test.gates) {
    std::vector<std::string> row = {short_phase(gate.phase, style), percent_text(gate.spread),
                                    percent_text(gate.gate.tolerance)};
    for (const Score &score : record.scores)
      if (score.phase == gate.phase)
        row.push_back(fmt::format("{} ({:.0f} launches)", share_text(score.fail_share()),
                                  score.launches_mean));
    table.add(row);
  }
  return table_text(table, style);
}

using nlohmann::ordered_json;

ordered_json score_json(const Score &score) {
  return {{"phase", score.phase},
          {"slowdown", score.slowdown},
          {"draws", score.draws},
          {"fails", score.fails},
          {"fails_low", score.fail_interval.low},
          {"fails_high", score.fail_interval.high},
          {"named_right", score.named_right},
          {"inconclusive", score.inconclusive},
          {"launches_mean", score.launches_mean},
          {"launches_p50", score.launches_p50},
          {"launches_p95", score.launches_p95}};
}

} // namespace

std::string self_test_text(const SelfTest &test, const TextStyle &style) {
  std::string text =
      fmt::format("{}, {}: {} launches of {} sessions, {} draws per figure, seed {}\n\n",
                  printable(test.scenario), to_text(test.metric), test.launches, test.sessions,
                  test.settings.draws, test.settings.seed);
  if (test.gates.empty() || test.records.empty())
    return text + "no gated phase is in every launch, so there is nothing to test\n";
  text += "Nothing was changed: how often does the build fail?\n" + unchanged_table(test, style);
  text += "\nEach gated phase was slowed in turn: how often is that found, and the right phase "
          "named?\n" +
          slowed_table(test, style);
  text += "\nWhat \"" + test.records.front().contestant +
          "\" detects here, by the phase that was slowed:\n" +
          phase_table(test, test.records.front(), style);
  return text + "\nDraws share launches: the intervals treat them as independent; the last column "
                "says how many\n"
                "independent draws these launches are enough for.\n";
}

std::string self_test_json(const SelfTest &test) {
  ordered_json json = {{"selftest", 1},
                       {"scenario", test.scenario},
                       {"metric", to_text(test.metric)},
                       {"sessions", test.sessions},
                       {"launches", test.launches},
                       {"draws", test.settings.draws},
                       {"seed", test.settings.seed}};
  json["gates"] = ordered_json::array();
  for (const TracedGate &gate : test.gates)
    json["gates"].push_back({{"phase", gate.phase},
                             {"spread", gate.spread},
                             {"tolerance", gate.gate.tolerance},
                             {"floor", gate.gate.floor}});
  json["rules"] = ordered_json::array();
  for (const Record &record : test.records) {
    ordered_json rule = {{"rule", record.contestant},
                         {"independent_draws", record.independent_draws}};
    rule["scores"] = ordered_json::array();
    for (const Score &score : record.scores)
      rule["scores"].push_back(score_json(score));
    json["rules"].push_back(std::move(rule));
  }
  return json_text(json);
}

} // namespace bootperf
