// What is noted of the lines of a run: their wanted fields, told from others by their tokens.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "record/field_plan.hpp"
#include "record/id_token.hpp"
#include "record/json_grammar.hpp"
#include "record/json_string.hpp"
#include "record/line_batch.hpp"
#include "record/line_skeletons.hpp"
#include "record/line_tokens.hpp"
#include "record/structure_kernel.hpp"
#include "record/token_bytes.hpp"

namespace stream_analyzer {

/// Only what the index says is believed: the text may be changing (a mapped file that someone
/// writes to), so that a loop over it needs a bound of its own.
class LineNotes {
  public:
    /// All are borrowed; lines are added to `batch`.
    LineNotes(const char* run, const TokenIndex& index, const FieldPlan& plan,
              bool may_have_escapes, LineBatch& batch)
        : run_(run),
          offsets_(index.offsets.data()),
          bytes_(index.bytes.data()),
          plan_(&plan),
          root_keys_(plan.keys_of(0)),
          may_have_escapes_(may_have_escapes),
          batch_(&batch) {}

    /// Forgets what was noted since the last line's end. `token` is the line's first.
    void begin_line(std::size_t token) {
        line_ = token;
        batch_->begin_line();
    }
    [[nodiscard]] std::size_t line() const { return line_; }
    /// `token` is the line feed.
    void end_line(LineShape shape, std::size_t token) { batch_->end_line(shape, offsets_[token]); }

    [[nodiscard]] const char* run() const { return run_; }
    /// Of the tokens in the run.
    [[nodiscard]] const std::uint32_t* offsets() const { return offsets_; }
    /// The tokens' first bytes.
    [[nodiscard]] const char* bytes() const { return bytes_; }
    [[nodiscard]] const char* place(std::size_t token) const { return run_ + offsets_[token]; }

    [[nodiscard]] std::span<const FieldPlan::Key> root_keys() const { return root_keys_; }
    [[nodiscard]] bool are_keys_plain() const { return plan_->are_keys_plain(); }
    [[nodiscard]] std::span<const FieldPlan::Key> keys_of(std::size_t node) const {
        return plan_->keys_of(node);
    }

    /// The one of `keys` that stands at a token; `token` is a string, and a colon follows. Null
    /// when the member is not wanted.
    [[nodiscard]] const FieldPlan::Key* wanted_key(std::span<const FieldPlan::Key> keys,
                                                   std::size_t token) const {
        const char* const key = place(token) + 1;
        const std::uint64_t head = word_at(key);
        bool may_be_escaped = may_have_escapes_ && places_of('\\', head) != 0;
        for (const FieldPlan::Key& wanted : keys) {
            if (((head ^ wanted.head) & wanted.head_mask) != 0) continue;
            if (wanted.is_short() || wanted.is_at(key, place(token + 1))) return &wanted;
            may_be_escaped = true;
        }
        return may_be_escaped ? wanted_escaped_key(keys, token) : nullptr;
    }

    /// Notes the value that begins at a token.
    void note_value(const FieldPlan::Key& key, std::size_t token) {
        const TokenPlace value{offsets_[token], offsets_[token + 1]};
        if (key.leaf_slot != FieldPlan::kNoSlot) {
            batch_->next_place(key.leaf_slot) = value;
            return;
        }
        const FieldPlan::Node& node = plan_->nodes()[key.node];
        for (std::size_t slot = node.first_slot; slot < node.last_slot; ++slot)
            batch_->next_place(slot) = TokenPlace{};
        if (node.slot != FieldPlan::kNoSlot) batch_->next_place(node.slot) = value;
    }

    /// Behind the string or scalar at a token: in front of the next token and of blanks.
    [[nodiscard]] const char* value_end(std::size_t token) const {
        return behind_last_byte(place(token), place(token + 1));
    }

    /// Notes a good line from its first token on: the tokens `values` behind it are those of the
    /// slots, and its line feed is so many behind it.
    void note_line(std::size_t first, std::size_t line_feed,
                   const std::array<std::uint8_t, FieldPlan::kMostFlat>& values) {
        batch_->make_room(1);
        TokenPlace* const places = batch_->next_places();
        for (std::size_t slot = 0; slot < batch_->slots(); ++slot) {
            const std::uint32_t* const offset = offsets_ + first + values[slot];
            places[slot] = values[slot] == Skeleton::kNoToken ? TokenPlace{}
                                                              : TokenPlace{offset[0], offset[1]};
        }
        batch_->end_line(LineShape::good, offsets_[first + line_feed]);
    }

