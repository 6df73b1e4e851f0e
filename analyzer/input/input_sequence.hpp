// All inputs as one sequence of chunks that worker threads share.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "input/chunk.hpp"
#include "input/chunk_buffer.hpp"
#include "input/chunk_source.hpp"
#include "input/input_list.hpp"
#include "input/input_options.hpp"
#include "input/source_status.hpp"

namespace stream_analyzer {

/// Hands out the chunks of all inputs. Each chunk goes to one worker; sequence numbers follow the
/// order of the inputs and of the bytes in them. A byte order mark at a source's start is skipped.
///
/// An input that fails does not stop the others, nor does it throw: its report has the error, what
/// could be read is handed out, and it ends with a last_of_source chunk like every other.
class InputSequence {
  public:
    InputSequence(std::vector<InputSpec> inputs, const InputOptions& options);

    /// Claims the next chunk in input order and fills it in. False when there is none left;
    /// `buffer` is released then. Thread-safe, each thread with a buffer of its own. The chunk's
    /// bytes are valid until the buffer is used again or destroyed; ask buffer.damaged() when they
    /// have been scanned. Blocks as long as a pipe does.
    [[nodiscard]] bool next(ChunkBuffer& buffer, Chunk& chunk);

    /// One report an input, in their order. Complete when next has returned false to every worker
    /// and no buffer is in use.
    [[nodiscard]] std::vector<SourceReport> reports() const;

    /// For progress, in bytes on disk. The total is unknown when a pipe is among the inputs.
    [[nodiscard]] std::uint64_t bytes_claimed() const { return bytes_claimed_; }
    [[nodiscard]] std::optional<std::uint64_t> bytes_total() const { return bytes_total_; }

  private:
    [[nodiscard]] std::shared_ptr<ChunkSource> claim(ChunkBuffer& buffer, Chunk& chunk);
    void open_next();
    void apply_limit(Chunk& chunk);

    std::vector<InputSpec> inputs_;
    InputOptions options_;
    std::vector<std::shared_ptr<SourceStatus>> statuses_;
    std::optional<std::uint64_t> bytes_total_;
    std::atomic<std::uint64_t> bytes_claimed_{0};

    std::mutex mutex_;
    // Guarded by mutex_.
    std::size_t source_ = 0;
    std::shared_ptr<ChunkSource> current_;
    std::uint64_t sequence_ = 0;
    std::uint64_t claimed_before_ = 0;  ///< disk bytes of the sources before the current one
    std::optional<std::uint64_t> lines_left_;
};

}  // namespace stream_analyzer
