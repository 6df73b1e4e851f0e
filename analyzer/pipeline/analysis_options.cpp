#include "pipeline/analysis_options.hpp"

namespace stream_analyzer {

std::vector<SketchSpec> AnalysisOptions::default_sketches() {
    return {parse_sketch_spec("lc:4KiB"), parse_sketch_spec("hll:12"), parse_sketch_spec("ull:12")};
}

}  // namespace stream_analyzer
