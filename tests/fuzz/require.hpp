// What a fuzzer calls a finding.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace stream_analyzer::fuzz {

/// Ends the process with the broken rule on standard error, so that libFuzzer keeps the input.
inline void require(bool holds, std::string_view rule) {
    if (holds) return;
    std::fprintf(stderr, "broken: %.*s\n", static_cast<int>(rule.size()), rule.data());
    std::abort();
}

}  // namespace stream_analyzer::fuzz
