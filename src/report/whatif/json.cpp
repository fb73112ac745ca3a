#include "report/whatif/formats.h"

#include <nlohmann/json.hpp>

#include "report/text/escape.h"

namespace bootperf {
namespace {

using Json = nlohmann::ordered_json;

Json column_json(const PhaseVerdict &column) {
  return {{"as_it_is", column.baseline_mean},
          {"with_lever", column.current_mean},
          {"ratio", column.ratio},
          {"half_width", column.half_width},
          {"p_less", column.p_faster},
          {"p_more", column.p_slower}};
}

Json outcome_json(const LeverOutcome &outcome) {
  Json json = {{"lever", outcome.trial.lever},      {"actor", outcome.trial.actor},
               {"what", outcome.trial.what},        {"adopt", outcome.trial.adopt},
               {"effect", to_text(outcome.effect)}, {"launches", outcome.launches}};
  if (!outcome.reason.empty())
    json["reason"] = outcome.reason;
  if (outcome.work)
    json["work"] = column_json(*outcome.work);
  if (outcome.waiting)
    json["waiting_ns"] = column_json(*outcome.waiting);
  if (outcome.wall) {
    json["wall_time"] = {{"blocks", outcome.wall->blocks}};
    if (!outcome.wall->failure.empty())
      json["wall_time"]["failure"] = outcome.wall->failure;
    if (outcome.wall->blocks > 0) {
      json["wall_time"]["as_it_is_ns"] = outcome.wall->as_it_is_ns;
      json["wall_time"]["with_lever_ns"] = outcome.wall->with_ns;
      json["wall_time"]["ratio"] = outcome.wall->ratio;
    }
    if (outcome.wall->blocks >= least_wall_blocks) {
      json["wall_time"]["low"] = outcome.wall->low;
      json["wall_time"]["high"] = outcome.wall->high;
    }
  }
  if (!outcome.places.empty()) {
    Json places = Json::array();
    for (const PhaseVerdict &place : outcome.places)
      places.push_back({{"phase", place.phase}, {"work", column_json(place)}});
    json["places"] = places;
  }
  return json;
}

} // namespace

std::string ranking_json(const LeverRanking &ranking) {
  Json levers = Json::array();
  for (const LeverOutcome &outcome : ranking.outcomes)
    levers.push_back(outcome_json(outcome));
  Json floor = Json::array();
  for (const FloorGuest &guest : ranking.floor)
    floor.push_back(
        {{"guest", guest.scenario}, {"launches", guest.launches}, {"work", guest.work}});
  Json json = {{"what_if", 1},
               {"session", ranking.session},
               {"alpha", ranking.alpha},
               {"base_launches", ranking.base_launches},
               {"base_work", ranking.base_work},
               {"base_waiting_ns", ranking.base_waiting},
               {"floor", floor},
               {"levers", levers}};
  if (!ranking.floor_not_measured.empty())
    json["floor_not_measured"] = ranking.floor_not_measured;
  if (!ranking.wall_accelerator.empty())
    json["wall_accelerator"] = ranking.wall_accelerator;
  return json_text(json);
}

} // namespace bootperf
