// Any bytes as a dump: everything that reads lines must agree on them.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document_oracle.hpp"
#include "input/chunk.hpp"
#include "partition_check.hpp"
#include "record/field_suggestions.hpp"
#include "record/id_token.hpp"
#include "record/interpret.hpp"
#include "record/judge_line.hpp"
#include "record/line_scanner.hpp"
#include "record/structure_kernel.hpp"
#include "record/time_token.hpp"
#include "record/time_unit_vote.hpp"
#include "record/token_check.hpp"
#include "require.hpp"
#include "scanner_input.hpp"
#include "short_cut_check.hpp"

namespace stream_analyzer::fuzz {

namespace {

constexpr std::size_t kTimeField = 0;
constexpr std::size_t kIdField = 1;

/// The dump on the heap with nothing but the promised padding behind it: the address sanitizer
/// sees every byte that is read beyond.
class PaddedDump {
  public:
    PaddedDump(std::string_view dump, char padding)
        : size_(dump.size()), memory_(std::make_unique<char[]>(size_ + kChunkPadding_bytes)) {
        std::ranges::copy(dump, memory_.get());
        std::fill_n(memory_.get() + size_, kChunkPadding_bytes, padding);
    }

    [[nodiscard]] std::string_view bytes() const { return {memory_.get(), size_}; }

  private:
    std::size_t size_;
    std::unique_ptr<char[]> memory_;
};

std::vector<std::string_view> lines_of(std::string_view dump) {
    std::vector<std::string_view> lines;
    while (!dump.empty()) {
        const std::size_t end = std::min(dump.find('\n'), dump.size());
        lines.push_back(dump.substr(0, end));
        dump.remove_prefix(std::min(end + 1, dump.size()));
    }
    return lines;
}

bool are_same(std::span<const Token> left, std::span<const Token> right) {
    return std::ranges::equal(left, right, [](Token a, Token b) {
        return a.size() == b.size() && (a.empty() || a.data() == b.data());
    });
}

/// A string or integer as an id; nothing for another value.
std::optional<std::string> id_text(simdjson::dom::element value) {
    using simdjson::dom::element_type;
    switch (value.type()) {
        case element_type::STRING:
            return std::string(value.get_string().value_unsafe());
        case element_type::INT64:
            return std::to_string(value.get_int64().value_unsafe());
        case element_type::UINT64:
            return std::to_string(value.get_uint64().value_unsafe());
        default:
            return std::nullopt;
    }
}

class LineChecks {
  public:
    explicit LineChecks(const ReadingRules& rules)
        : rules_(rules),
          plan_(wanted_fields(rules)),
          kernels_(structure_kernels()),
          interpreter_(rules, plan_),
          times_(*rules.time_unit, rules.assume_timezone) {}

    /// `behind` is the end of the dump that the line stands in.
    void check(std::string_view line, const char* behind) {
        LineTokens tokens;
        const bool blank = is_blank(line);
        const bool good =
            !blank && !judge_line(line, plan_, CheckLevel::structure, tokens).has_value();
        for (const StructureKernel& kernel : kernels_)
            check_kernel(kernel, CheckLevel::structure, line, behind, good, tokens);
        if (blank) return;
        if (good) check_fields(tokens);
        check_full(line, behind, good, tokens);
    }

  private:
    void check_kernel(const StructureKernel& kernel, CheckLevel level, std::string_view line,
                      const char* behind, bool good, const LineTokens& tokens) {
        LineScanner scanner(kernel, level, plan_);
        scanner.start(line.data(), behind);
        const ScannedLine scanned = scanner.next();
        require(scanned.line_end == line.data() + line.size(), "a kernel finds the line's end");
        require((scanned.shape == LineShape::blank) == is_blank(line),
                "a kernel knows what is blank");
        if (&kernel == &kernels_.front()) shape_ = scanned.shape;
        require(scanned.shape == shape_, "all kernels give a line the same shape");
        if (scanned.shape != LineShape::good) return;
        require(good, "a line that a kernel calls good is good");
        require(are_same(scanned.tokens, tokens),
                "a kernel finds the tokens that judge_line finds");
    }

