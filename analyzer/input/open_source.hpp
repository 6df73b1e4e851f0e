// Decides how an input is read.
#pragma once

#include <memory>

#include "input/chunk_source.hpp"
#include "input/input_list.hpp"
#include "input/input_options.hpp"
#include "input/source_status.hpp"

namespace stream_analyzer {

/// Opens `input`. Plain regular files are served in shares and compressed ones piece by piece where
/// they allow it, unless a line limit asks for order; everything else is streamed, decompressed as
/// its first bytes say. Throws EnvironmentError when
/// it cannot be opened or is compressed in a way that is not read.
[[nodiscard]] std::unique_ptr<ChunkSource> open_source(const InputSpec& input,
                                                       const InputOptions& options,
                                                       const std::shared_ptr<SourceStatus>& status);

}  // namespace stream_analyzer
