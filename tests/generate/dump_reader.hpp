// An independent reader of dumps: simdjson's DOM, std::set and std::map, nothing of the analyzer.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generate/dump_truth.hpp"
#include "generate/generate_options.hpp"

namespace stream_analyzer {

/// The dump and its truth.
struct GeneratedDump {
    std::string text;
    DumpTruth truth;
};

[[nodiscard]] GeneratedDump generate_text(const GenerateOptions& options);

/// The lines without their LF; the text must end with one.
[[nodiscard]] std::vector<std::string_view> split_lines(std::string_view text);

enum class LineClass {
    record,
    blank,
    anonymous,
    refused,  ///< by the parser
    not_an_object,
    missing_time,
    missing_id,
    wrong_type_of_time,
    unparsable_time,
    time_out_of_range,
    wrong_type_of_id,
};

struct ReadLine {
    LineClass kind = LineClass::refused;
    std::int64_t time_s = 0;
    std::string id;
};

class DumpReader {
  public:
    explicit DumpReader(DumpShape shape) : shape_(shape) {}

    [[nodiscard]] ReadLine read(std::string_view line);

  private:
    DumpShape shape_;
    simdjson::dom::parser parser_;
};

struct CountedDump {
    std::vector<WindowTruth> windows;
    std::map<LineClass, std::uint64_t> lines;
    std::set<std::string> ids;
    std::vector<std::int64_t> times_s;  ///< of the records, as they arrive
};

[[nodiscard]] CountedDump count_dump(std::string_view text, DumpShape shape);

}  // namespace stream_analyzer
