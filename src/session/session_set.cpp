#include "session/session_set.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include <fmt/format.h>

#include "base/files.h"
#include "base/gzip.h"
#include "base/json_fields.h"
#include "base/text.h"
#include "session/copies.h"
#include "session/session_json.h"

namespace bootperf {
namespace {

std::vector<Session> sessions_from(JsonValue document, std::optional<JsonProblem> &problem) {
  JsonFields fields(document, problem);
  std::uint64_t version = 0;
  fields.required("sessions", version);
  if (version != 1)
    fields.reject("sessions", "expected 1, the version of this format");
  std::vector<Session> sessions;
  for (const JsonValue each : fields.array("set")) {
    if (problem)
      break;
    sessions.push_back(session_from(each, problem));
  }
  fields.finish();
  return sessions;
}

std::string to_json(const std::vector<Session> &sessions) {
  std::string text = "{\"sessions\": 1, \"set\": [";
  const char *separator = "\n";
  for (const Session &session : sessions) {
    text += separator + to_json(session);
    separator = ",\n";
  }
  return text + "]}\n";
}

} // namespace

Result<std::vector<Session>> parse_sessions(std::string_view text, const std::string &name) {
  const Result<JsonDocument> document = parse_json(text, name);
  if (!document)
    return tl::unexpected(document.error());
  std::optional<JsonProblem> problem;
  std::vector<Session> sessions;
  if (is_session_set(document->root()))
    sessions = sessions_from(document->root(), problem);
  else
    sessions.push_back(session_from(document->root(), problem));
  if (problem)
    return tl::unexpected(document->error(*problem));
  return sessions;
}

Result<std::vector<Session>> read_session_set(const std::string &path) {
  const Result<std::string> text = read_packed_file(path, max_session_bytes);
  if (!text)
    return tl::unexpected(text.error());
  return parse_sessions(*text, path);
}

Result<std::vector<Session>> read_sessions(const std::vector<std::string> &files) {
  std::vector<Session> sessions;
  for (const std::string &file : files) {
    Result<std::vector<Session>> of_file = read_session_set(file);
    if (!of_file)
      return tl::unexpected(of_file.error());
    std::ranges::move(*of_file, std::back_inserter(sessions));
  }
  return sessions;
}

Result<std::vector<Session>> without_copies(std::vector<Session> sessions) {
  std::vector<Session> kept;
  std::unordered_map<std::string, std::size_t> places; // in kept, by id
  for (Session &session : sessions) {
    const auto [known, is_new] = places.try_emplace(session.id, kept.size());
    if (is_new)
      kept.push_back(std::move(session));
    else if (to_json(kept[known->second]) != to_json(session))
      return fail(ErrorKind::input,
                  fmt::format("two different sessions have the id {}: one of them was changed "
                              "after it was made, or is an earlier state of the other",
                              printable(session.id)));
  }
  if (const Result<void> apart = refuse_shared_launches(kept, ErrorKind::input); !apart)
    return tl::unexpected(apart.error());
  return kept;
}

Result<void> write_session_set(const std::string &path, const std::vector<Session> &sessions) {
  const std::string text = to_json(sessions);
  if (text.size() > max_session_bytes)
    return fail(
        ErrorKind::input,
        fmt::format("{} sessions are {} MiB of JSON, and at most 256 MiB can be read: write "
                    "several sets",
                    sessions.size(), text.size() >> 20),
        {path, 0, 0});
  return write_packed_file(path, text);
}

} // namespace bootperf
