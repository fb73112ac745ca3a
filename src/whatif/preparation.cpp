#include "whatif/preparation.h"

#include <algorithm>
#include <chrono>
#include <map>

#include <fmt/format.h>
#include <unistd.h>

#include "base/files.h"
#include "base/process.h"
#include "base/text.h"
#include "capture/facts/appliance.h"
#include "capture/launcher/subject_check.h"
#include "whatif/appliance_copy.h"
#include "whatif/kernel_image.h"
#include "whatif/kernel_modules.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

/// A text as RE2 takes it for a replacement.
std::string literal(std::string text) {
  for (std::size_t at = 0; (at = text.find('\\', at)) != std::string::npos; at += 2)
    text.insert(at, 1, '\\');
  return text;
}

/// The built appliance, and the kernel that it boots.
struct BuiltAppliance {
  fs::path directory;
  std::string kernel_version;
};

Result<BuiltAppliance> built_appliance(const std::map<std::string, std::string> &environment) {
  BuiltAppliance built;
  built.directory = appliance_of(environment, ::geteuid());
  built.kernel_version = appliance_kernel(built.directory);
  if (built.kernel_version.empty())
    return fail(ErrorKind::not_measured, "the appliance's kernel is not known",
                {built.directory.string()});
  return built;
}

/// The file of the kernel that supermin took, which it takes again for a changed appliance.
fs::path kernel_file(const std::map<std::string, std::string> &environment,
                     const BuiltAppliance &built) {
  if (const std::string asked = text_under(environment, "SUPERMIN_KERNEL"); !asked.empty())
    return asked;
  return "/boot/vmlinuz-" + built.kernel_version;
}

fs::path modules_directory(const std::map<std::string, std::string> &environment,
                           const BuiltAppliance &built) {
  if (const std::string asked = text_under(environment, "SUPERMIN_MODULES"); !asked.empty())
    return asked;
  return "/lib/modules/" + built.kernel_version;
}

/// What a lever names has to be there: another boot would be measured, or none. A cache is made, as
/// for every launch.
Result<void> check_environment(const std::map<std::string, std::string> &named) {
  if (named.empty())
    return {};
  std::error_code error;
  if (const auto cache = named.find("LIBGUESTFS_CACHEDIR"); cache != named.end())
    fs::create_directories(cache->second, error);
  if (const Result<void> there = check_subject(own_environment(named), named); !there)
    return fail(ErrorKind::not_measured, there.error().message);
  return {};
}

/// The cache of the boot as it is would be built anew for it, and again for the boot as it is.
bool names_another_appliance(const std::map<std::string, std::string> &environment) {
  return std::ranges::any_of(environment, [](const auto &variable) {
    return variable.first == "LIBGUESTFS_PATH" || variable.first.starts_with("SUPERMIN_");
  });
}

Result<void> prepare_modules(const LeverChanges &changes,
                             const std::map<std::string, std::string> &environment,
                             const fs::path &directory, LaunchRequest &request) {
  const Result<BuiltAppliance> built = built_appliance(environment);
  if (!built)
    return tl::unexpected(built.error());
  const fs::path modules = directory / "modules";
  request.environment["SUPERMIN_KERNEL"] = kernel_file(environment, *built).string();
  request.environment["SUPERMIN_KERNEL_VERSION"] = built->kernel_version;
  request.environment["SUPERMIN_MODULES"] = modules.string();
  return copy_modules(modules_directory(environment, *built), modules, built->kernel_version,
                      changes);
}

Result<void> prepare_kernel(const std::map<std::string, std::string> &environment,
                            const fs::path &directory, std::vector<ArgumentEdit> &edits) {
  const Result<BuiltAppliance> built = built_appliance(environment);
  if (!built)
    return tl::unexpected(built.error());
  const fs::path image = directory / "vmlinux";
  edits.emplace_back(ReplacedValue{"-kernel", "^.*$", literal(image.string())});
  return unpack_kernel(built->directory / "kernel", image);
}

/// As libguestfs-make-fixed-appliance leaves it, of the appliance that is there. Its root is
/// sparse, and stays so.
Result<void> prepare_fixed_appliance(const LeverChanges &changes,
                                     const std::map<std::string, std::string> &environment,
                                     const fs::path &directory, LaunchRequest &request) {
  if (changes.changes_appliance())
    return fail(ErrorKind::not_measured, "a fixed appliance is a copy of the one that is built "
                                         "here, and another lever wants another one");
  const Result<BuiltAppliance> built = built_appliance(environment);
  if (!built)
    return tl::unexpected(built.error());
  const fs::path copy = directory / "appliance";
  std::error_code error;
  fs::create_directories(copy, error);
  const Result<CommandOutput> copied = run_command(
      {"cp", "--dereference", "--sparse=always", "--reflink=auto", built->directory / "kernel",
       built->directory / "initrd", built->directory / "root", copy},
      std::chrono::minutes(5));
  if (!copied)
    return fail(ErrorKind::not_measured, copied.error().message, {"cp"});
  if (copied->status != 0)
    return fail(ErrorKind::not_measured,
                "the appliance could not be copied: " + first_line(copied->text));
  request.environment["LIBGUESTFS_PATH"] = copy.string();
  return replace_file(copy / "README.fixed", "A copy of the appliance that supermin built.\n");
}

} // namespace

Result<LaunchRequest> prepare_lever(const Lever &lever, const LaunchRequest &as_it_is,
                                    const fs::path &directory) {
  const LeverChanges &changes = lever.changes;
  if (const Result<void> there = check_environment(changes.environment); !there)
    return tl::unexpected(there.error());
  LaunchRequest request = as_it_is;
  request.lever = lever.name;
  if (!changes.append.empty())
    request.append += (request.append.empty() ? "" : " ") + changes.append;
  request.memsize_mib = changes.memsize_mib ? changes.memsize_mib : request.memsize_mib;
  request.smp = changes.smp ? changes.smp : request.smp;
  request.network = request.network || changes.network;
  for (const auto &[name, value] : changes.environment)
    request.environment[name] = value;
  const std::map<std::string, std::string> environment = own_environment(as_it_is.environment);
  std::error_code error;
  fs::create_directories(directory, error);
  std::vector<ArgumentEdit> edits = changes.qemu;
  if (changes.unpacked_kernel)
    if (const Result<void> done = prepare_kernel(environment, directory, edits); !done)
      return tl::unexpected(done.error());
  if (changes.changes_modules())
    if (const Result<void> done = prepare_modules(changes, environment, directory, request); !done)
      return tl::unexpected(done.error());
  if (changes.changes_supermin()) {
    const fs::path copy = directory / "guestfs";
    if (const Result<void> done =
            copy_appliance(own_environment(request.environment), copy, changes);
        !done)
      return tl::unexpected(done.error());
    request.environment["LIBGUESTFS_PATH"] = copy.string();
  }
  if (changes.fixed_appliance)
    if (const Result<void> done = prepare_fixed_appliance(changes, environment, directory, request);
        !done)
      return tl::unexpected(done.error());
  if (changes.changes_appliance() || names_another_appliance(changes.environment)) {
    request.environment["LIBGUESTFS_CACHEDIR"] = (directory / "cache").string();
  }
  if (!edits.empty()) {
    request.edits = directory / "edits.json";
    if (const Result<void> written = replace_file(request.edits, edits_text(edits)); !written)
      return tl::unexpected(written.error());
  }
  return request;
}

} // namespace bootperf
