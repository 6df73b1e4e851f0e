#include "pipeline/open_part.hpp"

#include "store/file_source.hpp"

namespace stream_analyzer {

std::unique_ptr<RunReader> open_part(const std::string& path) {
    auto part = std::make_unique<RunReader>(open_file_source(path));
    if (part->head().lengths.size() != 1) fail_as_damaged(part->name(), "it is no saved part");
    return part;
}

}  // namespace stream_analyzer
