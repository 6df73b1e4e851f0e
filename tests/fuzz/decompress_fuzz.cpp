// Any bytes as a gzip or zstd file: an error at worst, and the same one however they are read.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "../input/archive_cases.hpp"
#include "input/compression.hpp"
#include "input/file_descriptor.hpp"
#include "input/gzip_stream.hpp"
#include "input/input_sequence.hpp"
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

/// Follows the chunks of a source that are made of what `expected` holds.
class ChunkChecker {
  public:
    explicit ChunkChecker(const Reading& expected) : expected_(expected) {
        if (expected.bytes.starts_with("\xEF\xBB\xBF")) next_bytes_ = 3;
    }

    void check(const Chunk& chunk) {
        if (chunk.bytes.empty()) return;
        require(chunk.offset_bytes == next_bytes_, "chunks follow each other without holes");
        require(std::string_view(expected_.bytes).substr(next_bytes_).starts_with(chunk.bytes),
                "a chunk holds what stands there");
        next_bytes_ +=
            chunk.overlong_line_bytes != 0 ? chunk.overlong_line_bytes : chunk.bytes.size();
    }
    void finish(const SourceReport& report) const {
        require(report.error.value_or("") == expected_.error, "the source tells the error");
        require(report.bytes == expected_.bytes.size(), "the source counts every byte");
        require(next_bytes_ == expected_.bytes.size(), "the source delivers every byte");
    }

  private:
    const Reading& expected_;
    std::uint64_t next_bytes_ = 0;
};

constexpr std::size_t kChunk_bytes = 100;
constexpr std::size_t kLongestLine_bytes = 1000;

/// Serves the archive as lines, as the pipeline reads it from a pipe.
template <class Stream>
void check_as_stream(std::string_view archive, const Reading& expected) {
    const auto status = std::make_shared<SourceStatus>("FILE");
    StreamSource source(
        std::make_unique<Stream>(std::make_unique<testing::MemoryStream>(archive, archive.size()),
                                 "FILE"),
        status, kChunk_bytes, LineJoiner(status, kLongestLine_bytes));
    ChunkBuffer buffer;
    ChunkChecker checker(expected);
    for (Chunk chunk; !chunk.last_of_source;) {
        chunk = Chunk{};
        source.claim(buffer, chunk);
        checker.check(chunk);
    }
    checker.finish(status->report());
}

/// The same from a file, piece by piece where it allows that.
void check_as_file(std::string_view archive, const Reading& expected) {
    const FileDescriptor file(::memfd_create("archive", MFD_CLOEXEC));
    require(file.is_open(), "a file in memory can be made");
    const ssize_t written = ::write(file.get(), archive.data(), archive.size());
    require(written == static_cast<ssize_t>(archive.size()), "a file in memory can be written");
    InputSequence sequence({{"/proc/self/fd/" + std::to_string(file.get()), "FILE"}},
                           {IoBackend::mmap, kChunk_bytes, kLongestLine_bytes, std::nullopt});
    ChunkBuffer buffer;
    Chunk chunk;
    ChunkChecker checker(expected);
    while (sequence.next(buffer, chunk)) {
        checker.check(chunk);
    }
    checker.finish(sequence.reports().front());
}

template <class Stream>
void check_archive(std::string_view archive, std::size_t in_step, std::size_t out_bytes) {
    const Reading whole = read_all<Stream>(archive, archive.size() + 1, std::size_t{1} << 16U);
    if (whole.stopped) return;
    const Reading pieces = read_all<Stream>(archive, in_step, out_bytes);
    require(pieces.bytes == whole.bytes, "the same bytes come out in any steps");
    require(pieces.error == whole.error, "the same error comes in any steps");
    check_as_stream<Stream>(archive, whole);
    if (is_readable(recognise_compression(archive)) &&
        recognise_compression(archive) != Compression::none) {
        check_as_file(archive, whole);
    }
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
