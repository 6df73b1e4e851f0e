#include "report/summary_json.hpp"

#include <chrono>

#include "report/json_text.hpp"
#include "report/number_text.hpp"

namespace stream_analyzer {

namespace {

void append_counts(Json& object, const LineCounts& counts) {
    object["lines"] = counts.lines;
    object["records"] = counts.records;
    object["blank"] = counts.blank;
    object["filtered"] = counts.filtered;
    object["anonymous"] = counts.anonymous;
    object["rejects"] = counts.all_rejects();
}

/// part / whole as a rounded ratio; null when it is not defined.
Json quotient_json(double part, double whole) {
    if (!(whole > 0)) return nullptr;
    return json_or_null(rounded_ratio(part / whole));
}

Json file_json(const FileSummary& file) {
    Json object;
    object["name"] = file.name;
    object["compression"] = file.compression;
    object["bytes"] = file.bytes;
    append_counts(object, file.lines);
    Json reasons = Json::object();
    for (std::size_t reason = 0; reason < kRejectReasons; ++reason) {
        if (file.lines.rejects[reason] == 0) continue;
        reasons[std::string(kRejectReasonNames[reason])] = file.lines.rejects[reason];
    }
    object["rejects_by_reason"] = std::move(reasons);
    object["out_of_order"] = file.order.out_of_order;
    object["out_of_order_share"] = quotient_json(static_cast<double>(file.order.out_of_order),
                                                 static_cast<double>(file.lines.records));
    const std::chrono::duration<double> lateness = file.order.largest_lateness;
    object["largest_lateness_seconds"] = lateness.count();
    object["error"] = json_or_null(file.error);
    return object;
}

Json reject_json(const RejectSummary& reject) {
    return {{"reason", std::string(name_of(reject.reason))},
            {"count", reject.count},
            {"first",
             {{"file", reject.first.file},
              {"offset_bytes", reject.first.offset_bytes},
              {"line", reject.first.line}}}};
}

Json time_json(const std::optional<EventTime>& time) {
    return time ? Json(iso8601(*time)) : Json(nullptr);
}

template <typename Items, typename ItemJson>
Json array_json(const Items& items, ItemJson item_json) {
    Json array = Json::array();
    for (const auto& item : items)
        array.push_back(item_json(item));
    return array;
}

void append_windows(Json& object, const RunSummary& summary) {
    object["first_event_time"] = time_json(summary.first_event_time);
    object["last_event_time"] = time_json(summary.last_event_time);
    object["window"] = summary.window;
    object["windows"] = summary.windows;
    object["gaps_total"] = summary.gaps_total;
    object["gaps"] = array_json(summary.gaps, [](const Gap& gap) -> Json {
        return {{"from", iso8601(gap.from)}, {"until", iso8601(gap.until)}};
    });
    object["far_windows_total"] = summary.far_windows_total;
    object["far_windows"] = array_json(summary.far_windows, [](const FarWindow& window) -> Json {
        return {{"window_start", iso8601(window.start)}, {"records", window.records}};
    });
}

void append_reading(Json& object, const RunSummary& summary) {
    object["time_field"] = summary.time_field;
    object["id_field"] = summary.id_field;
    object["time_unit"] = summary.time_unit;
    object["time_unit_detected"] = summary.time_unit_chosen;
    object["times_without_offset"] = summary.times_without_offset;
    object["assume_timezone"] = summary.assume_timezone;
    object["timezone"] = summary.timezone;
    object["hash_seed"] = summary.hash_seed;
    object["check"] = summary.check;
    object["kernel"] = summary.kernel.empty() ? Json(nullptr) : Json(summary.kernel);
    object["threads"] = summary.threads;
    object["parts"] = summary.parts;
}

void append_speed(Json& object, const RunSummary& summary, std::uint64_t bytes) {
    // The speed of reading inputs: a merge reads none.
    const double seconds = summary.parts == 0 ? summary.seconds : 0;
    object["seconds"] = json_or_null(rounded_ratio(summary.seconds));
    object["records_per_second"] =
        quotient_json(static_cast<double>(summary.total.records), seconds);
    object["bytes_per_second"] = quotient_json(static_cast<double>(bytes), seconds);
    object["peak_memory_bytes"] = summary.peak_memory_bytes;
    object["spilled_runs"] = summary.spilled_runs;
    object["spilled_bytes"] = summary.spilled_bytes;
}

}  // namespace

std::string summary_json(const RunSummary& summary) {
    std::uint64_t bytes = 0;
    for (const FileSummary& file : summary.files)
        bytes += file.bytes;
    Json object;
    object["schema_version"] = kSummarySchemaVersion;
    object["bytes"] = bytes;
    append_counts(object, summary.total);
    object["rejects_by_reason"] = array_json(summary.rejects, reject_json);
    object["files"] = array_json(summary.files, file_json);
    append_windows(object, summary);
    append_reading(object, summary);
    append_speed(object, summary, bytes);
    object["warnings"] = summary.warnings;
    return json_text(object, 2) + "\n";
}

}  // namespace stream_analyzer
