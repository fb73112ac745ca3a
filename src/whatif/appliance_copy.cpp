#include "whatif/appliance_copy.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include <fmt/format.h>

#include "base/files.h"
#include "base/process.h"
#include "base/text.h"
#include "capture/facts/appliance.h"
#include "whatif/init_edits.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_text = std::size_t{1} << 20;

Result<fs::path> supermin_directory(const std::map<std::string, std::string> &environment) {
  std::error_code error;
  for (const fs::path &place : libguestfs_directories(environment))
    if (fs::exists(place / "supermin.d/init.tar.gz", error))
      return place / "supermin.d";
  return fail(ErrorKind::not_measured, "there is no supermin.d/init.tar.gz to change: the "
                                       "appliance is a fixed one, or libguestfs is "
                                       "elsewhere (LIBGUESTFS_PATH)");
}

Result<void> run_tar(const std::vector<std::string> &arguments) {
  std::vector<std::string> command = {"tar"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const Result<CommandOutput> output = run_command(command, std::chrono::minutes(1));
  if (!output)
    return fail(ErrorKind::not_measured, output.error().message, {"tar"});
  if (output->status != 0)
    return fail(ErrorKind::not_measured, "tar: " + first_line(output->text));
  return {};
}

Result<void> change_init(const fs::path &archive, const fs::path &scratch,
                         const std::vector<InitEdit> &edits) {
  std::error_code error;
  fs::create_directories(scratch, error);
  const fs::path init = scratch / "init";
  return run_tar({"-xzf", archive.string(), "-C", scratch.string(), "init"})
      .and_then([&] { return read_file(init, largest_text); })
      .and_then([&](const std::string &script) { return edited_init(script, edits); })
      .and_then([&](const std::string &script) { return replace_file(init, script); })
      .and_then([&] {
        fs::permissions(init, fs::perms(0755), error);
        return run_tar(
            {"--owner=0", "--group=0", "-czf", archive.string(), "-C", scratch.string(), "init"});
      });
}

Result<void> leave_out(const fs::path &list, const std::vector<std::string> &packages) {
  const Result<std::string> text = read_file(list, largest_text);
  if (!text)
    return tl::unexpected(text.error());
  std::string kept;
  std::vector<std::string> missing = packages;
  for (std::string_view rest = *text; !rest.empty();) {
    const std::string line(take_line(rest));
    if (std::ranges::find(packages, line) == packages.end())
      kept += line + '\n';
    else
      std::erase(missing, line);
  }
  if (!missing.empty())
    return fail(ErrorKind::not_measured,
                fmt::format("the appliance has no package {}", missing.front()));
  return replace_file(list, kept);
}

} // namespace

Result<void> copy_appliance(const std::map<std::string, std::string> &environment,
                            const fs::path &to, const LeverChanges &changes) {
  const Result<fs::path> from = supermin_directory(environment);
  if (!from)
    return tl::unexpected(from.error());
  std::error_code error;
  fs::create_directories(to, error);
  fs::copy(*from, to / "supermin.d",
           fs::copy_options::recursive | fs::copy_options::overwrite_existing, error);
  if (error)
    return fail(ErrorKind::io, "cannot copy the appliance: " + error.message(), {from->string()});
  if (!changes.init.empty())
    if (const Result<void> changed =
            change_init(to / "supermin.d/init.tar.gz", to / "init.unpacked", changes.init);
        !changed)
      return changed;
  if (!changes.without.empty())
    if (const Result<void> left_out = leave_out(to / "supermin.d/packages", changes.without);
        !left_out)
      return left_out;
  // supermin reads every file there, and takes a line with a - in front for files that it leaves
  // out.
  std::string excluded;
  for (const std::string &pattern : changes.exclude)
    excluded += "-" + pattern + '\n';
  return excluded.empty() ? Result<void>()
                          : replace_file(to / "supermin.d/excluded-by-lever", excluded);
}

} // namespace bootperf
