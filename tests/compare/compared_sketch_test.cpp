#include "compare/compared_sketch.hpp"

#include <cmath>

#include "catch2.hpp"
#include "sketch/error_model.hpp"

using namespace stream_analyzer;

TEST_CASE("a compared sketch predicts what the error model does, however often it is asked") {
    const std::vector<SketchSpec> specs{parse_sketch_spec("lc:1KiB"), parse_sketch_spec("hll:4"),
                                        parse_sketch_spec("ull:12")};
    const std::vector<ComparedSketch> sketches = compared_sketches(specs);
    REQUIRE(sketches.size() == specs.size());
    for (int round = 0; round < 2; ++round) {
        for (std::size_t i = 0; i < specs.size(); ++i) {
            CHECK(sketches[i].name == specs[i].name());
            CHECK(sketches[i].memory_bytes == specs[i].memory_bytes());
            // Whole numbers and estimates between them.
            for (double n = 0; n < 1e6; n = n * 1.01 + 0.5) {
                REQUIRE(sketches[i].predicted_rse(n) == predicted_rse(specs[i], n));
            }
            CHECK_FALSE(sketches[i].predicted_rse(std::nan("")));
            CHECK_FALSE(sketches[i].predicted_rse(-0.0));
        }
    }
}
