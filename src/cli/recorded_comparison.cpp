#include "cli/recorded_comparison.h"

#include <fmt/format.h>

#include "session/copies.h"
#include "verdict/samples/blocks.h"

namespace bootperf {
namespace {

/// What `bootperf compare` launches is kept with its command line; what was paired has none.
bool was_paired(const Session &session) {
  return session.comparison && session.comparison->arguments.empty();
}

} // namespace

Result<RecordedComparison> recorded_comparison(const std::vector<Session> &sessions,
                                               const std::vector<std::string> &files) {
  const std::string first = files.empty() ? "" : files.front();
  if (sessions.size() == 1) {
    const Session &session = sessions.front();
    if (!session.comparison)
      return fail(ErrorKind::input,
                  "one session of base and head was expected, as `bootperf compare` writes it; "
                  "give two: BASE HEAD",
                  {first, 0, 0});
    return RecordedComparison{session, was_paired(session)};
  }
  if (sessions.size() != 2)
    return fail(ErrorKind::input, fmt::format("a session of base and one of head were expected, "
                                              "and these files hold {} sessions",
                                              sessions.size()));
  if (sessions[0].id == sessions[1].id)
    return fail(ErrorKind::usage,
                "base and head are the same session, so there is nothing to compare",
                {first, 0, 0});
  if (const auto apart = refuse_shared_launches(sessions, ErrorKind::usage); !apart)
    return tl::unexpected(apart.error());
  return paired(sessions[0], sessions[1]).map([](Session pair) {
    return RecordedComparison{std::move(pair), true};
  });
}

} // namespace bootperf
