// The account of one input while it is read, shared by all that read it.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "input/compression.hpp"

namespace stream_analyzer {

/// What became of one input.
struct SourceReport {
    std::string name;
    Compression compression = Compression::none;
    std::uint64_t bytes = 0;       ///< decompressed bytes delivered, a byte order mark included
    std::uint64_t disk_bytes = 0;  ///< bytes taken from the file or pipe
    /// Why not all of it could be read: the failure at the smallest offset.
    std::optional<std::string> error;
    /// The file is longer now than when it was opened; what was added was not read.
    bool grew = false;
};

/// Thread-safe collector of a SourceReport.
class SourceStatus {
  public:
    explicit SourceStatus(std::string name) { report_.name = std::move(name); }

    [[nodiscard]] SourceReport report() const {
        const std::lock_guard lock(mutex_);
        return report_;
    }
    void opened(Compression compression) {
        const std::lock_guard lock(mutex_);
        report_.compression = compression;
    }
    void add_bytes(std::uint64_t bytes) {
        const std::lock_guard lock(mutex_);
        report_.bytes += bytes;
    }
    void take_back_bytes(std::uint64_t bytes) {
        const std::lock_guard lock(mutex_);
        report_.bytes -= bytes;
    }
    void set_disk_bytes(std::uint64_t bytes) {
        const std::lock_guard lock(mutex_);
        report_.disk_bytes = bytes;
    }
    void grew() {
        const std::lock_guard lock(mutex_);
        report_.grew = true;
    }
    /// Notes a failure at `offset_bytes`. Workers meet failures in any order: the smallest offset
    /// wins, so that the report does not depend on them.
    void fail(std::uint64_t offset_bytes, std::string_view message) {
        const std::lock_guard lock(mutex_);
        if (report_.error && error_offset_bytes_ <= offset_bytes) return;
        report_.error = message;
        error_offset_bytes_ = offset_bytes;
    }

  private:
    mutable std::mutex mutex_;
    SourceReport report_;
    std::uint64_t error_offset_bytes_ = 0;
};

}  // namespace stream_analyzer
