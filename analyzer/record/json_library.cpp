#include "record/json_library.hpp"

#include <simdjson.h>

namespace stream_analyzer {

std::string json_library() {
    return std::string("simdjson ") + SIMDJSON_STRINGIFY(SIMDJSON_VERSION) + " (" +
           simdjson::get_active_implementation()->name() + ")";
}

}  // namespace stream_analyzer
