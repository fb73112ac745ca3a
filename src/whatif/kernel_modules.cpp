#include "whatif/kernel_modules.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/files.h"
#include "base/process.h"
#include "base/text.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view signature_marker = "~Module signature appended~\n";
constexpr std::size_t largest_module = std::size_t{256} << 20;
// So many files are handed to one program at a time: a command line has an end.
constexpr std::size_t most_files_at_once = 500;

/// How a module's file is packed, by its ending; packed again as the kernel's build does it.
struct ModulePacking {
  std::string_view ending;
  std::vector<std::string> unpack, pack;
};

const std::array<ModulePacking, 3> &module_packings() {
  static const std::array<ModulePacking, 3> all = {
      {{".xz", {"xz", "-d"}, {"xz", "--check=crc32", "--lzma2=dict=1MiB"}},
       {".zst", {"zstd", "-dq", "--rm"}, {"zstd", "-q", "--rm"}},
       {".gz", {"gzip", "-d"}, {"gzip", "-n"}}}};
  return all;
}

/// "kernel/drivers/virtio/virtio_pci.ko.xz" → "virtio_pci"
std::string module_name(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  std::string plain(name.substr(0, name.find(".ko")));
  std::ranges::replace(plain, '-', '_');
  return plain;
}

std::vector<std::string> module_files(const fs::path &directory, std::string_view ending) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error))
    if (entry->path().string().ends_with(std::string(".ko") + std::string(ending)) &&
        entry->is_regular_file(error))
      files.push_back(entry->path().string());
  return files;
}

Result<void> run_over(const std::vector<std::string> &program,
                      const std::vector<std::string> &files) {
  for (std::size_t i = 0; i < files.size(); i += most_files_at_once) {
    std::vector<std::string> command = program;
    command.emplace_back("--");
    for (std::size_t file = i; file < std::min(files.size(), i + most_files_at_once); ++file)
      command.push_back(files[file]);
    const Result<CommandOutput> output = run_command(command, std::chrono::minutes(5));
    if (!output)
      return fail(ErrorKind::not_measured, output.error().message, {program.front()});
    if (output->status != 0)
      return fail(ErrorKind::not_measured, fmt::format("{} ended with {}: {}", program.front(),
                                                       output->status, first_line(output->text)));
  }
  return {};
}

Result<void> remove_signatures(const std::vector<std::string> &files) {
  for (const std::string &file : files) {
    const Result<std::string> module = read_file(file, largest_module);
    if (!module)
      return tl::unexpected(module.error());
    // A signature is the end of its file, and a thousand files that are written anew take seconds.
    const std::string_view bare = without_signature(*module);
    std::error_code error;
    if (bare.size() < module->size())
      fs::resize_file(file, bare.size(), error);
    if (error)
      return fail(ErrorKind::io, "cannot cut off its signature: " + error.message(), {file});
  }
  return {};
}

/// Other names: what lists the modules by them is made anew.
Result<void> list_anew(const fs::path &directory, const std::string &version) {
  const fs::path root = directory.string() + ".root";
  std::error_code error;
  fs::create_directories(root / "lib/modules", error);
  fs::create_directory_symlink(fs::absolute(directory), root / "lib/modules" / version, error);
  const std::string found = find_program("depmod").string();
  const Result<CommandOutput> output =
      run_command({found.empty() ? "/usr/sbin/depmod" : found, "-b", root.string(), version},
                  std::chrono::minutes(2));
  fs::remove_all(root, error);
  if (!output)
    return fail(ErrorKind::not_measured, output.error().message, {"depmod"});
  if (output->status != 0)
    return fail(ErrorKind::not_measured, "depmod: " + first_line(output->text));
  return {};
}

/// The files of modules that were packed, without the ending, by how they were.
using PackedBefore = std::vector<std::pair<const ModulePacking *, std::vector<std::string>>>;

Result<PackedBefore> unpack_all(const fs::path &directory) {
  PackedBefore before;
  for (const ModulePacking &packing : module_packings()) {
    std::vector<std::string> files = module_files(directory, packing.ending);
    if (files.empty())
      continue;
    if (const Result<void> done = run_over(packing.unpack, files); !done)
      return tl::unexpected(done.error());
    for (std::string &file : files)
      file.resize(file.size() - packing.ending.size());
    before.emplace_back(&packing, std::move(files));
  }
  return before;
}

