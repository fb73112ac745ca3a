#include "cli/tiny_guest.h"

#include <array>
#include <cstring>
#include <filesystem>

#include "base/files.h"
#include "base/process.h"
#include "capture/launcher/sweep.h"

namespace bootperf {
namespace {

constexpr int status_of_guest = 33; // isa-debug-exit: 2 · 0x10 + 1

std::string last_words(const std::string &text) {
  std::string last, line;
  for (const char byte : text + '\n') {
    if (byte != '\n') {
      line += byte;
      continue;
    }
    if (!line.empty())
      last = line;
    line.clear();
  }
  return last;
}

} // namespace

std::string tiny_guest() {
  constexpr std::size_t size = 65'536;
  constexpr std::size_t reset_vector = size - 16;
  // mov al,0x10; out 0xf4,al; hlt
  constexpr std::array<unsigned char, 5> code = {0xb0, 0x10, 0xe6, 0xf4, 0xf4};
  std::string image(size, '\0');
  std::memcpy(image.data() + reset_vector, code.data(), code.size());
  return image;
}

Result<GuestTrial> try_tiny_guest(const std::string &qemu,
                                  const std::vector<std::string> &arguments,
                                  std::chrono::milliseconds deadline) {
  std::error_code ignored;
  const Result<ScratchDirectory> scratch =
      ScratchDirectory::make(std::filesystem::temp_directory_path(ignored));
  if (!scratch)
    return tl::unexpected(scratch.error());
  const std::filesystem::path image = scratch->path() / "guest";
  if (const Result<void> written = replace_file(image, tiny_guest()); !written)
    return tl::unexpected(written.error());

  std::vector<std::string> command = {
      qemu,       "-bios", image.string(), "-nodefaults", "-no-user-config",
      "-display", "none",  "-no-reboot",   "-device",     "isa-debug-exit,iobase=0xf4,iosize=4"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const Result<CommandOutput> output = run_command(command, deadline);
  if (!output)
    return GuestTrial{false, output.error().message};
  if (output->status == status_of_guest)
    return GuestTrial{true, ""};
  const std::string words = last_words(output->text);
  return GuestTrial{
      false, words.empty() ? "qemu ended with status " + std::to_string(output->status) : words};
}

} // namespace bootperf
