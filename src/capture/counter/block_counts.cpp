#include "capture/counter/block_counts.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"

namespace bootperf {

namespace {

const BootperfBlock *map_records(const FileDescriptor &file, std::uint64_t capacity) {
  void *records =
      mmap(nullptr, capacity * sizeof(BootperfBlock), PROT_READ, MAP_SHARED, file.get(), 0);
  return records == MAP_FAILED ? nullptr : static_cast<const BootperfBlock *>(records);
}

tl::unexpected<Error> no_records(const std::filesystem::path &path) {
  return fail(ErrorKind::io,
              fmt::format("file of blocks {}: {}", path.string(), std::strerror(errno)));
}

} // namespace

Result<BlockCounts> BlockCounts::create(const std::filesystem::path &path, std::uint64_t capacity) {
  const FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file || ftruncate(file.get(), static_cast<off_t>(capacity * sizeof(BootperfBlock))) != 0) {
    return no_records(path);
  }
  const auto *records = map_records(file, capacity);
  return records == nullptr ? Result<BlockCounts>(no_records(path))
                            : BlockCounts(records, capacity);
}

Result<BlockCounts> BlockCounts::open(const std::filesystem::path &path) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status = {};
  if (!file || fstat(file.get(), &status) != 0) {
    return no_records(path);
  }
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size == 0 || size % sizeof(BootperfBlock) != 0) {
    return fail(ErrorKind::input, fmt::format("{} is not a file of blocks", path.string()));
  }
  const auto capacity = size / sizeof(BootperfBlock);
  const auto *records = map_records(file, capacity);
  return records == nullptr ? Result<BlockCounts>(no_records(path))
                            : BlockCounts(records, capacity);
}

BlockCounts::BlockCounts(BlockCounts &&other) noexcept
    : records_(std::exchange(other.records_, nullptr)),
      capacity_(std::exchange(other.capacity_, 0)) {}

BlockCounts &BlockCounts::operator=(BlockCounts &&other) noexcept {
  std::swap(records_, other.records_);
  std::swap(capacity_, other.capacity_);
  return *this;
}

BlockCounts::~BlockCounts() {
  if (records_ != nullptr) {
    munmap(const_cast<BootperfBlock *>(records_), capacity_ * sizeof(BootperfBlock));
  }
}

std::span<const BootperfBlock> BlockCounts::all(const CounterPage &page) const {
  return {records_, static_cast<std::size_t>(std::min(page.blocks(), capacity_))};
}

} // namespace bootperf
