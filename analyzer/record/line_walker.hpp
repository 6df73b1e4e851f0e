// One pass over a line, byte by byte: the definition of what a good line is.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "record/field_plan.hpp"
#include "record/json_grammar.hpp"
#include "record/judge_line.hpp"
#include "record/line_tokens.hpp"
#include "record/reject.hpp"

namespace stream_analyzer {

/// Walks one line; see judge_line(). Open brackets are kept in an array of kMaxDepth, so no input
/// can exhaust the stack. The tracked objects are always the outermost open brackets: inside
/// anything else nothing is tracked.
class LineWalker {
  public:
    /// `tokens` has one (empty) token a slot. All arguments must outlive the walker.
    LineWalker(std::string_view line, const FieldPlan& plan, CheckLevel level, LineTokens& tokens);

    [[nodiscard]] std::optional<RejectReason> walk();

  private:
    /// What the grammar wants next.
    enum class Expect : std::uint8_t {
        value,
        value_or_close,  ///< after '['
        key_or_close,    ///< after '{'
        key,             ///< after ',' in an object
        colon,
        comma_or_close,
        nothing,  ///< the outermost value is complete
    };

    // Each returns false when the line is bad; reason_ then says why.
    bool walk_object();
    bool walk_other_value();
    bool walk_containers();
    bool step(Expect& expect);
    bool begin_value(Expect& expect);
    bool begin_container(Expect& expect);
    bool end_container(Expect& expect);
    bool key(Expect& expect);
    bool string();
    bool scalar(bool in_full);
    bool scalar_in_full();
    bool skim_container();
    bool open_bracket();
    bool close_bracket();
    bool string_special();
    bool escape();
    bool multibyte();

    bool fail(RejectReason reason);
    /// Fails because of the byte at at_, which is named for what it is where it is bad by itself.
    bool fail_at_byte(RejectReason otherwise, bool in_string = false);

    void skip_blanks();
    [[nodiscard]] bool in_tracked_object() const {
        return tracked_depth_ != 0 && tracked_depth_ == depth_;
    }
    /// The plan's node for the key between these bytes of the innermost (tracked) object.
    [[nodiscard]] std::size_t node_of_key(std::string_view raw);
    /// The member's value begins at at_: whatever stood under this key before is gone.
    void forget_earlier_duplicate() const;
    void keep_token(const char* begin, const char* end) const;

    const char* at_;
    const char* const end_;
    const FieldPlan& plan_;
    const bool full_;
    LineTokens& tokens_;
    RejectReason reason_{};
    std::size_t depth_ = 0;          ///< brackets open
    std::size_t tracked_depth_ = 0;  ///< how many of the outermost brackets are tracked objects
    std::size_t member_ = FieldPlan::kNoNode;  ///< node of the member whose value comes next
    std::array<std::size_t, FieldPath::kMaxKeys + 1> tracked_{};  ///< their nodes
    std::array<char, kMaxDepth> brackets_;  ///< the opening ones; [0, depth_) is set
    std::string unescaped_key_;
};

}  // namespace stream_analyzer
