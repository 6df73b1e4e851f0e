#include "sketch/sketch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <type_traits>

namespace stream_analyzer {

namespace {

/// Hashes mixed at a time: 4 KiB of them stay in the first-level cache beside a sketch.
constexpr std::size_t kMixedHashes = 512;

}  // namespace

Sketch::Counter Sketch::make_counter(const SketchSpec& spec) {
    // A precision beyond int is out of range anyway; the counters' constructors say so.
    const auto precision = static_cast<int>(std::min<std::uint64_t>(spec.parameter, 64));
    switch (spec.family) {
        case SketchFamily::linear_counting:
            return LinearCounting{spec.parameter};
        case SketchFamily::hyperloglog:
            return HyperLogLog{precision};
        case SketchFamily::ultraloglog:
            return UltraLogLog{precision};
        case SketchFamily::redis_hyperloglog:
            return RedisHyperLogLog{};
        case SketchFamily::datasketches_hyperloglog:
            return DataSketchesHyperLogLog{precision};
    }
    throw std::invalid_argument("a sketch of an unknown family was asked for");
}

Sketch::Sketch(const SketchSpec& spec)
    : spec_{spec},
      salt_{spec.salt()},
      is_mixed_{spec.id_hash() == IdHash::own},
      counter_{make_counter(spec)} {}

void Sketch::add_all(std::span<const Hash64> hashes) {
    std::visit(
        [&](auto& counter) {
            if (!is_mixed_) {
                counter.add_all(hashes);
                return;
            }
            std::array<Hash64, kMixedHashes> mixed;
            while (!hashes.empty()) {
                const auto block = hashes.first(std::min(hashes.size(), kMixedHashes));
                mix_all(block, salt_, mixed.data());
                counter.add_all({mixed.data(), block.size()});
                hashes = hashes.subspan(block.size());
            }
        },
        counter_);
}

void Sketch::add_mixed(std::span<const Hash64> mixed) {
    std::visit([&](auto& counter) { counter.add_all(mixed); }, counter_);
}

void Sketch::merge_folded(const Sketch& larger) {
    if (!spec_.is_fold_of(larger.spec_)) {
        throw std::invalid_argument(fmt::format("a sketch {} does not fold to one of {}",
                                                larger.spec_.name(), spec_.name()));
    }
    std::visit(
        [&](auto& counter) {
            using Same = std::remove_reference_t<decltype(counter)>;
            if constexpr (FoldingCounter<Same>) {
                counter.merge_folded(std::get<Same>(larger.counter_));
            }
        },
        counter_);
}

void Sketch::merge(const Sketch& other) {
    if (spec_ != other.spec_) {
        throw std::invalid_argument(fmt::format("a sketch {} cannot be merged with one of {}",
                                                spec_.name(), other.spec_.name()));
    }
    std::visit(
        [&](auto& counter) {
            counter.merge(std::get<std::remove_reference_t<decltype(counter)>>(other.counter_));
        },
        counter_);
}

void Sketch::merge_state(std::span<const std::uint8_t> state) {
    std::visit([&](auto& counter) { counter.merge_state(state); }, counter_);
}

void Sketch::clear() {
    std::visit([](auto& counter) { counter.clear(); }, counter_);
}

SketchEstimate Sketch::estimate() const {
    return std::visit([](const auto& counter) { return counter.estimate(); }, counter_);
}

std::span<const std::uint8_t> Sketch::state() const {
    return std::visit([](const auto& counter) { return counter.state(); }, counter_);
}

}  // namespace stream_analyzer
