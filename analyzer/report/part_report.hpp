// What is in a stored part, as text and as JSON.
#pragma once

#include <string>

#include "store/part_description.hpp"

namespace stream_analyzer {

/// Raised when a key disappears or changes its meaning; new keys alone do not raise it.
inline constexpr int kPartSchemaVersion = 1;

/// For people; ends with a line feed.
[[nodiscard]] std::string part_text(const PartDescription& part);

/// One JSON object and a line feed. Its keys, in this order: schema_version, name, format,
/// program_version, exact, window, sketches, parameters (an object of texts), windows,
/// first_window, last_window, records, ids (Σ distinct ids of the windows), id_bytes,
/// first_event_time, last_event_time, lines, rejects, sources ([{id, name, compression,
/// begin_bytes, end_bytes, lines, records, rejects, error}]; id is null when unknown).
[[nodiscard]] std::string part_json(const PartDescription& part);

}  // namespace stream_analyzer
