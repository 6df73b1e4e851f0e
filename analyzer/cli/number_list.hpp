// Lists of numbers and sizes as people type them: "1000,45000,1e6".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stream_analyzer {

/// A whole number from `least` to `most`, "1e6" too. Throws UsageError naming `option`, the item
/// and what is allowed.
[[nodiscard]] std::uint64_t whole_number_in(std::string_view option, const std::string& item,
                                            std::uint64_t least, std::uint64_t most);

/// Whole numbers between commas, from `least` to `most`; "1e6" and "1.5e6" are whole numbers too.
/// Throws UsageError naming `option`, the item and what is allowed.
[[nodiscard]] std::vector<std::uint64_t> number_list_in(std::string_view option,
                                                        const std::string& value,
                                                        std::uint64_t least, std::uint64_t most);

/// Numbers as above and ranges FIRST:LAST:K/octave, which go from FIRST to LAST in steps that
/// multiply by 2^(1/K), rounded to whole numbers: "45000,1:1e7:16/octave". Ascending, each once.
/// Throws UsageError naming `option`, the item and what is allowed.
[[nodiscard]] std::vector<std::uint64_t> ranges_in(std::string_view option,
                                                   const std::string& value, std::uint64_t least,
                                                   std::uint64_t most);

/// Sizes between commas: "1KiB,2KiB". Throws like the above.
[[nodiscard]] std::vector<std::uint64_t> size_list_in(std::string_view option,
                                                      const std::string& value, std::uint64_t least,
                                                      std::uint64_t most);

}  // namespace stream_analyzer
