#include "record/full_check.hpp"

#include <simdjson.h>

#include "record/judge_line.hpp"

namespace stream_analyzer {

struct FullCheck::Parser {
    simdjson::dom::parser dom;
};

FullCheck::FullCheck() : parser_(std::make_unique<Parser>()) {}
FullCheck::~FullCheck() = default;
FullCheck::FullCheck(FullCheck&&) noexcept = default;

bool FullCheck::accepts(std::string_view line) {
    simdjson::dom::parser& dom = parser_->dom;
    if (line.size() > dom.capacity() && dom.allocate(line.size(), kMaxDepth) != simdjson::SUCCESS) {
        return false;  // judge_line needs no memory
    }
    simdjson::dom::element value;
    return dom.parse(line.data(), line.size(), false).get(value) == simdjson::SUCCESS;
}

}  // namespace stream_analyzer
