#include "compare/compared_sketch.hpp"

#include "sketch/error_model.hpp"

namespace stream_analyzer {

std::vector<ComparedSketch> compared_sketches(std::span<const SketchSpec> specs) {
    std::vector<ComparedSketch> sketches;
    sketches.reserve(specs.size());
    for (const SketchSpec& spec : specs) {
        sketches.push_back({.name = spec.name(),
                            .memory_bytes = spec.memory_bytes(),
                            .predicted_rse = [spec](double n) { return predicted_rse(spec, n); }});
    }
    return sketches;
}

}  // namespace stream_analyzer