    /// Of the line that was ended last, with its first token and its line feed: which tokens are
    /// the values that are noted, as note_line() takes them. False: the line is not good.
    [[nodiscard]] bool find_noted(std::size_t first, std::size_t line_feed,
                                  std::array<std::uint8_t, FieldPlan::kMostFlat>& values) const {
        const std::size_t line = batch_->size() - 1;
        if (batch_->shape(line) != LineShape::good) return false;
        values.fill(Skeleton::kNoToken);
        for (std::size_t slot = 0; slot < batch_->slots(); ++slot) {
            const TokenPlace place = batch_->place(line, slot);
            if (place.is_none()) continue;
            const std::uint32_t* const token =
                std::find(offsets_ + first, offsets_ + line_feed, place.begin);
            values[slot] = static_cast<std::uint8_t>(token - (offsets_ + first));
        }
        return true;
    }

    // Lines may also be noted together, by who knows how they follow one another.

    [[nodiscard]] std::size_t slots() const { return batch_->slots(); }
    /// Room for so many lines, the one that is being noted included.
    void make_room(std::size_t lines) { batch_->make_room(lines); }
    /// Of the line that is being noted and those behind it.
    [[nodiscard]] TokenPlace* next_places() { return batch_->next_places(); }
    [[nodiscard]] LineBatch::Line* next_lines() { return batch_->next_lines(); }
    [[nodiscard]] TokenPlace token_place(std::size_t token) const {
        return {offsets_[token], offsets_[token + 1]};
    }
    [[nodiscard]] LineBatch::Line good_line(std::size_t line_feed) const {
        return {offsets_[line_feed], LineShape::good};
    }
    /// So many lines are noted; behind them, if there is one, the next begins at a token.
    void end_good_lines(std::size_t lines, std::size_t next_line) {
        batch_->end_lines(lines);
        if (lines != 0) line_ = next_line;
    }

  private:
    // Rare, and kept out of the walks, whose registers it would take. Nothing if there is no escape
    // in the key at all. A key with a bad escape names no member: `full` rejects it, `structure`
    // does not look.
    [[nodiscard, gnu::noinline]] const FieldPlan::Key* wanted_escaped_key(
        std::span<const FieldPlan::Key> keys, std::size_t token) const {
        const char* const key = place(token) + 1;
        const char* end = place(token + 1);
        while (end != key && *--end != '"') {
        }
        const std::string_view raw(key, static_cast<std::size_t>(end - key));
        const std::size_t backslash = raw.find('\\');
        if (backslash == std::string_view::npos) return nullptr;
        std::string unescaped;
        for (const FieldPlan::Key& wanted : keys) {
            if (!may_read(raw, backslash, *wanted.text)) continue;
            if (unescaped.empty() && unescape(raw, unescaped) != Unescaped::text) return nullptr;
            if (*wanted.text == unescaped) return &wanted;
        }
        return nullptr;
    }

    // Of a key with its first escape at `backslash`: whether that much of it reads like `wanted`.
    [[nodiscard]] static bool may_read(std::string_view raw, std::size_t backslash,
                                       std::string_view wanted) {
        if (wanted.size() <= backslash || raw.size() < backslash + 2) return false;
        if (wanted.substr(0, backslash) != raw.substr(0, backslash)) return false;
        const char letter = raw[backslash + 1];
        const char next = wanted[backslash];
        if (letter != 'u') return short_escape(letter) == next;
        return static_cast<unsigned char>(next) >= 0x80 || raw.substr(backslash + 2, 2) == "00";
    }

    const char* run_;
    const std::uint32_t* offsets_;
    const char* bytes_;
    const FieldPlan* plan_;
    std::span<const FieldPlan::Key> root_keys_;
    bool may_have_escapes_;
    LineBatch* batch_;
    std::size_t line_ = 0;  // first token of the line that is being noted
};

}  // namespace stream_analyzer
