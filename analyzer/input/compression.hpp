// How a file is compressed, told by its first bytes, never by its name.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace stream_analyzer {

enum class Compression { none, gzip, zstd, bzip2, xz };

/// Bytes that recognise_compression needs at most.
inline constexpr std::size_t kMagic_bytes = 6;

/// The compression that these first bytes of a file announce. Magic numbers: gzip RFC 1952 §2.3.1;
/// zstd and its skippable frames RFC 8878 §3.1; xz file format §2.1.1.1; bzip2 "BZh1" to "BZh9".
/// Fewer than kMagic_bytes are fine when the file is that short.
[[nodiscard]] Compression recognise_compression(std::string_view head);

/// "none", "gzip", "zstd", "bzip2", "xz".
[[nodiscard]] std::string_view name_of(Compression compression);

/// Whether the product reads it by itself.
[[nodiscard]] bool is_readable(Compression compression);

/// The refusal of a compression that is not readable. Its message holds the complete command that
/// reads the file all the same. `path` is "-" for standard input.
[[nodiscard]] EnvironmentError unreadable_compression(Compression compression,
                                                      std::string_view path);

/// `path` as one word of a POSIX shell command, never taken for an option.
[[nodiscard]] std::string shell_word(std::string_view path);

}  // namespace stream_analyzer
