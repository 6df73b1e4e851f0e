// A file that is complete or not there.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/byte_sink.hpp"
#include "core/error.hpp"
#include "report/output_target.hpp"

namespace stream_analyzer {

/// An output, opened before the work begins so that a wrong path costs no time.
///
/// A regular or absent target is written under a temporary name in its folder
/// (".stream-analyzer-*.part") and takes its place at commit(); until then, and when nobody
/// commits, the target stays as it was and the temporary file is removed. An existing target keeps
/// its permission bits (and owner, where the process may set it). Fifos, devices, "-" and
/// /dev/stdout are written directly; opening a fifo waits for its reader.
///
/// Errors are EnvironmentErrors that name the path as the user gave it, or ClosedPipe. When
/// `interrupted` is set from outside, opening and writing throw Interrupted instead of waiting.
class OutputFile final : public ByteSink {
  public:
    /// `interrupted` may be null; else it must outlive the file.
    explicit OutputFile(std::string path, const std::atomic<bool>* interrupted = nullptr);
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    OutputFile(OutputFile&&) = delete;
    OutputFile& operator=(OutputFile&&) = delete;
    ~OutputFile() override;

    /// Buffered: errors of earlier pieces may surface here or in commit().
    void write(std::string_view text) override;

    /// Writes what is buffered: of several outputs none is put in its place before all are written.
    void flush();

    /// Flushes and puts the file in its place. Nothing may be written after it.
    void commit();

    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    void open_directly();
    void open_beside();
    void keep_permissions() const;
    [[nodiscard]] int open_retrying(const std::string& path, int flags, mode_t mode = 0) const;
    void write_all(std::string_view text) const;
    void stop_if_interrupted() const;
    void close_descriptor();
    void discard() noexcept;

    std::string path_;  ///< as given, or "standard output": for messages
    OutputTarget target_;
    const std::atomic<bool>* interrupted_;
    std::string temporary_;  ///< empty when written directly
    std::string buffer_;
    int descriptor_ = -1;
};

}  // namespace stream_analyzer
