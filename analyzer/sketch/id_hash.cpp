#include "sketch/id_hash.hpp"

#include <algorithm>
#include <bit>

#include "sketch/murmur_hash.hpp"

namespace stream_analyzer {

Hash64 redis_hash(std::string_view id, std::uint64_t seed) noexcept {
    return murmur_hash64a(id, seed);
}

Hash64 datasketches_coupon(std::string_view id, std::uint64_t seed) noexcept {
    if (id.empty()) return 0;
    const Hash128 hash = murmur_hash3(id, seed);
    const auto rank = static_cast<Hash64>(std::min(std::countl_zero(hash.h2), 62)) + 1;
    constexpr Hash64 kAddressMask = (Hash64{1} << kCouponAddress_bits) - 1;
    return (rank << kCouponAddress_bits) | (hash.h1 & kAddressMask);
}

}  // namespace stream_analyzer
