// The same dump in one piece and in silly ones.
#pragma once

#include "scanner_input.hpp"

namespace stream_analyzer::fuzz {

/// Requires that a stream and a file, mapped and read, in chunks of input.chunk_bytes give the
/// records, rejects and counts that the dump gives as one chunk.
void check_partitions(const ScannerInput& input);

}  // namespace stream_analyzer::fuzz
