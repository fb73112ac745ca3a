#include "capture/counter/counter_page.h"

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "base/files.h"
#include "capture/counter/page.h"

namespace bootperf {

namespace {

tl::unexpected<Error> refused(const std::filesystem::path &path) {
  return fail(ErrorKind::io,
              fmt::format("counter page {}: {}", path.string(), std::strerror(errno)));
}

BootperfPage *mapped(const FileDescriptor &file) {
  void *page = mmap(nullptr, BOOTPERF_PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
  return page == MAP_FAILED ? nullptr : static_cast<BootperfPage *>(page);
}

} // namespace

Result<CounterPage> CounterPage::create(const std::filesystem::path &path) {
  const FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file || ftruncate(file.get(), BOOTPERF_PAGE_SIZE) != 0) {
    return refused(path);
  }
  BootperfPage *page = mapped(file);
  if (page == nullptr) {
    return refused(path);
  }
  page->magic = BOOTPERF_PAGE_MAGIC;
  page->version = BOOTPERF_PAGE_VERSION;
  return CounterPage(page);
}

Result<CounterPage> CounterPage::open(const std::filesystem::path &path) {
  const FileDescriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  struct stat status = {};
  if (!file || fstat(file.get(), &status) != 0) {
    return refused(path);
  }
  // Looked at before it is mapped: reading beyond a file's end would kill the process.
  if (status.st_size != BOOTPERF_PAGE_SIZE) {
    return fail(ErrorKind::input, fmt::format("{} is not a counter page", path.string()));
  }
  BootperfPage *page = mapped(file);
  if (page == nullptr) {
    return refused(path);
  }
  CounterPage opened(page);
  if (page->magic != BOOTPERF_PAGE_MAGIC || page->version != BOOTPERF_PAGE_VERSION) {
    return fail(ErrorKind::input, fmt::format("{} is not a counter page of version {}",
                                              path.string(), BOOTPERF_PAGE_VERSION));
  }
  return opened;
}

CounterPage::CounterPage(CounterPage &&other) noexcept
    : page_(std::exchange(other.page_, nullptr)) {}

CounterPage &CounterPage::operator=(CounterPage &&other) noexcept {
  std::swap(page_, other.page_);
  return *this;
}

CounterPage::~CounterPage() {
  if (page_ != nullptr) {
    munmap(page_, BOOTPERF_PAGE_SIZE);
  }
}

GuestCounts CounterPage::read(BootperfCounts &of) const {
  const auto load = [](std::uint64_t &value) {
    return std::atomic_ref(value).load(std::memory_order_seq_cst);
  };
  // Qemu may be killed between two turns; what it was about to write never comes then.
  constexpr int most_attempts = 1000;
  for (int attempt = 1;; ++attempt) {
    const auto turns = load(page_->turns);
    const BootperfCounts seen{load(of.work), load(of.spinning), load(of.waiting_ns),
                              load(of.host_waiting_ns)};
    const bool whole = turns % 2 == 0 && load(page_->turns) == turns;
    if (!whole && attempt < most_attempts) {
      std::this_thread::yield();
      continue;
    }
    GuestCounts counts;
    counts.instructions = seen.work + seen.spinning;
    if (page_->knows_loops != 0) {
      counts.spinning = seen.spinning;
    }
    if (page_->knows_halts != 0) {
      counts.waiting = std::chrono::nanoseconds(seen.waiting_ns);
      counts.host_waiting = std::chrono::nanoseconds(seen.host_waiting_ns);
    }
    return counts;
  }
}

GuestCounts CounterPage::counts() const {
  return read(page_->latest);
}

GuestCounts CounterPage::counts_at_output() const {
  return read(page_->sees_output != 0 ? page_->output : page_->latest);
}

std::uint64_t CounterPage::instructions() const {
  return counts().instructions;
}

std::uint64_t CounterPage::blocks() const {
  return std::atomic_ref(page_->blocks).load(std::memory_order_acquire);
}

void CounterPage::next_epoch() {
  std::atomic_ref(page_->epoch).fetch_add(1, std::memory_order_seq_cst);
}

bool CounterPage::lost_epochs() const {
  return std::atomic_ref(page_->epochs_lost).load(std::memory_order_acquire) != 0;
}

bool CounterPage::counting() const {
  return std::atomic_ref(page_->ready).load(std::memory_order_acquire) != 0;
}

} // namespace bootperf
