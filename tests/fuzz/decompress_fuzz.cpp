// Any bytes as a gzip or zstd file: an error at worst, and the same one however they are read.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "../input/archive_cases.hpp"
#include "input/compression.hpp"
#include "input/gzip_stream.hpp"
#include "input/stream_source.hpp"
#include "input/zstd_stream.hpp"
#include "require.hpp"

namespace stream_analyzer::fuzz {

namespace {

/// A bomb is no finding, but reading all of it would take the fuzzer's time.
constexpr std::size_t kMostDecompressed_bytes = std::size_t{1} << 20U;

struct Reading {
    std::string bytes;
    std::string error;
    bool stopped = false;  ///< after kMostDecompressed_bytes
};

template <class Stream>
Reading read_all(std::string_view archive, std::size_t in_step, std::size_t out_bytes) {
    Stream stream(std::make_unique<testing::MemoryStream>(archive, in_step), "FILE");
    Reading reading;
    std::vector<char> out(out_bytes);
    try {
        while (const std::size_t length = stream.read(out)) {
            require(length <= out.size(), "no more comes out than there is room for");
            reading.bytes.append(out.data(), length);
            reading.stopped = reading.bytes.size() >= kMostDecompressed_bytes;
            if (reading.stopped) break;
        }
        if (!reading.stopped) require(stream.read(out) == 0, "the end is final");
    } catch (const EnvironmentError& error) {
        reading.error = error.what();
    }
    return reading;
}

/// Serves the archive as lines, as the pipeline reads it. Returns how many bytes came out.
template <class Stream>
std::uint64_t read_as_source(std::string_view archive, const Reading& expected) {
    constexpr std::size_t kChunk_bytes = 100;
    constexpr std::size_t kLongestLine_bytes = 1000;
    const auto status = std::make_shared<SourceStatus>("FILE");
    StreamSource source(
        std::make_unique<Stream>(std::make_unique<testing::MemoryStream>(archive, archive.size()),
                                 "FILE"),
        status, kChunk_bytes, LineJoiner(status, kLongestLine_bytes));
    ChunkBuffer buffer;
    std::uint64_t next_bytes = expected.bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    for (Chunk chunk; !chunk.last_of_source;) {
        chunk = Chunk{};
        source.claim(buffer, chunk);
        require(chunk.offset_bytes == next_bytes, "chunks follow each other without holes");
        require(std::string_view(expected.bytes).substr(next_bytes).starts_with(chunk.bytes),
                "a chunk holds what stands there");
        next_bytes +=
            chunk.overlong_line_bytes != 0 ? chunk.overlong_line_bytes : chunk.bytes.size();
    }
    require(status->report().error.value_or("") == expected.error, "the source tells the error");
    return next_bytes;
}

template <class Stream>
void check_archive(std::string_view archive, std::size_t in_step, std::size_t out_bytes) {
    const Reading whole = read_all<Stream>(archive, archive.size() + 1, std::size_t{1} << 16U);
    if (whole.stopped) return;
    const Reading pieces = read_all<Stream>(archive, in_step, out_bytes);
    require(pieces.bytes == whole.bytes, "the same bytes come out in any steps");
    require(pieces.error == whole.error, "the same error comes in any steps");
    require(read_as_source<Stream>(archive, whole) == whole.bytes.size(),
            "the source delivers every byte");
}

}  // namespace

}  // namespace stream_analyzer::fuzz

/// The first two bytes say how many bytes go in and come out at a time; the rest is the archive.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace stream_analyzer;
    constexpr std::size_t kHead_bytes = 2;
    if (size < kHead_bytes) return 0;
    const std::size_t in_step = std::size_t{1} + data[0];
    const std::size_t out_bytes = std::size_t{1} + data[1];
    const std::string_view archive(reinterpret_cast<const char*>(data) + kHead_bytes,
                                   size - kHead_bytes);
    // What is neither is read as both: the decoders must stand it.
    const Compression compression = recognise_compression(archive);
    if (compression != Compression::zstd) {
        fuzz::check_archive<GzipStream>(archive, in_step, out_bytes);
    }
    if (compression != Compression::gzip) {
        fuzz::check_archive<ZstdStream>(archive, in_step, out_bytes);
    }
    return 0;
}
