// A stretch of a regular file mapped into memory, with readable bytes behind its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "input/sigbus_guard.hpp"
#include "input/source_file.hpp"

namespace stream_analyzer {

/// The system or the guard does not map this file (now): it has to be read in blocks.
struct MappingRefused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Read-only mapping of [begin, end) of a seekable file, with kChunkPadding_bytes readable behind.
/// Safe to read while the file is being cut short (sigbus_guard.hpp); such bytes are void,
/// is_damaged() tells.
///
/// Only the stretch in use is mapped, not the file: the kernel maps around a touched page as much
/// as its page cache holds in one piece, up to 2 MiB. With one mapping of the whole file such
/// surplus stays resident at every edge of a chunk (measured: 50 to 120 MB for a file of 2 GB).
class MappedRange {
  public:
    /// Maps the range, not empty and inside of the file's length when it was opened, and brings it
    /// in with one system call. Throws MappingRefused, and EnvironmentError when the file has
    /// become shorter or its device fails.
    MappedRange(std::shared_ptr<const SourceFile> file, std::uint64_t begin, std::uint64_t end);
    ~MappedRange();
    MappedRange(const MappedRange&) = delete;
    MappedRange& operator=(const MappedRange&) = delete;

    [[nodiscard]] const SourceFile& file() const { return *file_; }
    [[nodiscard]] bool covers(std::uint64_t begin, std::uint64_t end) const {
        return begin_bytes_ <= begin && end <= end_bytes_;
    }
    /// Bytes [begin, end) of the file, inside of the range.
    [[nodiscard]] std::string_view view(std::uint64_t begin, std::uint64_t end) const {
        return {address_of(begin), static_cast<std::size_t>(end - begin)};
    }

    /// Whether bytes of [begin, end) may not be the file's, because it ends earlier by now or a
    /// page could not be read.
    [[nodiscard]] bool is_damaged(std::uint64_t begin, std::uint64_t end) const;
    /// Why bytes before `end` are damaged.
    [[nodiscard]] EnvironmentError damage_error(std::uint64_t end) const;

  private:
    void map();
    void unmap();
    void populate() const;
    [[nodiscard]] const char* address_of(std::uint64_t offset) const {
        return memory_ + (offset - page_begin_bytes_);
    }

    std::shared_ptr<const SourceFile> file_;
    std::uint64_t begin_bytes_;
    std::uint64_t end_bytes_;
    std::uint64_t page_begin_bytes_;  ///< begin_bytes_ rounded down to a page
    char* memory_ = nullptr;
    std::size_t mapped_bytes_ = 0;
    std::optional<SigbusGuard> guard_;  ///< gone before the memory is unmapped
};

}  // namespace stream_analyzer
