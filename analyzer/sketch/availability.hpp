// In which systems people find a sketch ready to use.
#pragma once

#include <string_view>

#include "sketch/sketch_spec.hpp"

namespace stream_analyzer {

/// Systems that have this sketch at this size, separated by "; ": "own code" last, since everything
/// can be written by hand. It is the algorithm and its size that they share, and so the error; a
/// state of ours can only be read by a system whose own format the sketch is.
[[nodiscard]] std::string_view available_in(const SketchSpec& spec);

}  // namespace stream_analyzer
