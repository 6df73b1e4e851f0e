// The wanted fields, compiled to a tree of member names that a scanner walks along.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/field_path.hpp"
#include "record/line_tokens.hpp"

namespace stream_analyzer {

/// The objects on the way to a field are *tracked*: their grammar is checked in full like the
/// root's, and their keys are compared. Everything else below the root is skipped by its brackets
/// and strings. A key that comes again replaces what stood before, with all that was below it: the
/// last duplicate wins. A field that is wanted twice (--where on the id field) has one slot.
class FieldPlan {
  public:
    static constexpr std::size_t kNoSlot = SIZE_MAX;
    static constexpr std::size_t kNoNode = SIZE_MAX;

    struct Node {
        std::string key;  ///< unescaped
        /// The key's first eight bytes as they stand in memory, and ones where it has bytes: a
        /// scanner compares most keys with one load.
        std::uint64_t key_head = 0;
        std::uint64_t key_head_mask = 0;
        std::size_t slot = kNoSlot;         ///< where this member's token goes, if it is wanted
        std::vector<std::size_t> children;  ///< indices into nodes()
        /// Slots of this node and of all nodes below: [first_slot, last_slot) is cleared when the
        /// member is met (again).
        std::size_t first_slot = 0;
        std::size_t last_slot = 0;
    };

    explicit FieldPlan(std::span<const FieldPath> fields);

    /// nodes()[0] is the root object. Slots are numbered in depth-first order of the nodes.
    [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
    [[nodiscard]] std::size_t slots() const { return slots_; }

    /// The child of `parent` with this unescaped key, or kNoNode. Linear in the children, which are
    /// few.
    [[nodiscard]] std::size_t child_named(std::size_t parent, std::string_view key) const {
        for (const std::size_t child : nodes_[parent].children) {
            if (nodes_[child].key == key) return child;
        }
        return kNoNode;
    }

    /// The distinct first bytes of all keys; the closing quote stands for an empty key. A member
    /// whose key begins with none of them, nor with a backslash, is not wanted.
    [[nodiscard]] std::string_view first_bytes() const { return first_bytes_; }

    /// The token of the field with this index in the constructor's list; empty when absent.
    [[nodiscard]] Token field(std::size_t index, const LineTokens& tokens) const {
        const Source& source = sources_[index];
        if (source.literal_slot != kNoSlot && !tokens[source.literal_slot].empty()) {
            return tokens[source.literal_slot];
        }
        return tokens[source.path_slot];
    }

  private:
    struct Source {
        std::size_t literal_slot = kNoSlot;
        std::size_t path_slot = kNoSlot;
    };

    std::size_t child_made(std::size_t parent, std::string_view key);
    void number_slots(std::size_t node);

    std::vector<Node> nodes_;
    std::vector<Source> sources_;
    std::string first_bytes_;
    std::size_t slots_ = 0;
};

}  // namespace stream_analyzer