    /// Of a line that is good at level `structure`.
    void check_fields(const LineTokens& tokens) {
        const Verdict verdict = interpreter_.interpret(tokens);
        if (verdict.kind == LineKind::record) {
            require(verdict.time >= kFirstEventTime && verdict.time <= kLastEventTime,
                    "a record's time lies in the years 1 to 9999");
        }
        const Token time = plan_.field(kTimeField, tokens);
        TimeUnitVote().add(time);
        EventTime plain_time{};
        bool without_offset = false;
        if (times_.read_plain(time, plain_time, without_offset)) {
            require(is_well_formed(time), "what is read as a plain time is well-formed");
            const TimeReading reading = times_.read(time);
            require(!reading.reject && reading.time == plain_time &&
                        reading.without_offset == without_offset,
                    "a plain time is read as in full");
        }
        const Token id = plan_.field(kIdField, tokens);
        std::string_view plain_id;
        std::string scratch;
        if (read_plain_id(id, plain_id)) {
            require(is_well_formed(id), "what is read as a plain id is well-formed");
            const IdReading reading = read_id(id, scratch);
            require(reading.kind == IdKind::id && reading.id == plain_id,
                    "a plain id is read as in full");
        }
    }

    void check_full(std::string_view line, const char* behind, bool good_structure,
                    const LineTokens& tokens) {
        LineTokens full_tokens;
        const auto reason = judge_line(line, plan_, CheckLevel::full, full_tokens);
        for (const StructureKernel& kernel : kernels_)
            check_kernel(kernel, CheckLevel::full, line, behind, !reason, full_tokens);
        if (!reason) {
            require(good_structure, "what is good at level full is good at level structure");
            require(are_same(full_tokens, tokens), "both levels find the same tokens");
        }
        switch (oracle_.read(line)) {
            case Opinion::object:
                require(!reason, "an object by simdjson is good at level full");
                check_values(tokens);
                return;
            case Opinion::other_value:
                require(reason == RejectReason::not_an_object,
                        "another value by simdjson is not an object");
                return;
            case Opinion::invalid:
                require(reason.has_value(), "what simdjson refuses is not good at level full");
                return;
            case Opinion::unknown:
                return;
        }
    }

    void check_values(const LineTokens& tokens) {
        const auto time = oracle_.field(rules_.time_field);
        const auto id = oracle_.field(rules_.id_field);
        const Token id_token = plan_.field(kIdField, tokens);
        require(time.has_value() == !plan_.field(kTimeField, tokens).empty(),
                "the time is there when simdjson finds it");
        require(id.has_value() == !id_token.empty(), "the id is there when simdjson finds it");
        if (!id) return;
        std::string scratch;
        const IdReading reading = read_id(id_token, scratch);
        const std::optional<std::string> text = id_text(*id);
        const IdKind kind = id->is_null() ? IdKind::null : text ? IdKind::id : IdKind::wrong_type;
        require(reading.kind == kind, "an id is of the kind that simdjson finds");
        require(!text || reading.id == *text, "an id's text is simdjson's");
    }

    const ReadingRules& rules_;
    FieldPlan plan_;
    std::vector<StructureKernel> kernels_;
    Interpreter interpreter_;
    TimeReader times_;
    DocumentOracle oracle_{kMaxDepth};
    LineShape shape_ = LineShape::odd;
};

void check_dump(const ScannerInput& input) {
    const PaddedDump dump(input.dump, input.padding);
    const char* const behind = dump.bytes().data() + dump.bytes().size();
    const std::vector<std::string_view> lines = lines_of(dump.bytes());
    LineChecks checks(input.rules);
    for (const std::string_view line : lines)
        checks.check(line, behind);
    (void)suggest_fields(lines);
    check_short_cuts(dump.bytes(), input.rules);
    check_partitions(input);
}

}  // namespace

}  // namespace stream_analyzer::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace stream_analyzer::fuzz;
    const auto input = read_scanner_input({reinterpret_cast<const char*>(data), size});
    if (input) check_dump(*input);
    return 0;
}
