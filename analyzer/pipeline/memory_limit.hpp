// How much memory a run may use when nobody says.
#pragma once

#include <cstdint>

namespace stream_analyzer {

/// The machine's memory, or less where a control group allows less.
[[nodiscard]] std::uint64_t machine_memory_bytes();

/// Default of --memory: half of machine_memory_bytes(), so that the page cache has the other half.
[[nodiscard]] inline std::uint64_t default_memory_bytes() {
    return machine_memory_bytes() / 2;
}

/// From now on the C library maps blocks of 1 MiB and more one by one, and unmaps them when they
/// are freed. By itself it keeps freed tables for later ones, which are larger: a run with --memory
/// 64MB then took 127 MB at its peak instead of 92 (20 M records of 1 M users). Nothing elsewhere.
void keep_large_blocks_apart();

/// Gives back the small blocks that were freed, too: the next tables grow in other places.
void give_back_freed_memory();

}  // namespace stream_analyzer
