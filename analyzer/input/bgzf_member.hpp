// Members of blocked gzip files.
#pragma once

#include <cstdint>
#include <optional>

#include "input/archive_extent.hpp"
#include "input/source_file.hpp"

namespace stream_analyzer {

/// The extent of the gzip member that begins at an offset, when it is one of BGZF (SAM
/// specification §4.1, written by bgzip): it tells its length in its header and holds at most 64
/// KiB.
[[nodiscard]] std::optional<ArchiveExtent> measure_bgzf_member(const SourceFile& file,
                                                               std::uint64_t offset_bytes);

}  // namespace stream_analyzer
