#include "generate/bad_lines.hpp"

#include <array>
#include <string>

#include "generate/flat_record.hpp"
#include "generate/nested_lines.hpp"
#include "generate/text_append.hpp"

namespace stream_analyzer {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kVariants = 4;
using Templates = std::array<std::string_view, kVariants>;

// '@' stands for the time's token and '#' for the text of the id, without quotes.
// A template shows one fault and no other: what is before the fault is good JSON, and what makes a
// line not JSON cannot be taken for a missing end.
struct RejectTemplates {
    RejectReason reason;
    Templates flat;
    Templates nested;
};

// With a NUL inside, hence views with a length of their own.
constexpr std::string_view kFlatNul = "{\"ts\":@,\"uid\":\"#\",\"text\":\"a\0z\"}"sv;
constexpr std::string_view kNestedNul =
    "{\"event\":{\"time\":@},\"user\":{\"id\":\"#\"},\"text\":\"a\0z\"}"sv;

constexpr std::array kRejectTemplates{
    RejectTemplates{
        RejectReason::not_json,
        {R"({"ts":@ "uid":"#"})", R"(WARN broker not available, retrying)", R"({ts:@,uid:"#"})",
         R"({"ts":@,,"uid":"#"})"},
        {R"({"event":{"time":@} "user":{"id":"#"}})", R"(WARN broker not available, retrying)",
         R"({event:{"time":@},"user":{"id":"#"}})", R"({"event":{"time":@},,"user":{"id":"#"}})"}},
    RejectTemplates{RejectReason::not_an_object,
                    {R"(["ts",@,"uid","#"])", R"("#")", "null", "[]"},
                    {R"([{"event":{"time":@},"user":{"id":"#"}}])", R"("#")", "true", "17"}},
    RejectTemplates{RejectReason::truncated,
                    {R"({"ts":@,)", R"({"uid":"#","ts":@)", R"({"ts":@,"uid":"#","page":{"id":1},)",
                     R"({"ts":@,"uid":"#","tags":[1,2)"},
                    {R"({"event":{"time":@},)", R"({"event":{"time":@},"user":{"id":"#")",
                     R"({"event":{"time":@},"user":{"id":"#"})",
                     R"({"event":{"time":@},"user":{"id":"#"},"tags":[1,2)"}},
    RejectTemplates{
        RejectReason::trailing_bytes,
        {R"({"ts":@,"uid":"#"}{"ts":@,"uid":"#"})", R"({"ts":@,"uid":"#"},)",
         R"({"ts":@,"uid":"#"}})", R"({"ts":@,"uid":"#"} done)"},
        {R"({"event":{"time":@},"user":{"id":"#"}}{"event":{"time":@}})",
         R"({"event":{"time":@},"user":{"id":"#"}},)", R"({"event":{"time":@},"user":{"id":"#"}}})",
         R"({"event":{"time":@},"user":{"id":"#"}} done)"}},
    RejectTemplates{
        RejectReason::control_character,
        {"{\"text\":\"a\x01z\",\"ts\":@,\"uid\":\"#\"}", kFlatNul,
         "{\"ts\":@,\"uid\":\"#\",\"text\":\"a\tz\"}", "{\"ts\":@,\"a\x1f\":0,\"uid\":\"#\"}"},
        {"{\"text\":\"a\x01z\",\"event\":{\"time\":@},\"user\":{\"id\":\"#\"}}", kNestedNul,
         "{\"event\":{\"time\":@},\"user\":{\"id\":\"#\",\"text\":\"a\tz\"}}",
         "{\"event\":{\"a\x1f\":0,\"time\":@},\"user\":{\"id\":\"#\"}}"}},
    // 0xff, an overlong '/', a surrogate, a sequence cut short.
    RejectTemplates{RejectReason::invalid_utf8,
                    {"{\"ts\":@,\"uid\":\"#\",\"text\":\"a\xffz\"}",
                     "{\"ts\":@,\"uid\":\"#\",\"text\":\"a\xc0\xaf\"}",
                     "{\"text\":\"\xed\xa0\x80\",\"ts\":@,\"uid\":\"#\"}",
                     "{\"ts\":@,\"uid\":\"#\",\"text\":\"\xd0\"}"},
                    {"{\"event\":{\"time\":@},\"user\":{\"id\":\"#\",\"text\":\"a\xffz\"}}",
                     "{\"event\":{\"time\":@,\"text\":\"a\xc0\xaf\"},\"user\":{\"id\":\"#\"}}",
                     "{\"text\":\"\xed\xa0\x80\",\"event\":{\"time\":@},\"user\":{\"id\":\"#\"}}",
                     "{\"event\":{\"time\":@},\"user\":{\"id\":\"#\",\"text\":\"\xd0\"}}"}},
    RejectTemplates{RejectReason::missing_time,
                    {R"({"uid":"#"})", R"({"uid":"#","page":{"ts":@}})", R"({"TS":@,"uid":"#"})",
                     R"({"log":[{"ts":@}],"uid":"#","text":"\"ts\":@"})"},
                    {R"({"user":{"id":"#"}})", R"({"time":@,"user":{"id":"#"}})",
                     R"({"event":{"type":"click"},"user":{"id":"#","time":@}})",
                     R"({"event":{"page":{"time":@}},"user":{"id":"#"}})"}},
    RejectTemplates{RejectReason::missing_id,
                    {R"({"ts":@})", R"({"ts":@,"user":{"uid":"#"}})", R"({"ts":@,"uids":"#"})",
                     R"({"ts":@,"log":[{"uid":"#"}],"text":"\"uid\":\"#\""})"},
                    {R"({"event":{"time":@}})", R"({"id":"#","event":{"time":@}})",
                     R"({"event":{"time":@,"id":"#"},"user":{"plan":"free"}})",
                     R"({"event":{"time":@},"user":{"consent":{"id":"#"}}})"}},
    RejectTemplates{RejectReason::wrong_type_of_time,
                    {R"({"ts":true,"uid":"#"})", R"({"ts":null,"uid":"#"})",
                     R"({"ts":{"ts":@},"uid":"#"})", R"({"ts":[@],"uid":"#"})"},
                    {R"({"event":{"time":true},"user":{"id":"#"}})",
                     R"({"event":{"time":null},"user":{"id":"#"}})",
                     R"({"event":{"time":{"time":@}},"user":{"id":"#"}})",
                     R"({"event":{"time":[@]},"user":{"id":"#"}})"}},
    RejectTemplates{
        RejectReason::unparsable_time,
        {R"({"ts":"yesterday","uid":"#"})", R"({"ts":"","uid":"#"})",
         R"({"ts":"14682x3385","uid":"#"})", R"({"ts":"2016-13-45T99:00:00Z","uid":"#"})"},
        {R"({"event":{"time":"yesterday"},"user":{"id":"#"}})",
         R"({"event":{"time":""},"user":{"id":"#"}})",
         R"({"event":{"time":"11.07.2016 13:39"},"user":{"id":"#"}})",
         R"({"event":{"time":"2016-13-45T99:00:00Z"},"user":{"id":"#"}})"}},
    // One second after and before the years 0001 to 9999 ...
    RejectTemplates{RejectReason::time_out_of_range,
                    {R"({"ts":253402300800,"uid":"#"})", R"({"ts":-62135596801,"uid":"#"})",
                     R"({"ts":"253402300800","uid":"#"})", R"({"ts":99999999999999,"uid":"#"})"},
                    // ... and the year 0000, the only one with four digits.
                    {R"({"event":{"time":"0000-12-31T23:59:59Z"},"user":{"id":"#"}})",
                     R"({"event":{"time":"0000-01-01T00:00:00Z"},"user":{"id":"#"}})",
                     R"({"event":{"time":"0000-12-31T23:59:59.999Z"},"user":{"id":"#"}})",
                     R"({"event":{"time":"0000-07-11T13:39:00Z"},"user":{"id":"#"}})"}},
    RejectTemplates{
        RejectReason::wrong_type_of_id,
        {R"({"ts":@,"uid":true})", R"({"ts":@,"uid":1.5})", R"({"ts":@,"uid":{"uid":"#"}})",
         R"({"ts":@,"uid":["#"]})"},
        {R"({"event":{"time":@},"user":{"id":false}})", R"({"event":{"time":@},"user":{"id":1.5}})",
         R"({"event":{"time":@},"user":{"id":{"id":"#"}}})",
         R"({"event":{"time":@},"user":{"id":["#"]}})"}},
};

// too_deep has no template but a builder. kRotation: the templates, too_deep, blank, anonymous.
constexpr std::size_t kTooDeep = kRejectTemplates.size();
constexpr std::size_t kBlank = kTooDeep + 1;
constexpr std::size_t kAnonymous = kBlank + 1;
constexpr std::size_t kRotation = kAnonymous + 1;
static_assert(kTooDeep + 1 == kRejectReasons - 1, "every reject but line_too_long");

constexpr Templates kBlankLines{"", "   ", "\t", " \t "};
constexpr Templates kFlatAnonymous{R"({"ts":@,"uid":null})", R"({"uid":null,"ts":@})",
                                   R"({"ts":@,"uid":null,"page":{"uid":"#"}})",
                                   R"({"ts":@,"uid" : null })"};
constexpr Templates kNestedAnonymous{R"({"event":{"time":@},"user":{"id":null}})",
                                     R"({"user":{"id":null},"event":{"time":@}})",
                                     R"({"event":{"time":@,"id":"#"},"user":{"id":null}})",
                                     R"({"event":{"time":@},"user":{"id" : null }})"};

/// A good record but for arrays 1,100 deep, above the limit of 1,024.
std::string too_deep(bool nested) {
    constexpr std::size_t kDepth = 1'100;
    return std::string(nested ? R"({"event":{"time":@},"user":{"id":"#"},"deep":)"
                              : R"({"ts":@,"uid":"#","deep":)") +
           std::string(kDepth, '[') + std::string(kDepth, ']') + "}";
}

}  // namespace

BadLines::BadLines(const GenerateOptions& options)
    : ids_(options.seed), shape_(options.shape), share_ppm_(options.corrupt_share_ppm) {}

std::uint64_t BadLines::due_after(std::uint64_t records) const {
    return records * share_ppm_ / (kWhole_ppm - share_ppm_);
}

char* BadLines::append_next(char* out, const Event& near, DumpTruth& truth) {
    const std::size_t kind = made_ % kRotation;
    const std::size_t variant = made_ / kRotation % kVariants;
    const bool nested = shape_ == DumpShape::nested;
    ++made_;
    if (kind == kBlank) {
        ++truth.blank;
        return append(out, kBlankLines[variant]);
    }
    if (kind == kAnonymous) {
        ++truth.anonymous;
        return append_filled(out, (nested ? kNestedAnonymous : kFlatAnonymous)[variant], near);
    }
    if (kind == kTooDeep) {
        ++truth.rejects[static_cast<std::size_t>(RejectReason::too_deep)];
        return append_filled(out, too_deep(nested), near);
    }
    const RejectTemplates& templates = kRejectTemplates[kind];
    ++truth.rejects[static_cast<std::size_t>(templates.reason)];
    return append_filled(out, (nested ? templates.nested : templates.flat)[variant], near);
}

char* BadLines::append_filled(char* out, std::string_view text, const Event& near) const {
    for (const char c : text) {
        if (c == '#') {
            out = ids_.append(out, near.user);
        } else if (c != '@') {
            *out++ = c;
        } else if (shape_ == DumpShape::nested) {
            *out++ = '"';
            out = append_iso8601(out, near.time_ms);
            *out++ = '"';
        } else {
            out = append_number(out, seconds_of(near.time_ms));
        }
    }
    return out;
}

}  // namespace stream_analyzer
