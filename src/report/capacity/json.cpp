#include <nlohmann/json.hpp>

#include "report/capacity/formats.h"
#include "report/text/escape.h"

namespace bootperf {
namespace {

using Json = nlohmann::ordered_json;

Json curve_json(const CapacityCurve &curve) {
  Json levels = Json::array();
  for (const CapacityLevel &level : curve.levels)
    levels.push_back({{"at_once", level.at_once},
                      {"launches", level.launches},
                      {"failed", level.failed},
                      {"a_minute", level.a_minute()},
                      {"median_ns", level.median_ns},
                      {"nine_of_ten_ns", level.slow_ns},
                      {"memory_bytes", level.memory_bytes}});
  return {{"host", curve.host},
          {"knee", curve.knee().at_once},
          {"ended", curve.ended},
          {"levels", levels}};
}

} // namespace

std::string capacity_json(const std::vector<CapacityCurve> &curves, const CapacityWish &wish) {
  const CapacityAnswer answer = capacity_answer(curves, wish);
  Json machines = Json::array();
  for (const CapacityCurve &curve : curves)
    machines.push_back(curve_json(curve));
  return json_text({{"capacity", 1},
                    {"guests", wish.guests},
                    {"within_ns", wish.within_ns},
                    {"needed_a_minute", answer.needed_a_minute},
                    {"made_a_minute", answer.made_a_minute},
                    {"enough", answer.enough},
                    {"machines_needed", answer.machines},
                    {"machines", machines}});
}

} // namespace bootperf
