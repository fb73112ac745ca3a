#include "campaign/subject_cache.h"

#include <cerrno>
#include <cstdint>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/process.h"
#include "base/text.h"
#include "capture/facts/appliance.h"

namespace bootperf {
namespace {

/// Of what names the subject: another subject under the same role gets another directory.
std::uint32_t hash_of(const std::map<std::string, std::string> &environment) {
  Fnv1a hash;
  for (const auto &[name, value] : environment)
    hash.add(name + "=" + value + "\n");
  return hash.value();
}

// Others can write into the parent (/var/tmp): only a directory of ours, closed to them, will do.
Result<void> make_own(const std::filesystem::path &directory) {
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST)
    return fail(ErrorKind::io, std::string("cannot create the cache: ") + std::strerror(errno),
                {directory.string(), 0, 0});
  struct stat status = {};
  if (::lstat(directory.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) ||
      status.st_uid != ::geteuid() || (status.st_mode & 0022) != 0)
    return fail(ErrorKind::io,
                "expected a directory that belongs to this user and that nobody else can write",
                {directory.string(), 0, 0});
  return {};
}

} // namespace

Result<std::map<std::string, std::string>>
with_own_cache(const std::string &role, std::map<std::string, std::string> environment) {
  if (environment.contains("LIBGUESTFS_CACHEDIR"))
    return environment;
  const std::filesystem::path directory =
      cache_directory(own_environment(environment)) /
      fmt::format("bootperf-{}-{}-{:08x}", ::geteuid(), role, hash_of(environment));
  if (const Result<void> made = make_own(directory); !made)
    return tl::unexpected(made.error());
  environment["LIBGUESTFS_CACHEDIR"] = directory.string();
  return environment;
}

} // namespace bootperf
