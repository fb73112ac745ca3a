#include "cli/tiny_guest.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <unistd.h>

#include "base/command.h"
#include "base/files.h"

namespace bootperf {
namespace {

constexpr int status_of_guest = 33; // isa-debug-exit: 2 · 0x10 + 1

/// A directory that goes with its content.
class Scratch {
public:
  Scratch() {
    std::error_code error;
    std::string path = std::filesystem::temp_directory_path(error) / "bootperf-doctor-XXXXXX";
    if (mkdtemp(path.data()) != nullptr)
      path_ = path;
  }
  ~Scratch() {
    std::error_code error;
    if (!path_.empty())
      std::filesystem::remove_all(path_, error);
  }
  Scratch(const Scratch &) = delete;
  Scratch &operator=(const Scratch &) = delete;
  const std::filesystem::path &path() const { return path_; }

private:
  std::filesystem::path path_;
};

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
  constexpr std::size_t size = 64 * 1024;
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
  const Scratch scratch;
  if (scratch.path().empty())
    return fail(ErrorKind::io,
                std::string("cannot make a temporary directory: ") + std::strerror(errno));
  const std::filesystem::path image = scratch.path() / "guest";
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
