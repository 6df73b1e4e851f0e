// An opened input: what it is and how long it was when it was opened.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/error.hpp"
#include "input/file_descriptor.hpp"
#include "input/input_list.hpp"
#include "input/source_status.hpp"

namespace stream_analyzer {

/// A file, fifo, device or standard input. The length of a regular file is frozen when it is
/// opened; when the object goes and the file has grown, the status is told.
class SourceFile {
  public:
    /// Opens `input`. Throws EnvironmentError.
    SourceFile(const InputSpec& input, std::shared_ptr<SourceStatus> status);
    SourceFile(const SourceFile&) = delete;
    SourceFile& operator=(const SourceFile&) = delete;
    ~SourceFile();

    [[nodiscard]] int descriptor() const { return file_.get(); }
    [[nodiscard]] const std::string& path() const { return input_.path; }
    [[nodiscard]] const std::string& name() const { return input_.name; }
    [[nodiscard]] SourceStatus& status() const { return *status_; }

    /// Bytes from the current position of a regular file to its end when it was opened. Nothing
    /// for fifos and devices, and for files that say 0 (those under /proc have content).
    [[nodiscard]] std::optional<std::uint64_t> size_bytes() const { return size_bytes_; }
    /// A regular file that can be read at any offset, from its beginning.
    [[nodiscard]] bool is_seekable() const { return size_bytes_ && !starts_inside_; }

    /// Reads at least one byte at an offset of a seekable file, at most as many as `out` has room
    /// for, and returns how many. Throws EnvironmentError, also when the file has become shorter.
    [[nodiscard]] std::size_t read_at(std::uint64_t offset_bytes, std::span<char> out) const;
    /// Fills `out` with what stands at an offset. False when that is not possible.
    [[nodiscard]] bool fill_from(std::uint64_t offset_bytes, std::span<char> out) const;

    /// Whether the file now ends before `end_bytes`.
    [[nodiscard]] bool ends_before(std::uint64_t end_bytes) const;

    [[nodiscard]] EnvironmentError read_error(int error_number) const;
    [[nodiscard]] EnvironmentError shrank_error() const;

  private:
    InputSpec input_;
    std::shared_ptr<SourceStatus> status_;
    FileDescriptor file_;
    std::optional<std::uint64_t> size_bytes_;
    bool starts_inside_ = false;
};

}  // namespace stream_analyzer
