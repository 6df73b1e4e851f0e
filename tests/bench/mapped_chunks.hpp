// What the small benchmark programs share: a fresh mapping of a file, cut into chunks that threads
// take in file order. Written for a benchmark: no growth, no shrinking, no special files.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace bench {

/// Readable bytes behind the file's last one (SIMDJSON_PADDING, and a 32-byte load past the end).
inline constexpr std::size_t kTail_bytes = 64;

[[noreturn]] inline void fail(const std::string& action) {
    throw std::runtime_error("cannot " + action + ": " + std::strerror(errno));
}

/// A whole file mapped for reading, with kTail_bytes of zeros behind it.
class MappedFile {
  public:
    explicit MappedFile(const char* path) : file_(::open(path, O_RDONLY | O_CLOEXEC)) {
        if (file_ < 0) fail(std::string("open ") + path);
        struct stat status {};
        if (::fstat(file_, &status) != 0) fail("stat");
        size_bytes_ = static_cast<std::size_t>(status.st_size);
        // Anonymous memory first and the file over its beginning: the tail stays readable even
        // when the file ends at a page boundary.
        void* const place = ::mmap(nullptr, size_bytes_ + kTail_bytes, PROT_READ,
                                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (place == MAP_FAILED) fail("reserve memory");
        data_ = static_cast<char*>(place);
        if (size_bytes_ > 0 && ::mmap(data_, size_bytes_, PROT_READ, MAP_PRIVATE | MAP_FIXED, file_,
                                      0) == MAP_FAILED) {
            fail("map the file");
        }
    }
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile() {
        ::munmap(data_, size_bytes_ + kTail_bytes);
        ::close(file_);
    }

    [[nodiscard]] std::string_view bytes() const { return {data_, size_bytes_}; }
    [[nodiscard]] int file() const { return file_; }

    /// Makes [begin, end) present in one call instead of a fault per page.
    void populate(std::size_t begin, std::size_t end) const {
        advise(begin, end, MADV_POPULATE_READ);
    }

    /// Gives [begin, end) back, so that tearing the mapping down at the end costs nothing.
    void drop(std::size_t begin, std::size_t end) const { advise(begin, end, MADV_DONTNEED); }

  private:
    // Kernels older than 5.14 do not know MADV_POPULATE_READ; faults then do the same.
    void advise(std::size_t begin, std::size_t end, int advice) const {
        static_cast<void>(::madvise(data_ + begin, end - begin, advice));
    }

    int file_;
    std::size_t size_bytes_ = 0;
    char* data_ = nullptr;
};

/// Runs work(thread index) on `threads` threads and waits for them.
template <typename Work>
void on_threads(unsigned threads, const Work& work) {
    std::vector<std::jthread> workers;
    for (unsigned index = 1; index < threads; ++index) {
        workers.emplace_back([&work, index] { work(index); });
    }
    work(0U);
}

/// Hands out [begin, end) of a file of `size_bytes` in file order.
class ChunkCursor {
  public:
    ChunkCursor(std::size_t size_bytes, std::size_t chunk_bytes)
        : size_bytes_(size_bytes), chunk_bytes_(chunk_bytes) {}

    [[nodiscard]] bool next(std::size_t& begin, std::size_t& end) {
        begin = next_.fetch_add(chunk_bytes_, std::memory_order_relaxed);
        if (begin >= size_bytes_) return false;
        end = std::min(begin + chunk_bytes_, size_bytes_);
        return true;
    }

  private:
    std::size_t size_bytes_;
    std::size_t chunk_bytes_;
    std::atomic<std::size_t> next_{0};
};

/// The lines that begin in [begin, end): from behind the first line feed at or after begin - 1 to
/// behind the first one at or after end - 1. Every line belongs to exactly one chunk.
[[nodiscard]] inline std::string_view whole_lines(std::string_view file, std::size_t begin,
                                                  std::size_t end) {
    const auto line_start = [file](std::size_t position) {
        if (position == 0) return position;
        const std::size_t line_feed = file.find('\n', position - 1);
        return line_feed == std::string_view::npos ? file.size() : line_feed + 1;
    };
    const std::size_t first = line_start(begin);
    const std::size_t last = end == file.size() ? end : line_start(end);
    return first < last ? file.substr(first, last - first) : std::string_view{};
}

}  // namespace bench
