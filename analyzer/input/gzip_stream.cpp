#include "input/gzip_stream.hpp"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <utility>

#include "input/gzip_header.hpp"

namespace stream_analyzer {

namespace {

/// Deflate reaches back 32 KiB (RFC 1951 §2). inflate_state::total_out serves only to judge whether
/// a distance reaches before the member's first byte; it has 32 bits, so it is held at a value
/// that is far enough and cannot overflow in members of 4 GiB and more.
constexpr std::uint32_t kFarEnough_bytes = 1U << 20U;

/// The library counts in 32 bits.
constexpr std::size_t kLargestOutput_bytes = std::size_t{1} << 30U;

const char* text_of(int inflate_error) {
    switch (inflate_error) {
        case ISAL_INVALID_SYMBOL:
            return "holds an invalid symbol";
        case ISAL_INVALID_LOOKBACK:
            return "refers to bytes before its beginning";
        default:
            return "holds an invalid block";
    }
}

/// Copies what is in use: a third of the state is tables, the rest a buffer that comes last, empty
/// in small members.
void copy_state(const inflate_state& from, inflate_state& to) {
    static_assert(std::is_standard_layout_v<inflate_state>);
    static_assert(std::is_trivially_copyable_v<inflate_state>);
    constexpr std::size_t kBuffer_offset = offsetof(inflate_state, tmp_out_buffer);
    static_assert(kBuffer_offset + sizeof from.tmp_out_buffer + alignof(inflate_state) >
                  sizeof(inflate_state));
    const auto used = static_cast<std::size_t>(from.tmp_out_valid);
    std::memcpy(&to, &from, kBuffer_offset + used);
}

}  // namespace

GzipStream::GzipStream(std::unique_ptr<ByteStream> compressed, std::string name,
                       const ArchivePosition& begin)
    : input_(std::move(compressed), std::move(name), "gzip", begin.compressed_bytes),
      inflate_(std::make_unique<inflate_state>()),
      before_step_(std::make_unique<inflate_state>()),
      decompressed_bytes_(begin.decompressed_bytes) {}

GzipStream::~GzipStream() = default;

EnvironmentError GzipStream::damage(std::string_view what) const {
    return input_.damage(what, decompressed_bytes_);
}

std::size_t GzipStream::read(std::span<char> out) {
    while (true) {
        switch (stage_) {
            case Stage::before_member:
                start_member();
                break;
            case Stage::body:
                if (const std::size_t length = inflate(out); length > 0) return length;
                break;
            case Stage::broken_body:
                if (const std::size_t length = drain(out); length > 0) return length;
                throw damage(failure_);
            case Stage::trailer:
                check_trailer();
                break;
            case Stage::end:
                return 0;
        }
    }
}

/// Skips padding; then a member begins, or the file is over.
void GzipStream::start_member() {
    while (input_.fill()) {
        const std::string_view bytes = input_.buffered();
        const std::size_t zeros = std::min(bytes.find_first_not_of('\0'), bytes.size());
        input_.consume(zeros);
        if (zeros == bytes.size()) continue;
        read_gzip_header(input_, decompressed_bytes_);
        ::isal_inflate_init(inflate_.get());
        inflate_->crc_flag = ISAL_DEFLATE;
        crc_ = 0;
        member_bytes_ = 0;
        stage_ = Stage::body;
        return;
    }
    stage_ = Stage::end;
}

/// Decodes once. Returns what came out; 0 when the stage has changed or more input is needed.
///
/// The library's fast loop writes ahead before it judges a symbol. When it finds damage, its
/// positions include bytes that are no data, and input that it has not used. Its careful loop, for
/// the last bytes of an input, does not: so the step is taken back and repeated byte by byte.
std::size_t GzipStream::inflate(std::span<char> out) {
    out = out.first(std::min(out.size(), kLargestOutput_bytes));
    const bool more_input = input_.fill();
    copy_state(*inflate_, *before_step_);
    Step step = run_library(input_.buffered().size(), out);
    if (step.result < 0) {
        copy_state(*before_step_, *inflate_);
        step = run_byte_by_byte(out);
    }
    inflate_->total_out = std::min(inflate_->total_out, kFarEnough_bytes);

    if (step.result < 0) {
        failure_ = text_of(step.result);
        stage_ = Stage::broken_body;
        give_back_read_ahead();
    } else if (inflate_->block_state == ISAL_BLOCK_FINISH) {
        stage_ = Stage::trailer;
        give_back_read_ahead();
    } else if (!more_input && step.out_bytes == 0) {
        failure_ = "is cut short inside a member";
        stage_ = Stage::broken_body;
    }
    return account(out.first(step.out_bytes));
}

/// Calls the library with the next `in_bytes` buffered bytes, and consumes what it took; nothing
/// after a failure, when the library does not always know.
GzipStream::Step GzipStream::run_library(std::size_t in_bytes, std::span<char> out) {
    // The library does not write to its input; its interface predates const.
    inflate_->next_in =
        reinterpret_cast<std::uint8_t*>(const_cast<char*>(input_.buffered().data()));
    inflate_->avail_in = static_cast<std::uint32_t>(in_bytes);
    inflate_->next_out = reinterpret_cast<std::uint8_t*>(out.data());
    inflate_->avail_out = static_cast<std::uint32_t>(out.size());
    const int result = ::isal_inflate(inflate_.get());
    if (result >= 0) input_.consume(in_bytes - inflate_->avail_in);
    return {result, out.size() - inflate_->avail_out};
}

GzipStream::Step GzipStream::run_byte_by_byte(std::span<char> out) {
    Step all;
    while (all.result >= 0 && all.out_bytes < out.size() && !input_.buffered().empty() &&
           inflate_->block_state != ISAL_BLOCK_FINISH) {
        const Step step = run_library(1, out.subspan(all.out_bytes));
        all = {step.result, all.out_bytes + step.out_bytes};
    }
    if (all.result < 0) input_.consume(1);
    return all;
}

/// What the library has decoded before the damage but not handed out. Calling it again would go on
/// decoding behind the damage.
std::size_t GzipStream::drain(std::span<char> out) {
    const auto begin = static_cast<std::size_t>(inflate_->tmp_out_processed);
    const auto end = static_cast<std::size_t>(inflate_->tmp_out_valid);
    const std::size_t length = std::min(out.size(), end - begin);
    std::copy_n(inflate_->tmp_out_buffer + begin, length, out.data());
    inflate_->tmp_out_processed += static_cast<std::int32_t>(length);
    return account(out.first(length));
}

/// The library's bit buffer may hold whole bytes that lie behind the deflate data.
void GzipStream::give_back_read_ahead() {
    if (inflate_->read_in_length > 0) {
        input_.give_back(static_cast<std::size_t>(inflate_->read_in_length) / 8);
    }
    inflate_->read_in_length = 0;
}

std::size_t GzipStream::account(std::span<const char> bytes) {
    crc_ =
        ::crc32_gzip_refl(crc_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    member_bytes_ += bytes.size();
    decompressed_bytes_ += bytes.size();
    return bytes.size();
}

std::uint32_t GzipStream::trailer_word() {
    std::uint32_t word = 0;
    for (unsigned shift = 0; shift < 32; shift += 8) {
        const auto byte = input_.next_byte();
        if (!byte) throw damage("is cut short inside a member's trailer");
        word |= std::uint32_t{*byte} << shift;
    }
    return word;
}

void GzipStream::check_trailer() {
    if (trailer_word() != crc_) throw damage("has a wrong checksum (CRC-32)");
    // ISIZE is the length modulo 2^32, RFC 1952 §2.3.1.
    if (trailer_word() != (member_bytes_ & 0xFFFFFFFFU)) throw damage("has a wrong length (ISIZE)");
    stage_ = Stage::before_member;
}

}  // namespace stream_analyzer
