#include "cli/what_if_floor.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "whatif/ranking.h"

namespace bootperf {
namespace {

// They are a few seconds long, and two of them agree to some tenths of a percent.
constexpr int floor_launches = 2;
constexpr std::chrono::seconds longest{60};

} // namespace

std::string floor_refusal(const Guest &guest) {
  if (guest.needs_kvm())
    return "it needs KVM, under which nothing is counted: `bootperf run --floor --mode traced`";
  return missing_need(guest.needs).value_or("");
}

FloorRound floor_round(const std::vector<Guest> &guests, const LaunchRequest &as_it_is,
                       const Session &session, int jobs) {
  FloorRound floor{.variants = {}, .round = {.orders = {}, .jobs = jobs}};
  for (const Guest &guest : guests) {
    if (!floor_refusal(guest).empty())
      continue;
    Variant &variant = floor.variants.emplace_back(Variant{
        .scenario = guest.name, .subject = floor_subject, .request = as_it_is, .name = guest.name});
    variant.request.guest = guest.name;
    variant.request.deadline =
        std::min(variant.request.deadline, std::chrono::milliseconds(longest));
    const auto made =
        static_cast<int>(std::ranges::count_if(session.launches, [&](const Launch &launch) {
          return launch.scenario == guest.name && launch.is_sample();
        }));
    for (int i = made; i < floor_launches; ++i)
      floor.round.orders.push_back(
          {&variant, fmt::format("{} {}/{}", guest.name, i + 1, floor_launches)});
  }
  return floor;
}

} // namespace bootperf
