#include <cmath>
#include <cstdint>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "phases/phase_tree.h"
#include "report/profile/formats.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

struct Cost {
  long long instructions = 0, spinning = 0;

  void operator+=(const Cost &other) {
    instructions += other.instructions;
    spinning += other.spinning;
  }
};

std::string cost_text(const Cost &cost) {
  return fmt::format("0 {} {}\n", cost.instructions, cost.spinning);
}

class Callgrind {
public:
  explicit Callgrind(const Profile &profile) : profile_(profile) {
    for (const MeanRow &row : mean_rows(profile)) {
      const Cost cost{std::llround(row.instructions), std::llround(row.spinning)};
      functions_[row.function] += cost;
      called_[profile.phases[row.phase]][row.function] += cost;
      for (std::string id = profile.phases[row.phase]; !id.empty(); id = parent_of(id))
        phases_[id] += cost;
    }
  }

  std::string text() const {
    std::string text = "# callgrind format\nversion: 1\ncreator: bootperf\npositions: line\n"
                       "events: Instructions Spinning\n";
    if (!phases_.empty())
      text += fmt::format("summary: {} {}\n", total().instructions, total().spinning);
    for (const auto &[id, cost] : phases_)
      text += phase_text(id);
    for (const auto &[function, cost] : functions_)
      text +=
          fmt::format("\nob={}\nfl=(unknown)\nfn={}\n", object_of(function), name_of(function)) +
          cost_text(cost);
    return text;
  }

private:
  /// A phase has no instructions of its own: all are in the functions that it "calls".
  std::string phase_text(const std::string &id) const {
    std::string text = fmt::format("\nob=phases\nfl=(unknown)\nfn={}\n0 0 0\n", printable(id));
    for (const auto &[child, cost] : phases_)
      if (parent_of(child) == id)
        text += fmt::format("cob=phases\ncfn={}\ncalls=1 0\n{}", printable(child), cost_text(cost));
    if (const auto found = called_.find(id); found != called_.end())
      for (const auto &[function, cost] : found->second)
        text += fmt::format("cob={}\ncfn={}\ncalls=1 0\n{}", object_of(function), name_of(function),
                            cost_text(cost));
    return text;
  }

  Cost total() const {
    Cost sum;
    for (const auto &[function, cost] : functions_)
      sum += cost;
    return sum;
  }

  std::string object_of(std::uint32_t function) const {
    return printable(profile_.functions[function].object);
  }
  /// Names are told apart over all objects.
  std::string name_of(std::uint32_t function) const {
    const ProfileFunction &it = profile_.functions[function];
    return printable(it.name == unknown_code ? it.object + " " + it.name : it.name);
  }

  const Profile &profile_;
  std::map<std::uint32_t, Cost> functions_;
  std::map<std::string, std::map<std::uint32_t, Cost>> called_;
  std::map<std::string, Cost> phases_; ///< with all that lies in them
};

} // namespace

std::string profile_callgrind(const Profile &profile) {
  return Callgrind(profile).text();
}

} // namespace bootperf