Result<void> change_files(const fs::path &directory, const std::string &version,
                          const std::vector<ModuleChange> &changes) {
  const auto wanted = [&](ModuleChange change) {
    return std::ranges::find(changes, change) != changes.end();
  };
  const Result<PackedBefore> packed = unpack_all(directory);
  if (!packed)
    return tl::unexpected(packed.error());
  if (wanted(ModuleChange::unsigned_))
    if (const Result<void> done = remove_signatures(module_files(directory, "")); !done)
      return done;
  if (wanted(ModuleChange::unpacked))
    return packed->empty() ? Result<void>() : list_anew(directory, version);
  for (const auto &[packing, files] : *packed)
    if (const Result<void> done = run_over(packing->pack, files); !done)
      return done;
  return {};
}

} // namespace

std::string_view without_signature(std::string_view module) {
  constexpr std::size_t descriptor = 12, signer_length = 3, key_length = 4, signature_length = 8;
  if (!module.ends_with(signature_marker))
    return module;
  const std::string_view rest = module.substr(0, module.size() - signature_marker.size());
  if (rest.size() < descriptor)
    return module;
  const std::size_t at = rest.size() - descriptor;
  const auto byte = [&](std::size_t i) {
    return std::size_t{static_cast<unsigned char>(rest[at + i])};
  };
  std::size_t length = 0;
  for (std::size_t i = 0; i < sizeof(std::uint32_t); ++i)
    length = length << 8U | byte(signature_length + i);
  length += byte(signer_length) + byte(key_length);
  return length <= at ? module.substr(0, at - length) : module;
}

std::string kept_modules(std::string_view modules_dep, const std::vector<std::string> &names) {
  std::map<std::string, std::string_view> lines; // by module
  std::vector<std::string> order, open;
  while (!modules_dep.empty()) {
    const std::string_view line = take_line(modules_dep);
    const std::string name = module_name(line.substr(0, line.find(':')));
    if (lines.emplace(name, line).second)
      order.push_back(name);
  }
  std::set<std::string> kept;
  for (const std::string &name : names)
    open.push_back(module_name(name));
  while (!open.empty()) {
    const std::string name = open.back();
    open.pop_back();
    const auto line = lines.find(name);
    if (line == lines.end() || !kept.insert(name).second)
      continue;
    std::string_view needed =
        line->second.substr(std::min(line->second.find(':'), line->second.size()));
    while (!needed.empty()) {
      needed.remove_prefix(std::min(needed.find_first_not_of(": "), needed.size()));
      const std::size_t end = std::min(needed.find(' '), needed.size());
      if (end > 0)
        open.push_back(module_name(needed.substr(0, end)));
      needed.remove_prefix(end);
    }
  }
  std::string text;
  for (const std::string &name : order)
    if (kept.contains(name))
      text += std::string(lines.at(name)) + '\n';
  return text;
}

Result<void> copy_modules(const fs::path &from, const fs::path &to, const std::string &version,
                          const LeverChanges &changes) {
  std::error_code error;
  fs::create_directories(to, error);
  for (fs::directory_iterator entry(from, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name != "build" && name != "source") // links to the kernel's headers
      fs::copy(entry->path(), to / name,
               fs::copy_options::recursive | fs::copy_options::copy_symlinks, error);
    if (error)
      break;
  }
  if (error)
    return fail(ErrorKind::io, "cannot copy the kernel's modules: " + error.message(),
                {from.string()});
  if (!changes.modules.empty())
    if (const Result<void> changed = change_files(to, version, changes.modules); !changed)
      return changed;
  if (changes.initrd.empty())
    return {};
  const fs::path list = to / "modules.dep";
  const Result<std::string> modules = read_file(list, largest_module);
  if (!modules)
    return tl::unexpected(modules.error());
  const std::string kept = kept_modules(*modules, changes.initrd);
  if (kept.empty())
    return fail(ErrorKind::not_measured, "the kernel has none of the modules that would be kept",
                {list.string()});
  return replace_file(list, kept);
}

} // namespace bootperf
