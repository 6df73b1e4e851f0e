#include "store/run_account.hpp"

#include <algorithm>
#include <tuple>

#include "store/byte_codec.hpp"

namespace stream_analyzer {

namespace {

// Of two inputs that go by no name and are as long as each other, what they count decides: as it is
// stored.
bool is_before(const SourceAccount& a, const SourceAccount& b) {
    const auto order_of = [](const SourceAccount& source) {
        return std::tie(source.id, source.begin_bytes, source.end_bytes, source.name);
    };
    if (order_of(a) != order_of(b)) return order_of(a) < order_of(b);
    std::string stored_a;
    std::string stored_b;
    encode_source(a, stored_a);
    encode_source(b, stored_b);
    return stored_a < stored_b;
}

void encode_time(std::optional<EventTime> time, ByteWriter& out) {
    out.byte(time ? 1 : 0);
    if (time) out.signed_varint(time->time_since_epoch().count());
}

std::optional<EventTime> decode_time(ByteReader& in) {
    if (in.byte() == 0) return std::nullopt;
    const EventTime time{std::chrono::microseconds{in.signed_varint()}};
    if (time < kFirstEventTime || time > kLastEventTime) in.fail("a time is out of range");
    return time;
}

void encode_lines(const SourceAccount& source, ByteWriter& out) {
    const LineCounts& lines = source.lines;
    for (const std::uint64_t count :
         {lines.lines, lines.records, lines.blank, lines.filtered, lines.anonymous}) {
        out.varint(count);
    }
    // Rejects are few: each reason that occurred, by its number.
    const auto reasons = std::ranges::count_if(lines.rejects, [](auto count) { return count > 0; });
    out.varint(static_cast<std::uint64_t>(reasons));
    for (std::size_t reason = 0; reason < kRejectReasons; ++reason) {
        if (lines.rejects[reason] == 0) continue;
        const SourceAccount::Place first =
            source.first_rejects[reason].value_or(SourceAccount::Place{});
        out.varint(reason);
        out.varint(lines.rejects[reason]);
        out.varint(first.offset_bytes);
        out.varint(first.line);
    }
}

void decode_lines(ByteReader& in, SourceAccount& source) {
    LineCounts& lines = source.lines;
    for (std::uint64_t* const count :
         {&lines.lines, &lines.records, &lines.blank, &lines.filtered, &lines.anonymous}) {
        *count = in.varint();
    }
    for (std::uint64_t left = in.varint(); left > 0; --left) {
        const std::uint64_t reason = in.varint();
        if (reason >= kRejectReasons) in.fail("it names a reason that does not exist");
        if (lines.rejects[reason] != 0) in.fail("it names a reason twice");
        lines.rejects[reason] = in.varint();
        if (lines.rejects[reason] == 0) in.fail("it names a reason for nothing");
        SourceAccount::Place first;
        first.offset_bytes = in.varint();
        first.line = in.varint();
        source.first_rejects[reason] = first;
    }
}

SourceAccount decode_source(ByteReader& in) {
    SourceAccount source;
    source.id = in.text();
    source.name = in.text();
    source.compression = in.text();
    source.begin_bytes = in.varint();
    source.end_bytes = in.varint();
    if (source.end_bytes < source.begin_bytes) in.fail("an input ends before it begins");
    decode_lines(in, source);
    source.out_of_order = in.varint();
    source.largest_lateness = std::chrono::microseconds{in.signed_varint()};
    const std::uint8_t flags = in.byte();
    if ((flags & 1U) != 0) source.error = in.text();
    source.grew = (flags & 2U) != 0;
    return source;
}

}  // namespace

void RunAccount::sort_sources() {
    std::ranges::sort(sources, is_before);
}

void RunAccount::add(const RunAccount& other) {
    const auto middle = static_cast<std::ptrdiff_t>(sources.size());
    sources.insert(sources.end(), other.sources.begin(), other.sources.end());
    std::ranges::inplace_merge(sources, sources.begin() + middle, is_before);
    if (other.first_event_time) {
        first_event_time =
            std::min(first_event_time.value_or(*other.first_event_time), *other.first_event_time);
    }
    if (other.last_event_time) {
        last_event_time =
            std::max(last_event_time.value_or(*other.last_event_time), *other.last_event_time);
    }
    times_without_offset += other.times_without_offset;
    time_unit_chosen = time_unit_chosen || other.time_unit_chosen;
}

std::optional<std::string> common_source(const RunAccount& one, const RunAccount& other) {
    for (const SourceAccount& source : one.sources) {
        if (source.id.empty() || source.begin_bytes == source.end_bytes) continue;
        // Sources are ordered by id: those of the same one stand together.
        auto twin = std::ranges::lower_bound(other.sources, source.id, {}, &SourceAccount::id);
        for (; twin != other.sources.end() && twin->id == source.id; ++twin) {
            if (twin->begin_bytes == twin->end_bytes) continue;
            if (source.begin_bytes < twin->end_bytes && twin->begin_bytes < source.end_bytes) {
                return source.id;
            }
        }
    }
    return std::nullopt;
}

void encode_source(const SourceAccount& source, std::string& content) {
    ByteWriter out(content);
    out.text(source.id);
    out.text(source.name);
    out.text(source.compression);
    out.varint(source.begin_bytes);
    out.varint(source.end_bytes);
    encode_lines(source, out);
    out.varint(source.out_of_order);
    out.signed_varint(source.largest_lateness.count());
    out.byte(static_cast<std::uint8_t>((source.error ? 1U : 0U) | (source.grew ? 2U : 0U)));
    if (source.error) out.text(*source.error);
}

void decode_sources(std::string_view content, const std::string& name,
                    std::vector<SourceAccount>& into) {
    ByteReader in(content, name);
    while (!in.empty())
        into.push_back(decode_source(in));
}

std::string encode_foot(const RunAccount& account) {
    std::string content;
    ByteWriter out(content);
    encode_time(account.first_event_time, out);
    encode_time(account.last_event_time, out);
    out.varint(account.times_without_offset);
    out.byte(account.time_unit_chosen ? 1 : 0);
    out.varint(account.windows);
    out.varint(account.sources.size());
    return content;
}

void decode_foot(std::string_view content, const std::string& name, RunAccount& into) {
    ByteReader in(content, name);
    into.first_event_time = decode_time(in);
    into.last_event_time = decode_time(in);
    into.times_without_offset = in.varint();
    into.time_unit_chosen = in.byte() != 0;
    into.windows = in.varint();
    if (in.varint() != into.sources.size()) in.fail("some of its inputs are missing");
    if (!std::ranges::is_sorted(into.sources, is_before)) in.fail("its inputs are not in order");
    if (!in.empty()) in.fail("its foot is not understood");
}

}  // namespace stream_analyzer
