#include "sketch/interchange_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string_view>

namespace stream_analyzer {

namespace {

using State = std::span<const std::uint8_t>;

void append_state(std::string& bytes, State state) {
    bytes.append(reinterpret_cast<const char*>(state.data()), state.size());
}

void append_little_endian(std::string& bytes, std::uint64_t value, unsigned size) {
    for (unsigned byte = 0; byte < size; ++byte, value >>= 8U)
        bytes += static_cast<char>(value & 0xffU);
}

/// src/hyperloglog.c, struct hllhdr: "HYLL", the encoding, three unused bytes, the cached count, of
/// which the highest bit says that it is stale.
std::string redis_value(State registers) {
    constexpr std::uint8_t kDense = 0;
    constexpr std::uint64_t kStale = std::uint64_t{1} << 63U;
    std::string bytes = "HYLL";
    append_little_endian(bytes, kDense, 4);
    append_little_endian(bytes, kStale, 8);
    append_state(bytes, registers);
    return bytes;
}

/// The preamble's first eight bytes (hll/PreambleUtil of datasketches-java).
struct Preamble {
    std::uint8_t ints;
    std::uint8_t flags;
    std::uint8_t mode;  // of the sketch, and above two bits the target type
};

constexpr std::uint8_t kHll8 = 2U << 2U;
constexpr std::uint8_t kListMode = 0;
constexpr std::uint8_t kHllMode = 2;
constexpr std::uint8_t kEmpty = 4;
constexpr std::uint8_t kCompact = 8;
constexpr std::uint8_t kOutOfOrder = 16;

std::string begin_datasketches(const Preamble& preamble, std::uint64_t lg_k,
                               std::uint8_t lg_array) {
    constexpr std::uint8_t kSerialVersion = 1;
    constexpr std::uint8_t kFamily = 7;  // HLL
    std::string bytes;
    for (const std::uint64_t byte :
         {std::uint64_t{preamble.ints}, std::uint64_t{kSerialVersion}, std::uint64_t{kFamily}, lg_k,
          std::uint64_t{lg_array}, std::uint64_t{preamble.flags}, std::uint64_t{0},
          std::uint64_t{preamble.mode}}) {
        append_little_endian(bytes, byte, 1);
    }
    return bytes;
}

std::string datasketches_image(std::uint64_t lg_k, State registers) {
    const auto zeros = static_cast<std::uint64_t>(std::ranges::count(registers, 0));
    if (zeros == registers.size()) {
        constexpr std::uint8_t kLgListSize = 3;
        return begin_datasketches({2, kEmpty | kCompact, kListMode | kHll8}, lg_k, kLgListSize);
    }
    // The sums of 2^-rank over small and large ranks; exact, as no sum needs more than 53 bits.
    constexpr std::uint8_t kFirstLargeRank = 32;
    double small_ranks = 0;
    double large_ranks = 0;
    for (const std::uint8_t rank : registers)
        (rank < kFirstLargeRank ? small_ranks : large_ranks) += std::ldexp(1.0, -rank);

    std::string bytes = begin_datasketches({10, kOutOfOrder, kHllMode | kHll8}, lg_k, 0);
    append_little_endian(bytes, std::bit_cast<std::uint64_t>(0.0), 8);  // no HIP accumulator
    append_little_endian(bytes, std::bit_cast<std::uint64_t>(small_ranks), 8);
    append_little_endian(bytes, std::bit_cast<std::uint64_t>(large_ranks), 8);
    append_little_endian(bytes, zeros, 4);
    append_little_endian(bytes, 0, 4);  // no exceptions
    append_state(bytes, registers);
    return bytes;
}

}  // namespace

std::string interchange_bytes(const Sketch& sketch) {
    switch (sketch.spec().family) {
        case SketchFamily::redis_hyperloglog:
            return redis_value(sketch.state());
        case SketchFamily::datasketches_hyperloglog:
            return datasketches_image(sketch.spec().parameter, sketch.state());
        default:
            throw std::invalid_argument(
                fmt::format("a sketch {} is none of another system", sketch.spec().name()));
    }
}

}  // namespace stream_analyzer
