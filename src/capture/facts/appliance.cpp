#include "capture/facts/appliance.h"

#include <algorithm>
#include <sys/stat.h>
#include <system_error>

#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"

namespace bootperf {

namespace {

constexpr std::size_t largest_kernel = 512u << 20;
constexpr std::size_t longest_version = 128;

std::string word_at(std::string_view text, std::size_t at) {
  const auto word = text.substr(at, longest_version);
  const auto end = std::find_if(word.begin(), word.end(), [](char c) {
    return c <= ' ' || c > '~'; // NUL, blanks, and what is no text
  });
  return std::string(word.begin(), end);
}

/// Those of LIBGUESTFS_PATH.
std::vector<std::filesystem::path>
given_directories(const std::map<std::string, std::string> &environment) {
  std::vector<std::filesystem::path> places;
  const std::string given = text_under(environment, "LIBGUESTFS_PATH");
  std::string_view rest = given;
  while (!rest.empty()) {
    const auto place = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), place.size() + 1));
    places.emplace_back(place);
  }
  return places;
}

} // namespace

std::filesystem::path cache_directory(const std::map<std::string, std::string> &environment) {
  for (const char *name : {"LIBGUESTFS_CACHEDIR", "TMPDIR"}) {
    const auto found = environment.find(name);
    if (found != environment.end() && !found->second.empty()) {
      return found->second;
    }
  }
  return "/var/tmp";
}

std::filesystem::path appliance_directory(const std::filesystem::path &cache, uid_t user) {
  return cache / fmt::format(".guestfs-{}", user) / "appliance.d";
}

std::vector<std::filesystem::path>
libguestfs_directories(const std::map<std::string, std::string> &environment) {
  std::vector<std::filesystem::path> places = given_directories(environment);
  std::erase(places, "");
  if (!places.empty()) {
    return places;
  }
  places = {"/usr/lib64/guestfs", "/usr/lib/guestfs"};
  std::error_code error;
  for (std::filesystem::directory_iterator entry("/usr/lib", error), end; !error && entry != end;
       entry.increment(error)) {
    places.push_back(entry->path() / "guestfs");
  }
  return places;
}

std::filesystem::path appliance_of(const std::map<std::string, std::string> &environment,
                                   uid_t user) {
  std::error_code none;
  for (const std::filesystem::path &directory : given_directories(environment)) {
    if (std::filesystem::exists(directory / "README.fixed", none)) {
      return directory;
    }
  }
  return appliance_directory(cache_directory(environment), user);
}

std::string appliance_stamp(const std::filesystem::path &appliance) {
  struct stat status = {};
  if (::stat(appliance.c_str(), &status) != 0) {
    return "";
  }
  return fmt::format("{}:{}:{}.{}", status.st_dev, status.st_ino, status.st_mtim.tv_sec,
                     status.st_mtim.tv_nsec);
}

std::string appliance_kernel(const std::filesystem::path &appliance) {
  std::error_code none;
  const auto target = std::filesystem::read_symlink(appliance / "kernel", none).filename().string();
  for (const std::string_view prefix : {"vmlinuz-", "vmlinux-", "Image-"}) {
    if (target.starts_with(prefix)) {
      return target.substr(prefix.size());
    }
  }
  const auto image = read_file(appliance / "kernel", largest_kernel);
  return image ? kernel_version(*image) : "";
}

std::string kernel_version(std::string_view image) {
  // Documentation/x86/boot.rst: "HdrS" at 0x202, at 0x20e the offset, less 0x200, of the version.
  if (image.size() > 0x210 && image.substr(0x202, 4) == "HdrS") {
    const auto byte = [&](std::size_t i) {
      return static_cast<std::size_t>(static_cast<unsigned char>(image[i]));
    };
    const std::size_t offset = (byte(0x20E) | (byte(0x20F) << 8U)) + 0x200;
    return offset < image.size() ? word_at(image, offset) : "";
  }
  constexpr std::string_view banner = "Linux version ";
  for (auto at = image.find(banner); at != std::string_view::npos;
       at = image.find(banner, at + 1)) {
    const auto version = word_at(image, at + banner.size());
    // The kernel's format strings hold the same words.
    if (!version.empty() && version[0] >= '0' && version[0] <= '9') {
      return version;
    }
  }
  return "";
}

} // namespace bootperf
