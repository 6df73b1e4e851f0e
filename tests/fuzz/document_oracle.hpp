// What simdjson's DOM, which shares no code with the scanners, says of a line.
#pragma once

#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>

#include "record/field_path.hpp"

namespace stream_analyzer::fuzz {

enum class Opinion {
    object,
    other_value,
    invalid,
    unknown,  ///< it gave up: a number or escape that its DOM cannot hold, or too deep
};

/// An object's member of this name, the last one of several.
[[nodiscard]] inline std::optional<simdjson::dom::element> last_member(simdjson::dom::element value,
                                                                       std::string_view key) {
    std::optional<simdjson::dom::element> found;
    simdjson::dom::object object;
    if (value.get(object) != simdjson::SUCCESS) return found;
    for (const auto& member : object) {
        if (member.key == key) found = member.value;
    }
    return found;
}

class DocumentOracle {
  public:
    /// `depth` brackets may be open at once.
    explicit DocumentOracle(std::size_t depth) : depth_(depth) {}

    /// SIMDJSON_PADDING bytes behind the line must be readable.
    [[nodiscard]] Opinion read(std::string_view line) {
        using namespace simdjson;
        if (line.size() > parser_.capacity() && parser_.allocate(line.size(), depth_) != SUCCESS) {
            return Opinion::unknown;
        }
        const auto result = parser_.parse(line.data(), line.size(), false);
        switch (result.get(root_)) {
            case SUCCESS:
                return root_.is_object() ? Opinion::object : Opinion::other_value;
            case NUMBER_ERROR:
            case STRING_ERROR:
            case DEPTH_ERROR:
            case CAPACITY:
            case MEMALLOC:
                return Opinion::unknown;
            default:
                return Opinion::invalid;
        }
    }

    /// The field's value in the object that was read last.
    [[nodiscard]] std::optional<simdjson::dom::element> field(const FieldPath& path) const {
        if (path.literal_root_first) {
            if (const auto literal = last_member(root_, path.text)) return literal;
        }
        std::optional<simdjson::dom::element> value = root_;
        for (const std::string& key : path.keys) {
            value = last_member(*value, key);
            if (!value) break;
        }
        return value;
    }

  private:
    std::size_t depth_;
    simdjson::dom::parser parser_;
    simdjson::dom::element root_;
};

}  // namespace stream_analyzer::fuzz
