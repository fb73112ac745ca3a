#include <fmt/format.h>

#include "report/profile/formats.h"
#include "report/text/escape.h"

namespace bootperf {

std::string profile_csv(const Profile &profile) {
  std::string text =
      csv_record({"phase", "object", "function", "instructions", "spinning", "runs", "share"});
  const double all = mean_instructions(profile);
  for (const MeanRow &row : mean_rows(profile)) {
    const ProfileFunction &function = profile.functions[row.function];
    text += csv_record({profile.phases[row.phase], function.object, function.name,
                        csv_number(row.instructions), csv_number(row.spinning),
                        csv_number(row.runs), csv_number(row.instructions / all)});
  }
  return text;
}

std::string difference_csv(const ProfileDifference &difference) {
  std::string text = csv_record({"object", "function", "base", "head", "change", "noise", "phase"});
  for (const FunctionChange &change : difference.changes)
    text += csv_record({change.function.object, change.function.name, csv_number(change.base),
                        csv_number(change.head), csv_number(change.change()),
                        difference.knows_noise ? csv_number(change.noise) : "", change.phase});
  return text;
}

} // namespace bootperf
