// Decompressed bytes of a gzip file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "core/error.hpp"
#include "input/byte_stream.hpp"
#include "input/compressed_input.hpp"

struct inflate_state;  // of ISA-L

namespace stream_analyzer {

/// Reads gzip (RFC 1952): any number of members, zero bytes allowed after each (tapes and some
/// tools pad). Of every member the header checksum, the CRC-32 and the length are verified. What
/// follows the members and is neither padding nor a member is an error.
class GzipStream : public ByteStream {
  public:
    /// `compressed` delivers the file's bytes from `begin` on; `name` is the file's, for messages.
    GzipStream(std::unique_ptr<ByteStream> compressed, std::string name,
               const ArchivePosition& begin = {});
    ~GzipStream() override;

    [[nodiscard]] std::size_t read(std::span<char> out) override;
    [[nodiscard]] std::uint64_t disk_bytes() const override { return input_.disk_bytes(); }

  private:
    enum class Stage { before_member, body, broken_body, trailer, end };

    struct Step {
        int result = 0;  ///< of the library; negative: damage
        std::size_t out_bytes = 0;
    };

    void start_member();
    std::size_t inflate(std::span<char> out);
    Step run_library(std::size_t in_bytes, std::span<char> out);
    Step run_byte_by_byte(std::span<char> out);
    std::size_t drain(std::span<char> out);
    void give_back_read_ahead();
    void check_trailer();
    std::uint32_t trailer_word();
    std::size_t account(std::span<const char> bytes);
    [[nodiscard]] EnvironmentError damage(std::string_view what) const;

    CompressedInput input_;
    std::unique_ptr<inflate_state> inflate_;
    std::unique_ptr<inflate_state> before_step_;  ///< a copy, to take a step back
    Stage stage_ = Stage::before_member;
    const char* failure_ = "";  ///< what is wrong, in broken_body
    std::uint32_t crc_ = 0;
    std::uint64_t member_bytes_ = 0;
    std::uint64_t decompressed_bytes_;
};

}  // namespace stream_analyzer
