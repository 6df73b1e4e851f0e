#include "sketch/id_block.hpp"

#include <algorithm>

namespace stream_analyzer {

namespace {

bool wants(std::span<const SketchSpec> specs, IdHash hash) {
    return std::ranges::any_of(specs,
                               [hash](const SketchSpec& spec) { return spec.id_hash() == hash; });
}

}  // namespace

IdBlock::IdBlock(std::span<const SketchSpec> specs)
    : wants_redis_(wants(specs, IdHash::redis)),
      wants_datasketches_(wants(specs, IdHash::datasketches)) {}

void IdBlock::add_text(std::string_view id) {
    if (wants_redis_) of(IdHash::redis).push_back(redis_hash(id));
    if (wants_datasketches_) of(IdHash::datasketches).push_back(datasketches_coupon(id));
}

void IdBlock::feed(std::span<Sketch> sketches) const {
    for (Sketch& sketch : sketches)
        sketch.add_all(of(sketch.spec().id_hash()));
}

void IdBlock::clear() {
    for (std::vector<Hash64>& hashes : hashes_)
        hashes.clear();
}

std::size_t IdBlock::hashes_per_id() const {
    return std::size_t{1} + (wants_redis_ ? 1U : 0U) + (wants_datasketches_ ? 1U : 0U);
}

void IdBlock::append_to(std::vector<Hash64>& kept) const {
    if (!wants_texts()) {
        kept.insert(kept.end(), of(IdHash::own).begin(), of(IdHash::own).end());
        return;
    }
    for (std::size_t id = 0; id < size(); ++id) {
        for (const std::vector<Hash64>& hashes : hashes_) {
            if (!hashes.empty()) kept.push_back(hashes[id]);
        }
    }
}

void IdBlock::add_kept(std::span<const Hash64> kept) {
    for (std::size_t at = 0; at < kept.size();) {
        of(IdHash::own).push_back(kept[at++]);
        if (wants_redis_) of(IdHash::redis).push_back(kept[at++]);
        if (wants_datasketches_) of(IdHash::datasketches).push_back(kept[at++]);
    }
}

}  // namespace stream_analyzer
