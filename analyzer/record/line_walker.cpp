#include "record/line_walker.hpp"

#include "record/json_string.hpp"
#include "record/plain_bytes.hpp"

namespace stream_analyzer {

namespace {

const char* skip_plain(const ByteTable& plain, const char* at, const char* end) {
    while (at != end && plain[static_cast<unsigned char>(*at)])
        ++at;
    return at;
}

}  // namespace

// brackets_ stays unset on purpose: clearing it would cost more than the walk over a short line.
LineWalker::LineWalker(std::string_view line, const FieldPlan& plan, CheckLevel level,
                       LineTokens& tokens)
    : at_(line.data()),
      end_(line.data() + line.size()),
      plan_(plan),
      full_(level == CheckLevel::full),
      tokens_(tokens) {}

std::optional<RejectReason> LineWalker::walk() {
    skip_blanks();
    if (at_ == end_) return RejectReason::truncated;
    const bool good = *at_ == '{' ? walk_object() : walk_other_value();
    if (good) return std::nullopt;
    return reason_;
}

bool LineWalker::walk_object() {
    if (!walk_containers()) return false;
    skip_blanks();
    return at_ == end_ || fail_at_byte(RejectReason::trailing_bytes);
}

// A scalar that stands for a whole line is checked in full at both levels: "not an object" should
// be said of JSON, not of every text that happens to begin with a 't'.
bool LineWalker::walk_other_value() {
    const char first = *at_;
    if (first == '[') {
        if (!walk_containers()) return false;
    } else if (first == '"' ? !string() : !scalar(true)) {
        return false;
    }
    skip_blanks();
    return at_ == end_ ? fail(RejectReason::not_an_object) : fail_at_byte(RejectReason::not_json);
}

/// From the line's first opening bracket to the one that closes it.
bool LineWalker::walk_containers() {
    Expect expect = Expect::value;
    do {
        skip_blanks();
        if (at_ == end_) return fail(RejectReason::truncated);
        if (!step(expect)) return false;
    } while (expect != Expect::nothing);
    return true;
}

/// One token of an object or array whose grammar is checked.
bool LineWalker::step(Expect& expect) {
    const char c = *at_;
    switch (expect) {
        case Expect::value_or_close:
            if (c == ']') return end_container(expect);
            return begin_value(expect);
        case Expect::value:
            return begin_value(expect);
        case Expect::key_or_close:
            if (c == '}') return end_container(expect);
            return key(expect);
        case Expect::key:
            return key(expect);
        case Expect::colon:
            if (c != ':') return fail_at_byte(RejectReason::not_json);
            ++at_;
            expect = Expect::value;
            return true;
        case Expect::comma_or_close:
            if (c != ',') return end_container(expect);
            ++at_;
            expect = brackets_[depth_ - 1] == '{' ? Expect::key : Expect::value;
            return true;
        case Expect::nothing:
            break;
    }
    return true;
}

bool LineWalker::begin_value(Expect& expect) {
    const char* const begin = at_;
    if (member_ != FieldPlan::kNoNode) forget_earlier_duplicate();
    if (*begin == '{' || *begin == '[') {
        keep_token(begin, begin + 1);
        return begin_container(expect);
    }
    if (*begin == '"' ? !string() : !scalar(full_)) return false;
    keep_token(begin, at_);
    member_ = FieldPlan::kNoNode;
    expect = Expect::comma_or_close;
    return true;
}

bool LineWalker::begin_container(Expect& expect) {
    const bool is_object = *at_ == '{';
    const bool is_root = depth_ == 0;
    const std::size_t node = is_root ? 0 : member_;
    member_ = FieldPlan::kNoNode;
    const bool tracked = is_object && node != FieldPlan::kNoNode &&
                         (is_root || !plan_.nodes()[node].children.empty());
    if (!tracked && !full_) {
        if (!skim_container()) return false;
        expect = depth_ == 0 ? Expect::nothing : Expect::comma_or_close;
        return true;
    }
    if (tracked) tracked_[tracked_depth_] = node;
    if (!open_bracket()) return false;
    if (tracked) ++tracked_depth_;
    expect = is_object ? Expect::key_or_close : Expect::value_or_close;
    return true;
}

bool LineWalker::end_container(Expect& expect) {
    const bool was_tracked = in_tracked_object();
    if (*at_ != '}' && *at_ != ']') return fail_at_byte(RejectReason::not_json);
    if (!close_bracket()) return false;
    if (was_tracked) --tracked_depth_;
    expect = depth_ == 0 ? Expect::nothing : Expect::comma_or_close;
    return true;
}

bool LineWalker::key(Expect& expect) {
    if (*at_ != '"') return fail_at_byte(RejectReason::not_json);
    const char* const begin = at_ + 1;
    if (!string()) return false;
    const auto length = static_cast<std::size_t>(at_ - 1 - begin);
    member_ = in_tracked_object() ? node_of_key({begin, length}) : FieldPlan::kNoNode;
    expect = Expect::colon;
    return true;
}

std::size_t LineWalker::node_of_key(std::string_view raw) {
    const std::size_t object = tracked_[tracked_depth_ - 1];
    if (raw.find('\\') == std::string_view::npos) return plan_.child_named(object, raw);
    if (unescape(raw, unescaped_key_) != Unescaped::text) return FieldPlan::kNoNode;
    return plan_.child_named(object, unescaped_key_);
}

void LineWalker::forget_earlier_duplicate() const {
    const FieldPlan::Node& node = plan_.nodes()[member_];
    for (std::size_t slot = node.first_slot; slot < node.last_slot; ++slot)
        tokens_[slot] = Token{};
}

void LineWalker::keep_token(const char* begin, const char* end) const {
    if (member_ == FieldPlan::kNoNode) return;
    const std::size_t slot = plan_.nodes()[member_].slot;
    if (slot != FieldPlan::kNoSlot)
        tokens_[slot] = Token{begin, static_cast<std::size_t>(end - begin)};
}

/// From the opening quote to behind the closing one.
bool LineWalker::string() {
    ++at_;
    for (;;) {
        at_ = skip_plain(kPlainInString, at_, end_);
        if (at_ == end_) return fail(RejectReason::truncated);
        if (*at_ == '"') break;
        if (!string_special()) return false;
    }
    ++at_;
    return true;
}

bool LineWalker::string_special() {
    if (*at_ == '\\') return escape();
    if (is_multibyte(*at_)) return multibyte();
    return fail(RejectReason::control_character);
}

bool LineWalker::escape() {
    if (full_) {
        const Scan scan = scan_escape(at_, end_);
        at_ = scan.at;
        if (scan.end == ScanEnd::cut) return fail(RejectReason::truncated);
        return scan.end == ScanEnd::complete || fail_at_byte(RejectReason::not_json, true);
    }
    ++at_;
    if (at_ == end_) return fail(RejectReason::truncated);
    // A control character or a sequence of bytes is no better for standing behind a backslash.
    if (!is_control(*at_) && !is_multibyte(*at_)) ++at_;
    return true;
}

bool LineWalker::multibyte() {
    const Scan scan = scan_utf8(at_, end_);
    at_ = scan.at;
    if (scan.end == ScanEnd::cut) return fail(RejectReason::truncated);
    return scan.end == ScanEnd::complete || fail(RejectReason::invalid_utf8);
}

/// A number or literal. In full, or as `structure` has it: by its first byte and up to a delimiter.
bool LineWalker::scalar(bool in_full) {
    if (!begins_number(*at_) && !begins_literal(*at_)) return fail_at_byte(RejectReason::not_json);
    if (in_full) return scalar_in_full();
    while (at_ != end_ && !is_delimiter(*at_)) {
        if (is_control(*at_)) return fail(RejectReason::control_character);
        if (!is_multibyte(*at_)) {
            ++at_;
        } else if (!multibyte()) {
            return false;
        }
    }
    return true;
}

bool LineWalker::scalar_in_full() {
    const Scan scan = begins_number(*at_) ? scan_number(at_, end_) : scan_literal(at_, end_);
    at_ = scan.at;
    if (scan.end == ScanEnd::cut) return fail(RejectReason::truncated);
    const bool separated = at_ == end_ || is_delimiter(*at_);
    return (scan.end == ScanEnd::complete && separated) || fail_at_byte(RejectReason::not_json);
}

/// A whole container by its brackets and strings alone.
bool LineWalker::skim_container() {
    const std::size_t outside = depth_;
    do {
        at_ = skip_plain(kPlainInSkim, at_, end_);
        if (at_ == end_) return fail(RejectReason::truncated);
        const char c = *at_;
        bool good = true;
        if (c == '"') {
            good = string();
        } else if (c == '{' || c == '[') {
            good = open_bracket();
        } else if (c == '}' || c == ']') {
            good = close_bracket();
        } else {
            good = is_multibyte(c) ? multibyte() : fail(RejectReason::control_character);
        }
        if (!good) return false;
    } while (depth_ != outside);
    return true;
}

bool LineWalker::open_bracket() {
    if (depth_ == kMaxDepth) return fail(RejectReason::too_deep);
    brackets_[depth_++] = *at_++;
    return true;
}

bool LineWalker::close_bracket() {
    const char opening = *at_ == '}' ? '{' : '[';
    if (brackets_[depth_ - 1] != opening) return fail(RejectReason::not_json);
    --depth_;
    ++at_;
    return true;
}

bool LineWalker::fail(RejectReason reason) {
    reason_ = reason;
    return false;
}

bool LineWalker::fail_at_byte(RejectReason otherwise, bool in_string) {
    const auto byte = static_cast<unsigned char>(*at_);
    if (is_control(*at_) && (in_string || !is_blank_byte(*at_))) {
        return fail(RejectReason::control_character);
    }
    return fail(begins_utf8(byte) ? otherwise : RejectReason::invalid_utf8);
}

void LineWalker::skip_blanks() {
    while (at_ != end_ && is_blank_byte(*at_))
        ++at_;
}

}  // namespace stream_analyzer
