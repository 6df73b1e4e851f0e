// The frames of a zstd file (RFC 8878 §3.1), as far as their outer form goes.
#pragma once

#include <cstddef>
#include <string_view>

namespace stream_analyzer {

/// Length of a magic number.
inline constexpr std::size_t kZstdMagic_bytes = 4;

/// Whether `head`, the first bytes of a frame or as many as there are, fit the magic number of a
/// zstd frame or of a skippable one. Those of zstd before 0.8 do not.
[[nodiscard]] bool fits_zstd_magic(std::string_view head);

}  // namespace stream_analyzer
