#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/cpio.h"
#include "base/files.h"
#include "base/process.h"
#include "base/text.h"
#include "guest/guest.h"
#include "whatif/kernel_image.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_program = std::size_t{16} << 20;
constexpr const char *root_size = "16M"; // docs/guests.md and guests.yaml say so, too

void fill_in(std::string &word, std::string_view placeholder, const std::string &value) {
  for (std::size_t at = 0; (at = word.find(placeholder, at)) != std::string::npos;
       at += value.size())
    word.replace(at, placeholder.size(), value);
}

/// The kernel unpacks it onto the root that it has built in, where /dev/console is already.
Result<void> make_hello_initramfs(const fs::path &program, const fs::path &to) {
  return read_file(program, largest_program).and_then([&](const std::string &hello) {
    return replace_file(to, cpio_archive({{"init", 0100755, hello}}));
  });
}

/// A root that says hello, which the appliance's mini-initrd mounts: ext2, for that is the driver
/// it asks for, in blocks as large as pages, for else nothing is mounted dax.
Result<void> make_hello_root(const fs::path &program, const fs::path &to) {
  const fs::path tree = to.string() + ".d";
  std::error_code error;
  for (const char *mounted : {"dev", "proc", "sys"})
    fs::create_directories(tree / mounted, error);
  fs::copy_file(program, tree / "init", fs::copy_options::overwrite_existing, error);
  if (!error)
    fs::permissions(tree / "init", fs::perms::owner_all | fs::perms::others_exec, error);
  if (error)
    return fail(ErrorKind::io, "cannot make a root: " + error.message(), {tree.string(), 0, 0});
  const fs::path unfinished = to.string() + ".part";
  const auto made = run_command({"/sbin/mke2fs", "-q", "-F", "-t", "ext2", "-b", "4096", "-d",
                                 tree.string(), unfinished.string(), root_size});
  if (!made)
    return tl::unexpected(made.error());
  if (made->status != 0)
    return fail(ErrorKind::io, "mke2fs made no root: " + printable(first_line(made->text)),
                {to.string(), 0, 0});
  fs::rename(unfinished, to, error);
  return error ? fail(ErrorKind::io, "cannot make a root: " + error.message(), {to.string(), 0, 0})
               : Result<void>();
}

/// Makes a file that several launches share, once, where it is wanted.
template <class Make>
Result<void> make_once_if(bool wanted, const fs::path &file, Make make) {
  std::error_code ignored;
  return !wanted || fs::exists(file, ignored) ? Result<void>() : make();
}

} // namespace

bool Guest::names(std::string_view placeholder) const {
  return std::ranges::any_of(command, [&](const std::string &word) {
    return word.find(placeholder) != std::string::npos;
  });
}

bool Guest::needs_kvm() const {
  return std::ranges::any_of(needs, &Need::kvm);
}

Result<std::vector<std::string>> prepare_guest(const Guest &guest, const LaunchRequest &request,
                                               const GuestFiles &files) {
  const bool tcg = request.mode == Mode::counted || request.accelerator == Accelerator::tcg ||
                   (request.accelerator == Accelerator::automatic && missing_need({{.kvm = true}}));
  if (const auto missing = missing_need(guest.needs))
    return fail(ErrorKind::not_measured, fmt::format("{}: {}", guest.name, *missing));
  if (guest.needs_kvm() && tcg)
    return fail(ErrorKind::not_measured,
                fmt::format("{}: it needs KVM, {}", guest.name,
                            request.mode == Mode::counted
                                ? "under which nothing is counted: launch it with --mode traced"
                                : "which does not work here or was not to be used"));
  std::error_code error;
  if (guest.needs_the_appliance() && !fs::exists(files.kernel, error))
    return fail(
        ErrorKind::not_measured,
        "the appliance, of which this guest boots a part, has not been built yet: `bootperf "
        "run --mode quiet --launches 1` builds it",
        {files.kernel.string(), 0, 0});
  const fs::path initramfs = files.scratch / "hello.cpio", unpacked = files.scratch / "vmlinux",
                 root = files.scratch / "hello.ext2";
  const auto made = make_once_if(guest.names("${initramfs}"), initramfs,
                                 [&] { return make_hello_initramfs(files.hello, initramfs); })
                        .and_then([&] {
                          return make_once_if(guest.names("${unpacked_kernel}"), unpacked, [&] {
                            return unpack_kernel(files.kernel, unpacked);
                          });
                        })
                        .and_then([&] {
                          return make_once_if(guest.names("${root}"), root,
                                              [&] { return make_hello_root(files.hello, root); });
                        });
  if (!made)
    return fail(ErrorKind::not_measured, made.error().message, made.error().where);
  std::vector<std::string> command = guest.command;
  for (std::string &word : command) {
    fill_in(word, "${accel}", tcg ? "tcg" : "kvm");
    fill_in(word, "${kernel}", files.kernel.string());
    fill_in(word, "${unpacked_kernel}", unpacked.string());
    fill_in(word, "${initramfs}", initramfs.string());
    fill_in(word, "${initrd}", (files.kernel.parent_path() / "initrd").string());
    fill_in(word, "${root}", root.string());
  }
  return command;
}

} // namespace bootperf
