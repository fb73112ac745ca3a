#include "capture/launcher/subject_check.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "capture/facts/appliance.h"

namespace bootperf {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_kernel_file = 512U << 20;

tl::unexpected<Error> refused(const char *name, std::string_view value, const char *why) {
  return fail(ErrorKind::usage,
              fmt::format("{}: {} {}, and another appliance than the one that is asked for would "
                          "be measured",
                          name, printable(value), why));
}

Result<void> check_directories(const char *name, const std::string &value) {
  std::string_view rest = value;
  while (!rest.empty()) {
    const auto element = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), element.size() + 1));
    std::error_code none;
    if (!element.empty() && !fs::is_directory(fs::path(element), none)) {
      return refused(name, element, "is no directory");
    }
  }
  return {};
}

Result<void> check_directory(const char *name, const std::string &value) {
  std::error_code none;
  return value.empty() || fs::is_directory(value, none) ? Result<void>()
                                                        : refused(name, value, "is no directory");
}

Result<void> check_program(const char *name, const std::string &value) {
  return value.empty() || !find_program(value).empty()
             ? Result<void>()
             : refused(name, value, "is no program that can be executed");
}

Result<void> check_file(const char *name, const std::string &value) {
  return value.empty() || read_beginning(value, 1) ? Result<void>()
                                                   : refused(name, value, "cannot be read");
}

Result<void> check_number(const char *name, const std::string &value) {
  int number = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool whole = read.ec == std::errc() && read.ptr == value.data() + value.size();
  return value.empty() || (whole && number > 0)
             ? Result<void>()
             : refused(name, value, "is no whole number above 0");
}

struct Checked {
  const char *name;
  Result<void> (*check)(const char *name, const std::string &value);
};

constexpr Checked checked[] = {
    {"LIBGUESTFS_PATH", check_directories}, {"LIBGUESTFS_HV", check_program},
    {"LIBGUESTFS_QEMU", check_program},     {"LIBGUESTFS_CACHEDIR", check_directory},
    {"LIBGUESTFS_TMPDIR", check_directory}, {"LIBGUESTFS_MEMSIZE", check_number},
    {"SUPERMIN_KERNEL", check_file},        {"SUPERMIN_MODULES", check_directory}};

} // namespace

Result<void> check_subject(const Variables &environment, const Variables &asked) {
  for (const Checked &each : checked) {
    if (auto right = each.check(each.name, text_under(environment, each.name)); !right) {
      return right;
    }
  }
  return check_directories("LD_LIBRARY_PATH", text_under(asked, "LD_LIBRARY_PATH"));
}

bool boots_kernel_asked_for(const Variables &environment, const fs::path &appliance) {
  const std::string asked = text_under(environment, "SUPERMIN_KERNEL");
  const fs::path used = appliance / "kernel";
  std::error_code none;
  // A fixed appliance brings its kernel along, and says so by being named.
  if (asked.empty() || !fs::exists(used, none) || fs::exists(appliance / "README.fixed", none)) {
    return true;
  }
  if (fs::equivalent(asked, used, none)) {
    return true;
  }
  const auto one = read_file(asked, largest_kernel_file);
  const auto other = read_file(used, largest_kernel_file);
  return one && other && *one == *other;
}

} // namespace bootperf
