// Rejected lines as JSON lines (--rejects FILE).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/byte_sink.hpp"
#include "record/reject.hpp"

namespace stream_analyzer {

/// Writes one JSON object and a line feed: {"file", "offset_bytes", "line", "reason", "text"}.
/// `offset_bytes` is the line's first byte in the decompressed file, `line` counts from 1. Bytes of
/// the text that are no UTF-8 become U+FFFD.
void write_reject(const std::string& file, std::uint64_t offset_bytes, std::uint64_t line,
                  RejectReason reason, std::string_view text, ByteSink& sink);

}  // namespace stream_analyzer
