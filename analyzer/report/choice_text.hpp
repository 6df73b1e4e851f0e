// The answer to "which sketch?" in words.
#pragma once

#include <string>
#include <vector>

#include "compare/accuracy_table.hpp"
#include "compare/sketch_choice.hpp"

namespace stream_analyzer {

/// The question with the evidence, then a sentence a family. Empty without choices.
[[nodiscard]] std::vector<std::string> choice_sentences(const AccuracyTable& table);

}  // namespace stream_analyzer
