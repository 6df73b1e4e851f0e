#include "record/line_skeletons.hpp"

#include <algorithm>

#include "record/line_notes.hpp"
#include "record/token_walk.hpp"

namespace stream_analyzer {

namespace {

// Watches a walk over a line: which keys it compares.
class KeyWatch {
  public:
    KeyWatch(const LineNotes& notes, std::size_t line, Skeleton& skeleton)
        : notes_(notes), line_(line), skeleton_(skeleton) {}

    void operator()(std::span<const FieldPlan::Key> wanted, std::size_t token) {
        if (!is_sure_ || keys_ == Skeleton::kMostKeys || token - line_ >= Skeleton::kMostTokens) {
            is_sure_ = false;
            return;
        }
        const char* const key = notes_.place(token) + 1;
        const auto length =
            static_cast<std::size_t>(std::max(key, notes_.value_end(token) - 1) - key);
        // With its closing quote, if that is among the first eight bytes.
        const std::size_t known = std::min(length + 1, sizeof(std::uint64_t));
        is_sure_ =
            std::find(key, key + std::min(length, known), '\\') == key + std::min(length, known) &&
            is_told(wanted, token);
        SkeletonKeys& group = skeleton_.keys[keys_ / SkeletonKeys::kKeys];
        const std::size_t place = keys_ % SkeletonKeys::kKeys;
        group.heads[place] = word_at(key);
        group.known |= ((std::uint64_t{1} << known) - 1) << (8 * place);
        group.tokens[place] = static_cast<std::uint8_t>(token - line_);
        ++keys_;
    }

    /// The keys of every such line are told by what was noted.
    [[nodiscard]] bool is_sure() const { return is_sure_; }
    [[nodiscard]] std::size_t keys() const { return keys_; }

  private:
    // By its head, or as a long key.
    bool is_told(std::span<const FieldPlan::Key> wanted, std::size_t token) {
        const char* const text = notes_.place(token) + 1;
        for (const FieldPlan::Key& key : wanted) {
            if (((word_at(text) ^ key.head) & key.head_mask) != 0) continue;
            if (key.is_short()) return true;
            if (!key.is_at(text, notes_.place(token + 1)) ||
                skeleton_.long_keys_used == Skeleton::kMostLongKeys) {
                return false;
            }
            skeleton_.long_keys[skeleton_.long_keys_used++] = {
                &key, static_cast<std::uint8_t>(token - line_)};
            return true;
        }
        return true;
    }

    const LineNotes& notes_;
    std::size_t line_;
    Skeleton& skeleton_;
    std::size_t keys_ = 0;
    bool is_sure_ = true;
};

}  // namespace

void LineSkeletons::add(std::uint64_t hash, const Skeleton& skeleton) {
    if (skeletons_.size() == kMostSkeletons) {
        skeletons_.clear();
        std::ranges::fill(slots_, std::uint16_t{0});
    }
    std::size_t slot = first_slot(hash);
    std::size_t probe = 0;
    for (; probe < kMostProbes && slots_[slot] != 0; ++probe)
        slot = (slot + 1) % kSlots;
    if (probe == kMostProbes) return;
    skeletons_.push_back(skeleton);
    slots_[slot] = static_cast<std::uint16_t>(skeletons_.size());
}

std::size_t walk_and_learn(LineNotes& notes, std::size_t line, Skeleton& skeleton,
                           bool& is_learned) {
    KeyWatch watch(notes, line, skeleton);
    const std::size_t behind = walk_line<CheckLevel::structure>(notes, line, watch);
    is_learned = watch.is_sure() && behind - line <= Skeleton::kMostTokens &&
                 notes.find_noted(line, behind - 1, skeleton.values);
    skeleton.groups_of_keys =
        static_cast<std::uint8_t>((watch.keys() + SkeletonKeys::kKeys - 1) / SkeletonKeys::kKeys);
    return behind;
}

}  // namespace stream_analyzer
