// Decompressed bytes of a zstd file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "input/byte_stream.hpp"
#include "input/compressed_input.hpp"

struct ZSTD_DCtx_s;  // of libzstd

namespace stream_analyzer {

/// Reads zstd (RFC 8878): any number of frames, skippable frames among them (their content is
/// skipped). Checksums and content sizes are verified where a frame has them. Bytes behind the
/// frames that begin no frame are an error.
class ZstdStream : public ByteStream {
  public:
    /// `compressed` delivers the file's bytes from `begin` on; `name` is the file's, for messages.
    ZstdStream(std::unique_ptr<ByteStream> compressed, std::string name,
               const ArchivePosition& begin = {});
    ~ZstdStream() override;

    [[nodiscard]] std::size_t read(std::span<char> out) override;
    [[nodiscard]] std::uint64_t disk_bytes() const override { return input_.disk_bytes(); }

  private:
    struct FreeContext {
        void operator()(ZSTD_DCtx_s* context) const;
    };

    void check_magic();
    void renew_context();
    void begin_step();
    [[nodiscard]] EnvironmentError decoding_failure(std::size_t result) const;

    CompressedInput input_;
    std::unique_ptr<ZSTD_DCtx_s, FreeContext> context_;  ///< of the current frame
    /// What the library expects next, a block and the header behind it; 0 between frames.
    std::size_t expected_bytes_ = 0;
    std::uint64_t step_begin_bytes_ = 0;  ///< offset in the file
    std::size_t step_left_bytes_ = 0;     ///< of the step, not given to the library yet
    /// The library may hold decoded bytes that did not fit.
    bool may_hold_output_ = false;
    std::uint64_t decompressed_bytes_;
};

}  // namespace stream_analyzer
