#include "trend/causes.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>

namespace bootperf {
namespace {

// What explains so much of a step is most of it.
constexpr double most = 0.5;
// Ranges that end a night from each other meet: each misses its step once in twenty times.
constexpr std::uint32_t apart = 1;

std::size_t depth_of(const PhaseStep &step) {
  std::size_t depth = 0;
  for (std::size_t at = 0; (at = step.phase.find(" > ", at)) != std::string::npos; ++at)
    ++depth;
  return depth;
}

bool is_inside(std::string_view phase, std::string_view outer) {
  return phase.size() > outer.size() && phase.starts_with(outer) &&
         phase.substr(outer.size()).starts_with(" > ");
}

bool meet(const PhaseStep &one, const PhaseStep &other) {
  return one.last_before < other.first_after + apart && other.last_before < one.first_after + apart;
}

bool are_alike(const PhaseStep &one, const PhaseStep &other) {
  return one.state == other.state && (one.change > 0) == (other.change > 0);
}

const PhaseStep *named_step(const std::vector<const PhaseStep *> &steps) {
  const double whole = std::abs(amount(*steps.front()));
  return *std::ranges::max_element(steps, {}, [&](const PhaseStep *step) {
    const double part = std::abs(amount(*step));
    return part >= most * whole ? std::tuple(depth_of(*step) + 1, part) : std::tuple(0ul, part);
  });
}

/// The cause of an outermost step; what it holds is taken out of the others, which are sorted by
/// depth.
StepCause cause_of(const PhaseStep &outermost, std::vector<const PhaseStep *> &others) {
  std::vector<const PhaseStep *> inside = {&outermost};
  for (const PhaseStep *step : others)
    if (is_inside(step->phase, outermost.phase) && are_alike(*step, outermost) &&
        meet(*step, outermost))
      inside.push_back(step);
  StepCause cause{outermost.state, named_step(inside), {}};
  // A step whose place is vague can hold two that were not at once.
  for (const PhaseStep *step : inside)
    if (step == &outermost || meet(*step, *cause.named))
      cause.steps.push_back(step);
  std::erase_if(others, [&](const PhaseStep *step) {
    return std::ranges::find(cause.steps, step) != cause.steps.end();
  });
  return cause;
}

} // namespace

bool is_on_one_path(std::string_view phase, std::string_view other) {
  return phase == other || is_inside(phase, other) || is_inside(other, phase);
}

std::vector<StepCause> step_causes(const ClassTrend &trend) {
  std::vector<const PhaseStep *> left;
  for (const PhaseStep &step : trend.steps)
    left.push_back(&step);
  std::ranges::stable_sort(left, {}, [](const PhaseStep *step) { return depth_of(*step); });
  std::vector<StepCause> causes;
  while (!left.empty()) {
    const PhaseStep *outermost = left.front();
    left.erase(left.begin());
    causes.push_back(cause_of(*outermost, left));
  }
  std::ranges::stable_sort(causes, [](const StepCause &one, const StepCause &other) {
    return std::tuple(other.named->night, std::abs(other.named->change)) <
           std::tuple(one.named->night, std::abs(one.named->change));
  });
  return causes;
}

} // namespace bootperf
