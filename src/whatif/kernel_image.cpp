#include "whatif/kernel_image.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include <fmt/format.h>

#include "base/files.h"
#include "base/process.h"

namespace bootperf {
namespace {

constexpr std::size_t largest_image = std::size_t{512} << 20;
constexpr std::size_t header_end = 0x250;

struct Packing {
  std::string_view magic;
  std::vector<std::string> unpacking;
  /// The kernel's build puts the size behind everything but gzip, whose own last bytes it is.
  bool size_behind = true;
};

const std::array<Packing, 5> &packings() {
  using namespace std::string_view_literals;
  static const std::array<Packing, 5> all = {{{"\x1f\x8b"sv, {"gzip", "-dc"}, false},
                                              {"\xfd\x37zXZ\0"sv, {"xz", "-dc"}},
                                              {"\x28\xb5\x2f\xfd"sv, {"zstd", "-dcq"}},
                                              {"\x02\x21\x4c\x18"sv, {"lz4", "-dcq"}},
                                              {"BZh"sv, {"bzip2", "-dc"}}}};
  return all;
}

std::uint32_t word_at(std::string_view bytes, std::size_t at) {
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < sizeof word; ++i)
    word |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return word;
}

} // namespace

Result<PackedKernel> packed_kernel(std::string_view image, const std::string &name) {
  constexpr std::uint32_t with_payload = 0x0208;
  if (image.size() < header_end || image.substr(0x202, 4) != "HdrS" ||
      (word_at(image, 0x206) & 0xffffU) < with_payload)
    return fail(ErrorKind::not_measured, "this kernel is no bzImage that says where its payload is",
                {name});
  const auto setup_sectors = static_cast<unsigned char>(image[0x1f1]);
  const std::size_t begin =
      (std::size_t{setup_sectors == 0 ? std::uint8_t{4} : setup_sectors} + 1) * 512 +
      word_at(image, 0x248);
  const std::size_t length = word_at(image, 0x24c);
  if (begin > image.size() || length > image.size() - begin || length < sizeof(std::uint32_t))
    return fail(ErrorKind::not_measured, "this kernel's payload lies outside of its file", {name});
  const std::string_view payload = image.substr(begin, length);
  for (const Packing &packing : packings())
    if (payload.starts_with(packing.magic))
      return PackedKernel{
          payload.substr(0, length - (packing.size_behind ? sizeof(std::uint32_t) : 0)),
          packing.unpacking};
  return fail(ErrorKind::not_measured,
              fmt::format("this kernel is packed in a way that is not known: it begins with {:08x}",
                          word_at(payload, 0)),
              {name});
}

Result<void> unpack_kernel(const std::filesystem::path &image, const std::filesystem::path &to) {
  const Result<std::string> bytes = read_file(image, largest_image);
  if (!bytes)
    return tl::unexpected(bytes.error());
  const Result<PackedKernel> packed = packed_kernel(*bytes, image.string());
  if (!packed)
    return tl::unexpected(packed.error());
  if (find_program(packed->unpacking.front()).empty())
    return fail(ErrorKind::not_measured,
                fmt::format("this kernel is packed by {0}, which is not here: install {0}",
                            packed->unpacking.front()));
  const std::filesystem::path payload = to.string() + ".packed";
  if (const Result<void> written = replace_file(payload, packed->payload); !written)
    return written;
  std::vector<std::string> command = packed->unpacking;
  command.push_back(payload.string());
  const Result<CommandOutput> unpacked =
      run_command(command, std::chrono::minutes(1), largest_image);
  std::error_code ignored;
  std::filesystem::remove(payload, ignored);
  if (!unpacked)
    return fail(ErrorKind::not_measured, unpacked.error().message, {command.front()});
  if (unpacked->status != 0 || !unpacked->text.starts_with("\x7f"
                                                           "ELF"))
    return fail(
        ErrorKind::not_measured,
        fmt::format("{} could not unpack this kernel (exit {})", command.front(), unpacked->status),
        {image.string()});
  return replace_file(to, unpacked->text);
}

} // namespace bootperf
