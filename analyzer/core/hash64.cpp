#include "core/hash64.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace stream_analyzer {

Hash64 hash_id(std::string_view id, std::uint64_t seed) noexcept {
    return XXH3_64bits_withSeed(id.data(), id.size(), seed);
}

}  // namespace stream_analyzer
