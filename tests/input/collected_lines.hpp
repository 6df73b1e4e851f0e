// Everything that an InputSequence hands out, as one list of lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "input/input_sequence.hpp"

namespace stream_analyzer::testing {

/// A line as any reader of chunks sees it.
struct SeenLine {
    std::size_t source = 0;
    std::uint64_t offset = 0;
    std::uint64_t length = 0;  ///< line feed included
    std::string beginning;     ///< at most 4096 bytes, no line feed

    friend bool operator==(const SeenLine&, const SeenLine&) = default;
};

struct Collected {
    std::vector<SeenLine> lines;
    std::string text;  ///< all bytes handed out whole
    std::vector<SourceReport> reports;
    std::size_t chunks = 0;
    std::vector<std::size_t> last_chunks;  ///< by source: how many were marked as its last
};

/// Lines of one chunk.
inline std::vector<SeenLine> lines_of(const Chunk& chunk) {
    const auto line = [&](std::size_t begin, std::size_t length, std::uint64_t full) {
        std::string_view text = chunk.bytes.substr(begin, length);
        if (text.ends_with('\n')) text.remove_suffix(1);
        return SeenLine{chunk.source, chunk.offset_bytes + begin, full,
                        std::string(text.substr(0, 4096))};
    };
    if (chunk.overlong_line_bytes != 0) {
        return {line(0, chunk.bytes.size(), chunk.overlong_line_bytes)};
    }
    std::vector<SeenLine> lines;
    for (std::size_t begin = 0; begin < chunk.bytes.size();) {
        const std::size_t line_feed = chunk.bytes.find('\n', begin);
        const std::size_t end =
            line_feed == std::string_view::npos ? chunk.bytes.size() : line_feed + 1;
        lines.push_back(line(begin, end - begin, end - begin));
        begin = end;
    }
    return lines;
}

/// Reads everything with several workers and puts it back in order. Throws when sequence numbers
/// have holes or repeat.
inline Collected collect(const std::vector<InputSpec>& inputs, const InputOptions& options,
                         unsigned threads = 1) {
    struct Piece {
        std::vector<SeenLine> lines;
        std::string text;
        std::size_t source = 0;
        bool last = false;
    };
    std::map<std::uint64_t, Piece> pieces;
    std::mutex mutex;
    InputSequence sequence(inputs, options);
    const auto work = [&] {
        ChunkBuffer buffer;
        Chunk chunk;
        while (sequence.next(buffer, chunk)) {
            Piece piece{lines_of(chunk), std::string(chunk.bytes), chunk.source,
                        chunk.last_of_source};
            // The padding must be readable.
            volatile char sink = 0;
            if (!chunk.bytes.empty()) {
                for (std::size_t i = 0; i < kChunkPadding_bytes; ++i) {
                    sink = chunk.bytes.data()[chunk.bytes.size() + i];
                }
            }
            (void)sink;
            if (buffer.damaged()) piece = Piece{{}, {}, chunk.source, chunk.last_of_source};
            const std::lock_guard lock(mutex);
            if (!pieces.emplace(chunk.sequence, std::move(piece)).second) {
                throw std::runtime_error("sequence number twice");
            }
        }
    };
    std::vector<std::thread> workers;
    for (unsigned i = 1; i < threads; ++i)
        workers.emplace_back(work);
    work();
    for (std::thread& worker : workers)
        worker.join();

    Collected collected;
    collected.last_chunks.resize(inputs.size());
    for (auto& [number, piece] : pieces) {
        if (number != collected.chunks) throw std::runtime_error("hole in sequence numbers");
        ++collected.chunks;
        collected.last_chunks[piece.source] += piece.last ? 1 : 0;
        collected.text += piece.text;
        for (SeenLine& line : piece.lines)
            collected.lines.push_back(std::move(line));
    }
    collected.reports = sequence.reports();
    return collected;
}

inline InputSpec spec(const std::string& path) {
    return {path, path};
}

}  // namespace stream_analyzer::testing
