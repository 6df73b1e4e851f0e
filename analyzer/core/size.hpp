// Sizes as people write them: "4KiB", "64 MiB", "1MB", "200".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stream_analyzer {

/// Bytes of "4KiB" (1024), "4KB" (1000), "4 MiB", "1GiB", "1TB", "4096", "4096B". Units are read
/// without regard to case; a bare K, M, G means the binary unit. Nothing when the text is not a
/// size, is negative or does not fit 64 bits. A fraction ("1.5MiB") is allowed when the result is
/// whole.
[[nodiscard]] std::optional<std::uint64_t> parse_size(std::string_view text);

/// The shortest exact spelling that parse_size reads back: 4096 -> "4KiB", 4000 -> "4KB",
/// 4100 -> "4100B".
[[nodiscard]] std::string format_size(std::uint64_t size_bytes);

}  // namespace stream_analyzer
