#include "core/hash64.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace stream_analyzer {

Hash64 hash_id(std::string_view id, std::uint64_t seed) noexcept {
    return XXH3_64bits_withSeed(id.data(), id.size(), seed);
}

std::string hash_library() {
    return "xxHash " + std::to_string(XXH_VERSION_MAJOR) + "." + std::to_string(XXH_VERSION_MINOR) +
           "." + std::to_string(XXH_VERSION_RELEASE);
}

}  // namespace stream_analyzer
