#include "profile/code/program_files.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "base/cpio.h"
#include "base/files.h"
#include "base/process.h"
#include "capture/facts/appliance.h"

namespace bootperf {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t largest_program = 256u << 20;
constexpr std::size_t largest_initrd = 512u << 20;
constexpr std::size_t most_programs = 20'000;

/// Unpacks the archives that supermin puts into the appliance; tar takes no path out of it.
void unpack_archives(const std::map<std::string, std::string> &environment,
                     const fs::path &directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  for (const fs::path &place : libguestfs_directories(environment)) {
    if (!fs::is_directory(place / "supermin.d", error)) {
      continue;
    }
    for (fs::directory_iterator entry(place / "supermin.d", error), end; !error && entry != end;
         entry.increment(error)) {
      if (entry->path().extension() == ".gz") {
        (void)run_command({"tar", "-xzf", entry->path().string(), "-C", directory.string()},
                          std::chrono::seconds(60));
      }
    }
    return;
  }
}

/// The program that the initrd starts with.
std::string first_program(const fs::path &appliance) {
  const auto initrd = read_file(appliance / "initrd", largest_initrd);
  for (const CpioMember &member : initrd ? cpio_members(*initrd) : std::vector<CpioMember>()) {
    if (member.name == "init") {
      return std::string(member.data);
    }
  }
  return "";
}

/// A guest may name anything; what the kernel makes up as it is read may never end.
bool is_file_on_disk(const fs::path &path) {
  std::error_code error;
  const auto real = fs::canonical(path, error);
  if (error || !fs::is_regular_file(real, error)) {
    return false;
  }
  const auto top = real.begin() == real.end() ? fs::path() : *std::next(real.begin());
  return top != "proc" && top != "sys" && top != "dev";
}

} // namespace

ProgramPlaces find_programs(const std::vector<std::string> &programs, const fs::path &appliance,
                            const std::map<std::string, std::string> &environment,
                            const fs::path &directory) {
  ProgramPlaces places;
  const auto add = [&](const std::string &name, const fs::path &file) {
    places.names.push_back(name);
    places.files.push_back(file);
  };
  const auto init = first_program(appliance);
  if (!init.empty() && replace_file(directory / "initrd-init", init)) {
    add("/init of the initrd", directory / "initrd-init");
  }
  unpack_archives(environment, directory / "unpacked");
  std::error_code error;
  for (std::size_t i = 0; i < std::min(programs.size(), most_programs); ++i) {
    const fs::path path = fs::path(programs[i]).lexically_normal();
    const auto unpacked = directory / "unpacked" / path.relative_path();
    if (!path.is_absolute()) {
      continue;
    }
    if (fs::is_regular_file(unpacked, error)) {
      add(programs[i], unpacked);
    } else if (is_file_on_disk(path)) {
      add(programs[i], path);
    }
  }
  return places;
}

ProgramFiles program_files(ProgramPlaces places) {
  ProgramFiles files;
  files.names = places.names;
  files.read = [shared = std::make_shared<const ProgramPlaces>(std::move(places))](
                   std::size_t index) -> std::optional<CodeFile> {
    const auto bytes = read_file(shared->files.at(index), largest_program);
    return bytes ? read_elf(*bytes) : std::nullopt;
  };
  return files;
}

} // namespace bootperf
