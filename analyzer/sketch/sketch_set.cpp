#include "sketch/sketch_set.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>

namespace stream_analyzer {

namespace {

/// Hashes mixed at a time: 4 KiB of them stay in the first-level cache beside a sketch.
constexpr std::size_t kMixedHashes = 512;

}  // namespace

SketchSet::SketchSet(std::span<const SketchSpec> specs)
    : sketches_(specs.begin(), specs.end()), members_(specs.size()), by_size_(specs.size()) {
    for (std::size_t i = 0; i < specs.size(); ++i) {
        if (specs[i].id_hash() != IdHash::own) {
            by_text_hash_[static_cast<std::size_t>(specs[i].id_hash())].push_back(i);
            continue;
        }
        const Hash64 salt = specs[i].salt();
        auto family = std::ranges::find(families_, salt, &Family::salt);
        if (family == families_.end())
            family = families_.insert(family, Family{.salt = salt, .members = {}});
        family->members.push_back(i);
    }
    find_sources();
}

// The smallest sketch that is larger: folding costs little more than the cells of the result, but
// reads the whole source.
void SketchSet::find_sources() {
    std::iota(by_size_.begin(), by_size_.end(), std::size_t{0});
    std::ranges::stable_sort(by_size_, std::ranges::greater{},
                             [&](std::size_t i) { return sketches_[i].spec().memory_bytes(); });
    for (std::size_t place = 0; place < by_size_.size(); ++place) {
        const SketchSpec& spec = sketches_[by_size_[place]].spec();
        Member& member = members_[by_size_[place]];
        member.fold_hashes = spec.cells();
        for (std::size_t larger = place; larger-- > 0;) {
            if (!spec.is_fold_of(sketches_[by_size_[larger]].spec())) continue;
            member.larger = by_size_[larger];
            break;
        }
    }
}

void SketchSet::clear() {
    for (Sketch& sketch : sketches_)
        sketch.clear();
    for (Member& member : members_) {
        member.entered = 0;
        member.is_behind = false;
    }
}

void SketchSet::expect(std::uint64_t hashes) {
    for (Member& member : members_)
        member.is_behind |= member.larger && hashes > member.fold_hashes;
}

bool SketchSet::takes(std::size_t index, std::size_t ids) {
    Member& member = members_[index];
    if (!member.larger) return true;
    member.entered += ids;
    member.is_behind |= member.entered > member.fold_hashes;
    return !member.is_behind;
}

void SketchSet::add_all(std::span<const Hash64> hashes) {
    std::array<Hash64, kMixedHashes> mixed;
    for (const Family& family : families_) {
        takers_.clear();
        std::ranges::copy_if(family.members, std::back_inserter(takers_),
                             [&](std::size_t i) { return takes(i, hashes.size()); });
        for (std::span<const Hash64> rest = hashes; !rest.empty();) {
            const auto block = rest.first(std::min(rest.size(), kMixedHashes));
            mix_all(block, family.salt, mixed.data());
            for (const std::size_t i : takers_)
                sketches_[i].add_mixed({mixed.data(), block.size()});
            rest = rest.subspan(block.size());
        }
    }
}

bool SketchSet::wants_texts() const {
    return std::ranges::any_of(by_text_hash_, [](const auto& members) { return !members.empty(); });
}

void SketchSet::add_texts(std::span<const std::string_view> ids, const TextSeeds& seeds) {
    std::array<Hash64, kMixedHashes> hashes;
    for (const IdHash hash : {IdHash::redis, IdHash::datasketches}) {
        takers_.clear();
        std::ranges::copy_if(by_text_hash_[static_cast<std::size_t>(hash)],
                             std::back_inserter(takers_),
                             [&](std::size_t i) { return takes(i, ids.size()); });
        if (takers_.empty()) continue;
        for (std::span<const std::string_view> rest = ids; !rest.empty();) {
            const auto block = rest.first(std::min(rest.size(), kMixedHashes));
            std::ranges::transform(block, hashes.begin(), [&](std::string_view id) {
                return hash == IdHash::redis ? redis_hash(id, seeds.redis)
                                             : datasketches_coupon(id, seeds.datasketches);
            });
            for (const std::size_t i : takers_)
                sketches_[i].add_all({hashes.data(), block.size()});
            rest = rest.subspan(block.size());
        }
    }
}

std::span<Sketch> SketchSet::sketches() {
    for (const std::size_t i : by_size_) {
        Member& member = members_[i];
        if (member.is_behind) sketches_[i].merge_folded(sketches_[*member.larger]);
        member.entered = 0;
        member.is_behind = false;
    }
    return sketches_;
}

}  // namespace stream_analyzer
