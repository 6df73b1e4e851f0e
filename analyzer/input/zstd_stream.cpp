#include "input/zstd_stream.hpp"

#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <new>
#include <utility>

namespace stream_analyzer {

namespace {

/// Length of a block header, RFC 8878 §3.1.1.2.
constexpr std::size_t kBlockHeader_bytes = 3;

}  // namespace

void ZstdStream::FreeContext::operator()(ZSTD_DCtx_s* context) const {
    ::ZSTD_freeDCtx(context);
}

ZstdStream::ZstdStream(std::unique_ptr<ByteStream> compressed, std::string name)
    : input_(std::move(compressed), std::move(name), "zstd"), context_(::ZSTD_createDCtx()) {
    if (!context_) throw std::bad_alloc();
}

ZstdStream::~ZstdStream() = default;

EnvironmentError ZstdStream::damage(std::string_view what) const {
    return input_.damage(what, decompressed_bytes_);
}

EnvironmentError ZstdStream::decoding_failure(std::size_t result) const {
    switch (::ZSTD_getErrorCode(result)) {
        case ZSTD_error_checksum_wrong:
            return damage("has a wrong checksum");
        case ZSTD_error_prefix_unknown:
            return damage("is followed by bytes that are no zstd frame");
        case ZSTD_error_frameParameter_windowTooLarge:
            return damage(
                "needs a window above 128 MiB; pipe it through zstd -dc --long=31 into "
                "stream-analyzer analyze -");
        default:
            return damage(std::string("is damaged: ") + ::ZSTD_getErrorName(result));
    }
}

/// The input for one step of the library: one block, or one header, never both. When it fails, it
/// forgets to say what it has written in the same step, and a good block would be lost with the bad
/// one behind it. Output that is held back is fetched with no input at all, for the same reason.
std::string_view ZstdStream::next_input() {
    if (may_hold_output_) return {};
    const std::string_view buffered = input_.buffered();
    if (expected_bytes_ == 0) return buffered.substr(0, 1);  // where a frame begins
    const std::size_t step = expected_bytes_ > kBlockHeader_bytes
                                 ? expected_bytes_ - kBlockHeader_bytes
                                 : expected_bytes_;
    return buffered.substr(0, step);
}

std::size_t ZstdStream::read(std::span<char> out) {
    while (true) {
        if (!may_hold_output_ && !input_.fill()) {
            if (expected_bytes_ == 0) return 0;
            throw damage("is cut short inside a frame");
        }
        const std::string_view compressed = next_input();
        ZSTD_inBuffer source{compressed.data(), compressed.size(), 0};
        ZSTD_outBuffer target{out.data(), out.size(), 0};
        const std::size_t result = ::ZSTD_decompressStream(context_.get(), &target, &source);
        if (::ZSTD_isError(result) != 0) throw decoding_failure(result);
        input_.consume(source.pos);
        if (source.pos > 0 || target.pos > 0) expected_bytes_ = result;
        may_hold_output_ = target.pos == target.size;
        decompressed_bytes_ += target.pos;
        if (target.pos > 0) return target.pos;
    }
}

}  // namespace stream_analyzer
