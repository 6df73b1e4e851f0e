// The wanted fields, compiled to a tree of member names that a scanner walks along.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
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
        std::string key;                    ///< unescaped
        std::size_t slot = kNoSlot;         ///< where this member's token goes, if it is wanted
        std::vector<std::size_t> children;  ///< indices into nodes()
        std::size_t first_key = 0;          ///< of keys_of()
        /// Slots of this node and of all nodes below: [first_slot, last_slot) is cleared when the
        /// member is met (again).
        std::size_t first_slot = 0;
        std::size_t last_slot = 0;
    };

    /// A child as a scanner looks for it: most keys are told apart by one load.
    struct Key {
        std::uint64_t head = 0;       ///< first bytes of key and closing quote, as in memory
        std::uint64_t head_mask = 0;  ///< ones where `head` has bytes
        const std::string* text = nullptr;
        std::size_t node = kNoNode;
        std::size_t leaf_slot = kNoSlot;  ///< the node's slot if it has no children

        /// `head` is all of it, and the closing quote.
        [[nodiscard]] bool is_short() const { return text->size() < sizeof head; }
        /// `key` begins with the key's text and a closing quote, ahead of `behind`.
        [[nodiscard]] bool is_at(const char* key, const char* behind) const {
            return text->size() < static_cast<std::size_t>(behind - key) &&
                   key[text->size()] == '"' && std::memcmp(key, text->data(), text->size()) == 0;
        }
    };

    explicit FieldPlan(std::span<const FieldPath> fields);
    FieldPlan(const FieldPlan&) = delete;  // keys_of() refers to nodes()
    FieldPlan& operator=(const FieldPlan&) = delete;

    /// nodes()[0] is the root object. Slots are numbered in depth-first order of the nodes.
    [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
    [[nodiscard]] std::size_t slots() const { return slots_; }

    /// The keys of the children of a node; unescaped.
    [[nodiscard]] std::span<const Key> keys_of(std::size_t node) const {
        return {keys_.data() + nodes_[node].first_key, nodes_[node].children.size()};
    }

    /// Of all keys: no byte has an escape of its own (" \ / and control characters) or is beyond
    /// ASCII. So an escape that spells a part of one begins with \u00.
    [[nodiscard]] bool are_keys_plain() const { return are_keys_plain_; }

    /// There are only a few fields, and all of them are members of the root object.
    [[nodiscard]] bool is_flat() const;
    static constexpr std::size_t kMostFlat = 8;

    /// The child of `parent` with this unescaped key, or kNoNode. Linear in the children, which are
    /// few.
    [[nodiscard]] std::size_t child_named(std::size_t parent, std::string_view key) const {
        for (const std::size_t child : nodes_[parent].children) {
            if (nodes_[child].key == key) return child;
        }
        return kNoNode;
    }

    /// The token of the field with this index in the constructor's list; empty when absent.
    [[nodiscard]] Token field(std::size_t index, std::span<const Token> tokens) const {
        const Source& source = sources_[index];
        if (source.literal_slot != kNoSlot && !tokens[source.literal_slot].empty()) {
            return tokens[source.literal_slot];
        }
        return tokens[source.path_slot];
    }

    /// The slot that field() looks at in every line, or kNoSlot when that depends on the line.
    [[nodiscard]] std::size_t only_slot(std::size_t index) const {
        const Source& source = sources_[index];
        return source.literal_slot == kNoSlot ? source.path_slot : kNoSlot;
    }

  private:
    struct Source {
        std::size_t literal_slot = kNoSlot;
        std::size_t path_slot = kNoSlot;
    };

    std::size_t child_made(std::size_t parent, std::string_view key);
    void number_slots(std::size_t node);
    void make_keys();

    std::vector<Node> nodes_;
    std::vector<Key> keys_;
    std::vector<Source> sources_;
    std::size_t slots_ = 0;
    bool are_keys_plain_ = true;
};

}  // namespace stream_analyzer
