// The frames of a zstd file (RFC 8878 §3.1), as far as their outer form goes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "input/archive_extent.hpp"
#include "input/source_file.hpp"

namespace stream_analyzer {

/// Length of a magic number.
inline constexpr std::size_t kZstdMagic_bytes = 4;

/// Whether `head`, the first bytes of a frame or as many as there are, fit the magic number of a
/// zstd frame or of a skippable one. Those of zstd before 0.8 do not.
[[nodiscard]] bool fits_zstd_magic(std::string_view head);

/// The extent of the frame, skippable or not, that begins at an offset, from its header and those
/// of its blocks. Nothing when it decompresses to more than `most_bytes`, needs a window that is
/// not granted (see ZstdStream), ends behind the file, or is not understood.
[[nodiscard]] std::optional<ArchiveExtent> measure_zstd_frame(const SourceFile& file,
                                                              std::uint64_t offset_bytes,
                                                              std::uint64_t most_bytes);

}  // namespace stream_analyzer
