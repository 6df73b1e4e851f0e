// Sketches as other systems store them.
#pragma once

#include <string>

#include "sketch/sketch.hpp"

namespace stream_analyzer {

/// The bytes that the other system reads as its own sketch of these ids:
///
/// - redis-hll: the value of a key, 16 + 12,288 bytes: Redis' dense encoding with its cached count
///   marked as stale, so that PFCOUNT computes it. `SET key <bytes>` is all it takes.
/// - datasketches-hll:LGK: an HLL_8 sketch in updatable form, 40 + 2^LGK bytes, marked as out of
///   order, as the union of several sketches is: readers estimate from the registers, without the
///   history that a sketch fed by DataSketches itself has. Without ids: the 8 bytes of an empty
///   one.
///
/// Throws std::invalid_argument for sketches that no other system has.
[[nodiscard]] std::string interchange_bytes(const Sketch& sketch);

}  // namespace stream_analyzer
