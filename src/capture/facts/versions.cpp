#include "capture/facts/versions.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "base/files.h"
#include "base/process.h"
#include "base/text.h"
#include "capture/facts/appliance.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

struct Package {
  std::string version;
  std::vector<std::string> needs;
};

/// Words between any of the separators, without the empty ones.
std::vector<std::string> words(std::string_view text, std::string_view separators) {
  std::vector<std::string> result;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(separators), text.size());
    if (end > 0) {
      result.emplace_back(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

/// The names in "libc6 (>= 2.36), awk | gawk:any".
std::vector<std::string> relation_names(std::string_view relations) {
  std::vector<std::string> names;
  for (const auto &relation : words(relations, ",|")) {
    const auto first = words(relation, " \t(:");
    if (!first.empty()) {
      names.push_back(first.front());
    }
  }
  return names;
}

struct Installed {
  std::map<std::string, Package> packages;
  std::multimap<std::string, std::string> providers; ///< virtual name → packages
};

Installed parse_installed(std::string_view text) {
  Installed result;
  for (const auto &line : words(text, "\n")) {
    // The needs come last because alternatives are separated by the same sign as the fields.
    const auto version = line.find('|');
    const auto provides = version == std::string::npos ? version : line.find('|', version + 1);
    const auto needs = provides == std::string::npos ? provides : line.find('|', provides + 1);
    if (needs == std::string::npos || provides == version + 1) {
      continue; // no version: removed, only its configuration is left
    }
    const std::string name = line.substr(0, version);
    for (auto &provided :
         relation_names(std::string_view(line).substr(provides + 1, needs - provides - 1))) {
      result.providers.emplace(std::move(provided), name);
    }
    result.packages[name] = {line.substr(version + 1, provides - version - 1),
                             relation_names(std::string_view(line).substr(needs + 1))};
  }
  return result;
}

Versions closure(const std::vector<std::string> &names, const Installed &installed) {
  Versions versions;
  std::vector<std::string> open(names);
  std::set<std::string> seen(names.begin(), names.end());
  const auto visit = [&](const std::string &name) {
    if (seen.insert(name).second) {
      open.push_back(name);
    }
  };
  while (!open.empty()) {
    const std::string name = std::move(open.back());
    open.pop_back();
    const auto [first, last] = installed.providers.equal_range(name);
    std::for_each(first, last, [&](const auto &provider) { visit(provider.second); });
    if (const auto package = installed.packages.find(name); package != installed.packages.end()) {
      versions["package:" + name] = package->second.version;
      std::ranges::for_each(package->second.needs, visit);
    }
  }
  return versions;
}

std::string value_of(const std::map<std::string, std::string> &environment, const char *key) {
  if (const auto entry = environment.find(key); entry != environment.end()) {
    return entry->second;
  }
  const char *inherited = std::getenv(key);
  return inherited ? inherited : "";
}

/// supermin.d/packages of the appliance that this environment leads to, or "".
std::string package_names(const std::map<std::string, std::string> &environment) {
  for (const fs::path &place :
       libguestfs_directories({{"LIBGUESTFS_PATH", value_of(environment, "LIBGUESTFS_PATH")}})) {
    if (auto text = read_file(place / "supermin.d" / "packages", 1u << 20)) {
      return std::move(*text);
    }
  }
  return "";
}

/// The version of the kernel that supermin takes: the one it is told, else the newest in /boot.
std::string kernel_release(const std::map<std::string, std::string> &environment) {
  if (auto release = value_of(environment, "SUPERMIN_KERNEL_VERSION"); !release.empty()) {
    return release;
  }
  constexpr std::string_view prefix = "vmlinuz-";
  if (const fs::path kernel = value_of(environment, "SUPERMIN_KERNEL"); !kernel.empty()) {
    const auto name = kernel.filename().string();
    return name.starts_with(prefix) ? name.substr(prefix.size()) : kernel.string();
  }
  std::string newest;
  std::error_code error;
  for (fs::directory_iterator entry("/boot", error), end; !error && entry != end;
       entry.increment(error)) {
    const auto name = entry->path().filename().string();
    const auto release = name.starts_with(prefix) ? name.substr(prefix.size()) : "";
    if (!release.empty() && (newest.empty() || strverscmp(release.c_str(), newest.c_str()) > 0)) {
      newest = release;
    }
  }
  return newest;
}

std::string package_version(const Installed &installed, const std::string &name) {
  const auto package = installed.packages.find(name);
  return package == installed.packages.end() ? "" : package->second.version;
}

std::string reported_qemu(const std::map<std::string, std::string> &environment) {
  std::vector<std::string> command{"env"};
  for (const auto &[key, value] : environment) {
    command.push_back(fmt::format("{}={}", key, value));
  }
#if defined(__aarch64__)
  const std::string native = "qemu-system-aarch64";
#elif defined(__powerpc64__)
  const std::string native = "qemu-system-ppc64";
#elif defined(__s390x__)
  const std::string native = "qemu-system-s390x";
#else
  const std::string native = "qemu-system-x86_64";
#endif
  const std::string chosen = value_of(environment, "LIBGUESTFS_HV");
  for (const auto &program : chosen.empty()
                                 ? std::vector<std::string>{native, "/usr/libexec/qemu-kvm"}
                                 : std::vector<std::string>{chosen}) {
    auto attempt = command;
    attempt.insert(attempt.end(), {program, "--version"});
    if (auto version = qemu_version(output_of(attempt)); !version.empty()) {
      return version;
    }
  }
  return "";
}

/// "package:NAME" from rpm, for the names given.
Versions rpm_packages(const std::vector<std::string> &names) {
  std::vector<std::string> command{"rpm", "-q", "--qf", "%{NAME}|%{VERSION}-%{RELEASE}\\n"};
  command.insert(command.end(), names.begin(), names.end());
  Versions versions;
  // rpm exits with the number of names it does not know; what it knows counts.
  const auto output = run_command(command);
  for (const auto &line : words(output ? output->text : "", "\n")) {
    const auto bar = line.find('|');
    if (bar != std::string::npos) {
      versions["package:" + line.substr(0, bar)] = line.substr(bar + 1);
    }
  }
  return versions;
}

} // namespace

Versions appliance_packages(std::string_view names, std::string_view installed) {
  return closure(words(names, " \t\r\n"), parse_installed(installed));
}

std::string qemu_version(std::string_view output) {
  constexpr std::string_view before = "version ";
  const auto line = first_line(output);
  const auto at = line.find(before);
  return at == std::string_view::npos ? "" : line.substr(at + before.size());
}

Versions component_versions(const std::map<std::string, std::string> &environment) {
  const auto names = words(package_names(environment), " \t\r\n");
  const auto installed = parse_installed(
      output_of({"dpkg-query", "-W", "-f",
                 "${Package}|${Version}|${Provides}|${Pre-Depends}, ${Depends}\\n"}));
  Versions versions = installed.packages.empty()
                          ? (names.empty() ? Versions() : rpm_packages(names))
                          : closure(names, installed);

  const auto put = [&](const char *key, std::string value) {
    if (!value.empty()) {
      versions[key] = std::move(value);
    }
  };
  // A library of one's own is not the packaged one; its boot logs say which it is.
  if (value_of(environment, "LD_LIBRARY_PATH").empty()) {
    const auto packaged = package_version(installed, "libguestfs0");
    put("libguestfs", packaged.empty() ? package_version(installed, "libguestfs0t64") : packaged);
  }
  const auto supermin = package_version(installed, "supermin");
  put("supermin", supermin.empty() ? first_line(output_of({"supermin", "--version"})) : supermin);
  put("seabios", package_version(installed, "seabios"));
  put("qemu", reported_qemu(environment));
  const auto release = kernel_release(environment);
  const auto package = package_version(installed, "linux-image-" + release);
  put("kernel", package.empty() ? release : release + " (" + package + ")");
  return versions;
}

} // namespace bootperf
