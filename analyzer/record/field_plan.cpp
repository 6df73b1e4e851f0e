#include "record/field_plan.hpp"

#include <algorithm>
#include <cstring>

namespace stream_analyzer {

namespace {

/// Marks a node as wanted until its slot has a number.
constexpr std::size_t kWanted = FieldPlan::kNoSlot - 1;

bool is_plain(char c) {
    return c >= 0x20 && c != '"' && c != '\\' && c != '/' && static_cast<unsigned char>(c) < 0x80;
}

}  // namespace

FieldPlan::FieldPlan(std::span<const FieldPath> fields) : nodes_(1) {
    std::vector<std::size_t> path_nodes;
    std::vector<std::size_t> literal_nodes;
    for (const FieldPath& field : fields) {
        std::size_t node = 0;
        for (const std::string& key : field.keys)
            node = child_made(node, key);
        nodes_[node].slot = kWanted;
        path_nodes.push_back(node);
        literal_nodes.push_back(field.literal_root_first ? child_made(0, field.text) : kNoNode);
        if (field.literal_root_first) nodes_[literal_nodes.back()].slot = kWanted;
    }
    number_slots(0);
    make_keys();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        Source source;
        source.path_slot = nodes_[path_nodes[i]].slot;
        if (literal_nodes[i] != kNoNode) source.literal_slot = nodes_[literal_nodes[i]].slot;
        sources_.push_back(source);
    }
}

std::size_t FieldPlan::child_made(std::size_t parent, std::string_view key) {
    const std::size_t known = child_named(parent, key);
    if (known != kNoNode) return known;
    const std::size_t made = nodes_.size();
    Node& node = nodes_.emplace_back();
    node.key = key;
    nodes_[parent].children.push_back(made);
    return made;
}

// Recursion is as deep as a path is long: FieldPath::kMaxKeys.
void FieldPlan::number_slots(std::size_t node) {
    nodes_[node].first_slot = slots_;
    if (nodes_[node].slot == kWanted) nodes_[node].slot = slots_++;
    for (const std::size_t child : nodes_[node].children)
        number_slots(child);
    nodes_[node].last_slot = slots_;
}

bool FieldPlan::is_flat() const {
    return keys_of(0).size() == nodes_.size() - 1 && keys_of(0).size() <= kMostFlat;
}

void FieldPlan::make_keys() {
    for (Node& node : nodes_) {
        node.first_key = keys_.size();
        for (const std::size_t child : node.children) {
            Key key{.text = &nodes_[child].key, .node = child};
            if (nodes_[child].children.empty()) key.leaf_slot = nodes_[child].slot;
            are_keys_plain_ = are_keys_plain_ && std::ranges::all_of(*key.text, is_plain);
            const std::string quoted = nodes_[child].key + '"';
            const std::size_t head_bytes = std::min(quoted.size(), sizeof key.head);
            std::memcpy(&key.head, quoted.data(), head_bytes);
            std::memset(&key.head_mask, 0xff, head_bytes);
            keys_.push_back(key);
        }
    }
}

}  // namespace stream_analyzer
