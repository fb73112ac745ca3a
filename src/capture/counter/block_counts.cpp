#include "capture/counter/block_counts.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/files.h"

namespace bootperf {

Result<BlockCounts> BlockCounts::create(const std::filesystem::path &path, std::uint64_t capacity) {
  const FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  const auto size = capacity * sizeof(BootperfBlock);
  void *records = MAP_FAILED;
  if (file && ftruncate(file.get(), static_cast<off_t>(size)) == 0) {
    records = mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
  }
  if (records == MAP_FAILED) {
    return fail(ErrorKind::io,
                fmt::format("file of blocks {}: {}", path.string(), std::strerror(errno)));
  }
  return BlockCounts(static_cast<BootperfBlock *>(records), capacity);
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
    munmap(records_, capacity_ * sizeof(BootperfBlock));
  }
}

std::span<const BootperfBlock> BlockCounts::all(const CounterPage &page) const {
  return {records_, static_cast<std::size_t>(std::min(page.blocks(), capacity_))};
}

} // namespace bootperf
