#include "session/copies.h"

#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"

namespace bootperf {

std::optional<std::uint64_t> content_of(const Launch &launch) {
  if (!launch.ok || !launch.timed || launch.wall_ns <= 0 || launch.phases.phases.empty())
    return std::nullopt;
  std::string text;
  for (const Phase &phase : launch.phases.phases)
    text += fmt::format("{}\n{} {} {}\n", phase.id, phase.start_ns, phase.wall_ns,
                        phase.instructions.value_or(0));
  return fnv1a_64(text);
}

Result<void> refuse_shared_launches(const std::vector<Session> &sessions, ErrorKind kind) {
  std::unordered_map<std::uint64_t, const Session *> known;
  for (const Session &session : sessions)
    for (const Launch &launch : session.launches)
      if (const auto content = content_of(launch)) {
        const auto [place, is_new] = known.try_emplace(*content, &session);
        if (!is_new && place->second->id != session.id)
          return fail(kind, fmt::format("the sessions {} and {} hold one and the same launch: a "
                                        "copy tells nothing that its original did not",
                                        printable(place->second->id), printable(session.id)));
      }
  return {};
}

} // namespace bootperf
