#include "input/zstd_stream.hpp"

#include <zstd.h>
#include <zstd_errors.h>

#include <array>
#include <new>
#include <utility>

#include "input/zstd_frame.hpp"

namespace stream_analyzer {

namespace {

/// Length of a block header, RFC 8878 §3.1.1.2.
constexpr std::size_t kBlockHeader_bytes = 3;

constexpr std::string_view kCutShort = "is cut short inside a frame";

}  // namespace

void ZstdStream::FreeContext::operator()(ZSTD_DCtx_s* context) const {
    ::ZSTD_freeDCtx(context);
}

ZstdStream::ZstdStream(std::unique_ptr<ByteStream> compressed, std::string name,
                       const ArchivePosition& begin)
    : input_(std::move(compressed), std::move(name), "zstd", begin.compressed_bytes),
      decompressed_bytes_(begin.decompressed_bytes) {}

ZstdStream::~ZstdStream() = default;

/// The library's error, at the offset at which the damaged block or header begins. Of a wrong
/// checksum all four bytes have been looked at: it is told at the offset behind them, as of gzip.
EnvironmentError ZstdStream::decoding_failure(std::size_t result) const {
    const auto damage = [&](std::string_view what) {
        return input_.damage_at(step_begin_bytes_, what, decompressed_bytes_);
    };
    switch (::ZSTD_getErrorCode(result)) {
        case ZSTD_error_checksum_wrong:
            return input_.damage_at(input_.offset_bytes() + step_left_bytes_,
                                    "has a wrong checksum", decompressed_bytes_);
        case ZSTD_error_frameParameter_windowTooLarge:
            return damage(
                "needs a window above 128 MiB; pipe it through zstd -dc --long=31 into "
                "stream-analyzer analyze -");
        default:
            return damage(std::string("is damaged: ") + ::ZSTD_getErrorName(result));
    }
}

/// Looks at the magic number before the library does: that would take old ones as well.
void ZstdStream::check_magic() {
    std::array<char, kZstdMagic_bytes> magic{};
    std::size_t length = 0;
    while (length < magic.size()) {
        const auto byte = input_.next_byte();
        if (!byte) break;
        magic[length++] = static_cast<char>(*byte);
    }
    const std::string_view seen(magic.data(), length);
    if (!fits_zstd_magic(seen)) {
        input_.give_back(length);
        throw input_.damage("is followed by bytes that are no zstd frame", decompressed_bytes_);
    }
    if (length < magic.size()) throw input_.damage(kCutShort, decompressed_bytes_);
    input_.give_back(length);
}

/// What the library makes of a damaged frame depends on the size of its buffers, and these on the
/// frames that it has seen: it must not see any. Costs a few microseconds a frame.
void ZstdStream::renew_context() {
    context_.reset(::ZSTD_createDCtx());
    if (!context_) throw std::bad_alloc();
}

/// Begins a step of the library: one block, or one header, or a checksum, never two of them. When
/// it fails, it forgets to say what it has written in the same step, and a good block would be lost
/// with the bad one behind it.
void ZstdStream::begin_step() {
    step_begin_bytes_ = input_.offset_bytes();
    if (expected_bytes_ == 0) {
        check_magic();
        renew_context();
        step_left_bytes_ = kZstdMagic_bytes;
    } else {
        step_left_bytes_ = expected_bytes_ > kBlockHeader_bytes
                               ? expected_bytes_ - kBlockHeader_bytes
                               : expected_bytes_;
    }
}

std::size_t ZstdStream::read(std::span<char> out) {
    while (true) {
        // Output that is held back is fetched with no input at all, see begin_step().
        std::string_view compressed;
        if (!may_hold_output_) {
            if (!input_.fill()) {
                if (expected_bytes_ == 0) return 0;
                throw input_.damage(kCutShort, decompressed_bytes_);
            }
            if (step_left_bytes_ == 0) begin_step();
            compressed = input_.buffered().substr(0, step_left_bytes_);
        }
        ZSTD_inBuffer source{compressed.data(), compressed.size(), 0};
        ZSTD_outBuffer target{out.data(), out.size(), 0};
        const std::size_t result = ::ZSTD_decompressStream(context_.get(), &target, &source);
        if (::ZSTD_isError(result) != 0) throw decoding_failure(result);
        input_.consume(source.pos);
        step_left_bytes_ -= source.pos;
        if (source.pos > 0 || target.pos > 0) expected_bytes_ = result;
        may_hold_output_ = target.pos == target.size;
        decompressed_bytes_ += target.pos;
        if (target.pos > 0) return target.pos;
    }
}

}  // namespace stream_analyzer
