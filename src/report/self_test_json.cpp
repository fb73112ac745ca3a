#include "report/self_test_text.h"

#include <nlohmann/json.hpp>

#include "report/json_text.h"

namespace bootperf {
namespace {

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
