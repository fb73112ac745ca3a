#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/cpio.h"
#include "base/files.h"
#include "guest/guest.h"
#include "whatif/kernel_image.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_program = std::size_t{16} << 20;

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

/// Makes a file that several launches share, once.
template <class Make>
Result<void> make_once(const fs::path &file, Make make) {
  std::error_code ignored;
  return fs::exists(file, ignored) ? Result<void>() : make();
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
  if (guest.boots_the_kernel() && !fs::exists(files.kernel, error))
    return fail(ErrorKind::not_measured,
                "the appliance, whose kernel this guest boots, has not been built yet: `bootperf "
                "run --mode quiet --launches 1` builds it",
                {files.kernel.string(), 0, 0});
  const fs::path initramfs = files.scratch / "hello.cpio", unpacked = files.scratch / "vmlinux";
  if (guest.names("${initramfs}"))
    if (const Result<void> made =
            make_once(initramfs, [&] { return make_hello_initramfs(files.hello, initramfs); });
        !made)
      return fail(ErrorKind::not_measured, made.error().message, made.error().where);
  if (guest.names("${unpacked_kernel}"))
    if (const Result<void> made =
            make_once(unpacked, [&] { return unpack_kernel(files.kernel, unpacked); });
        !made)
      return fail(ErrorKind::not_measured, made.error().message, made.error().where);
  std::vector<std::string> command = guest.command;
  for (std::string &word : command) {
    fill_in(word, "${accel}", tcg ? "tcg" : "kvm");
    fill_in(word, "${kernel}", files.kernel.string());
    fill_in(word, "${unpacked_kernel}", unpacked.string());
    fill_in(word, "${initramfs}", initramfs.string());
  }
  return command;
}

} // namespace bootperf
