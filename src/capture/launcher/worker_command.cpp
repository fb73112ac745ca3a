#include "capture/launcher/worker_command.h"

#include <unistd.h>

#include "capture/facts/appliance.h"
#include "capture/facts/worker_facts.h"

namespace bootperf {

namespace {

std::filesystem::path first_set(const Variables &environment,
                                const std::vector<const char *> &names, const char *otherwise) {
  for (const char *name : names) {
    const auto found = environment.find(name);
    if (found != environment.end() && !found->second.empty()) {
      return found->second;
    }
  }
  return otherwise;
}

} // namespace

std::filesystem::path libguestfs_temporary_directory(const Variables &environment) {
  return first_set(environment, {"LIBGUESTFS_TMPDIR", "TMPDIR"}, "/tmp");
}

std::filesystem::path spool_directory(const Variables &environment) {
  return first_set(environment, {"TMPDIR"}, "/var/tmp");
}

Variables worker_environment(Variables environment, const LaunchPlaces &places,
                             const std::string &mark) {
  // Before TMPDIR changes: libguestfs would look for its cache there.
  environment["LIBGUESTFS_CACHEDIR"] = cache_directory(environment);
  environment["LIBGUESTFS_TMPDIR"] = places.temporary;
  environment["TMPDIR"] = places.spool;
  environment[mark_variable] = mark;
  return environment;
}

std::vector<std::string> worker_command(const LaunchRequest &request, const LaunchPlaces &places,
                                        const std::map<std::string, std::string> &header) {
  std::vector<std::string> command = {places.worker, "--mode=" + std::string(to_text(request.mode)),
                                      "--log=" + request.log.string(),
                                      "--facts=" + places.facts().string(),
                                      "--parent=" + std::to_string(::getpid())};
  ApplianceOptions asked = request, standard;
  const auto options = arguments_of(flags_of(asked), flags_of(standard));
  command.insert(command.end(), options.begin(), options.end());
  if (!places.counter_page.empty()) {
    command.push_back("--counter-page=" + places.counter_page.string());
  }
  if (!request.code.empty()) {
    command.push_back("--code=" + request.code.string());
  }
  if (!request.modules.empty()) {
    command.push_back("--modules=" + request.modules.string());
  }
  if (request.used) {
    command.emplace_back("--use");
  }
  for (const auto &[key, value] : header) {
    command.push_back("--header=" + key + '=' + value);
  }
  return command;
}

} // namespace bootperf
