// How inputs are read.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "input/chunk.hpp"

namespace stream_analyzer {

enum class IoBackend {
    mmap,  ///< regular uncompressed files are mapped into memory
    read,  ///< they are read in blocks
};

struct InputOptions {
    IoBackend backend = IoBackend::mmap;
    /// Size of a chunk before it is rounded to whole lines; 0 is taken as 1. Backend and size are
    /// measured: newline count, 2 GB in the page cache, 2 threads, medians of 9 alternating runs:
    /// mmap 0.50, 0.47, 0.45 s with 1, 2, 4 MiB; read 0.59, 0.62, 0.62 s. The machine was busy:
    /// only the ratios hold.
    std::size_t chunk_bytes = kDefaultChunk_bytes;
    /// --max-line. A line (without its line feed) of more than max(max_line_bytes,
    /// 2 * chunk_bytes) is never held in memory: its chunk has overlong_line_bytes set. Lines
    /// between max_line_bytes and that may come inside `bytes` like any other; whoever reads them
    /// compares their length.
    std::size_t max_line_bytes = kDefaultMaxLine_bytes;
    /// Only the first so many lines over all inputs. Inputs are read one after the other then.
    std::optional<std::uint64_t> line_limit;
    /// Set from outside to end the run: pipes and devices, which may be silent for ever, then end
    /// as if at their end. May be null; must outlive the inputs.
    const std::atomic<bool>* interrupted = nullptr;
};

}  // namespace stream_analyzer
