#include "capture/symbols/code_cache.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/cpio.h"
#include "base/files.h"
#include "base/gzip.h"
#include "base/text.h"

namespace bootperf {

namespace {

constexpr std::size_t largest_image = 1u << 29;
constexpr std::size_t largest_kept = 128u << 20;
constexpr std::size_t kept_at_most = 8;
constexpr std::string_view kept_prefix = "code-";
constexpr std::string_view kept_suffix = ".gz";

/// supermin packs an initrd of the same modules with other times and inodes each time.
std::string content_of_initrd(const std::string &initrd) {
  std::string content;
  for (const CpioMember &member : cpio_members(initrd)) {
    content += fmt::format("{} {}\n", member.name, member.data.size());
    content += member.data;
  }
  return content.empty() ? initrd : content;
}

/// A file's first line: the key, and what follows as it was written. gzip's own sum tells of
/// damage.
std::string heading(const std::string &key, const std::string &text) {
  return fmt::format("bootperf-code 2 {} {} {:016x}\n", key, text.size(), fnv1a_64(text));
}

std::filesystem::path file_of(const std::filesystem::path &directory, const std::string &key) {
  return directory / fmt::format("{}{}{}", kept_prefix, key, kept_suffix);
}

std::optional<ApplianceCode> read_kept(const std::filesystem::path &file, const std::string &key) {
  const auto content = read_packed_file(file, largest_kept);
  if (!content) {
    return std::nullopt;
  }
  const auto end = content->find('\n');
  if (end == std::string::npos) {
    return std::nullopt;
  }
  const auto text = content->substr(end + 1);
  if (content->substr(0, end + 1) != heading(key, text)) {
    return std::nullopt;
  }
  auto code = parse_code(text, file.string());
  return code ? std::optional(std::move(*code)) : std::nullopt;
}

void sweep_old(const std::filesystem::path &directory) {
  std::error_code error;
  std::vector<std::pair<std::filesystem::file_time_type, std::filesystem::path>> kept;
  for (const auto &entry : std::filesystem::directory_iterator(directory, error)) {
    const auto name = entry.path().filename().string();
    if (name.starts_with(kept_prefix) && name.ends_with(kept_suffix)) {
      kept.emplace_back(entry.last_write_time(error), entry.path());
    }
  }
  std::sort(kept.rbegin(), kept.rend());
  for (std::size_t i = kept_at_most; i < kept.size(); ++i) {
    std::filesystem::remove(kept[i].second, error);
  }
}

} // namespace

Result<std::string> code_key(const std::filesystem::path &appliance, const std::string &arguments) {
  const auto kernel = read_file(appliance / "kernel", largest_image);
  if (!kernel) {
    return tl::unexpected(kernel.error());
  }
  const auto initrd = read_file(appliance / "initrd", largest_image);
  if (!initrd) {
    return tl::unexpected(initrd.error());
  }
  return fmt::format("{:016x}{:016x}{:016x}", fnv1a_64(*kernel),
                     fnv1a_64(content_of_initrd(*initrd)), fnv1a_64(arguments));
}

std::vector<std::filesystem::path>
code_directories(const std::filesystem::path &appliance,
                 const std::map<std::string, std::string> &environment) {
  std::vector<std::filesystem::path> directories;
  if (const auto cache = text_under(environment, "XDG_CACHE_HOME"); !cache.empty()) {
    directories.push_back(std::filesystem::path(cache) / "bootperf");
  } else if (const auto home = text_under(environment, "HOME"); !home.empty()) {
    directories.push_back(std::filesystem::path(home) / ".cache" / "bootperf");
  }
  directories.push_back(appliance.parent_path() / "bootperf");
  return directories;
}

std::optional<ApplianceCode> cached_code(const std::vector<std::filesystem::path> &directories,
                                         const std::string &key) {
  for (const auto &directory : directories) {
    if (auto code = read_kept(file_of(directory, key), key)) {
      return code;
    }
  }
  return std::nullopt;
}

Result<void> keep_code(const std::vector<std::filesystem::path> &directories,
                       const std::string &key, const ApplianceCode &code) {
  const auto text = code_text(code);
  Result<void> kept = fail(ErrorKind::io, "no directory to keep the kernel's symbols in");
  for (const auto &directory : directories) {
    kept = write_packed_file(file_of(directory, key), heading(key, text) + text);
    if (kept) {
      sweep_old(directory);
      return kept;
    }
  }
  return kept;
}

} // namespace bootperf
