// What comparison needs to know of a sketch: its name, its size and what theory promises.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sketch/sketch_spec.hpp"

namespace stream_analyzer {

struct ComparedSketch {
    std::string name;  ///< as in the output: "hll:12"
    /// Size of the dense state: a formula of the parameters alone.
    std::uint64_t memory_bytes = 0;
    /// Relative standard error (a fraction) that theory predicts at n distinct ids; nothing where
    /// theory has none. An empty function predicts nothing at all.
    std::function<std::optional<double>(double n)> predicted_rse;
    std::string note = {};  ///< what has to be said of its estimates (family_note)
};

/// The sketches of --sketch, in their order, with the theory of sketch/error_model.hpp, which they
/// remember: not to be asked by several threads at once.
[[nodiscard]] std::vector<ComparedSketch> compared_sketches(std::span<const SketchSpec> specs);

}  // namespace stream_analyzer
