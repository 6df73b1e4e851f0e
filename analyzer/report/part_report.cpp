#include "report/part_report.hpp"

#include <fmt/format.h>

#include "core/printable.hpp"
#include "report/json_text.hpp"
#include "report/number_text.hpp"
#include "store/run_format.hpp"

namespace stream_analyzer {

namespace {

// Sources that are listed for people; JSON has all.
constexpr std::size_t kListedSources = 20;

void append_line(std::string& text, std::string_view label, std::string_view line) {
    text += fmt::format("{:<9}{}\n", label, line);
}

std::string sketch_names(const RunHead& head) {
    std::string names;
    for (const SketchSpec& sketch : head.sketches) {
        names += (names.empty() ? "" : ", ") + sketch.name();
    }
    return names.empty() ? "none" : names;
}

LineCounts total_of(const RunAccount& account) {
    LineCounts total;
    for (const SourceAccount& source : account.sources)
        total += source.lines;
    return total;
}

std::string source_text(const SourceAccount& source) {
    std::string line = printable(source.name);
    if (source.id.empty()) {
        line += " (of which nothing tells whether it is in another part, too)";
    } else if (source.id != source.name) {
        line += fmt::format(" as {}", printable(source.id));
    }
    line += fmt::format(": {} lines in bytes {} to {}", grouped(source.lines.lines),
                        grouped(source.begin_bytes), grouped(source.end_bytes));
    if (source.error) line += fmt::format("; {}", printable(*source.error));
    return line;
}

std::string count_text(const PartDescription& part) {
    std::string line = fmt::format("{} of {}", grouped(part.windows), part.head.lengths.front());
    if (part.first_window) {
        line += fmt::format(", {} to {}", iso8601(*part.first_window), iso8601(*part.last_window));
    }
    return line;
}

Json source_json(const SourceAccount& source) {
    return {{"id", source.id.empty() ? Json(nullptr) : Json(source.id)},
            {"name", source.name},
            {"compression", source.compression},
            {"begin_bytes", source.begin_bytes},
            {"end_bytes", source.end_bytes},
            {"lines", source.lines.lines},
            {"records", source.lines.records},
            {"rejects", source.lines.all_rejects()},
            {"error", json_or_null(source.error)}};
}

template <typename Time>
Json time_json(const std::optional<Time>& time) {
    return time ? Json(iso8601(*time)) : Json(nullptr);
}

}  // namespace

std::string part_text(const PartDescription& part) {
    std::string text;
    const LineCounts total = total_of(part.account);
    append_line(text, "part",
                fmt::format("{}, format {}, written by stream-analyzer {}", printable(part.name),
                            kRunFormatVersion, printable(part.head.program_version)));
    append_line(text, "windows", count_text(part));
    append_line(text, "holds",
                part.head.exact
                    ? fmt::format("{} records; {} ids, summed over the windows, of {} bytes",
                                  grouped(part.records), grouped(part.ids), grouped(part.id_bytes))
                    : fmt::format("{} records, states of sketches", grouped(part.records)));
    append_line(text, "sketches", sketch_names(part.head));
    std::string_view label = "counted";
    for (const auto& [name, value] : part.head.parameters) {
        if (value.empty()) continue;
        append_line(text, label, fmt::format("--{} {}", printable(name), printable(value)));
        label = "";
    }
    append_line(text, "lines",
                fmt::format("{}, {} rejected, of {} input{}", grouped(total.lines),
                            grouped(total.all_rejects()),
                            grouped(std::uint64_t{part.account.sources.size()}),
                            part.account.sources.size() == 1 ? "" : "s"));
    label = "inputs";
    for (std::size_t i = 0; i < part.account.sources.size(); ++i) {
        if (i == kListedSources) {
            append_line(text, "", fmt::format("and {} more", part.account.sources.size() - i));
            break;
        }
        append_line(text, label, source_text(part.account.sources[i]));
        label = "";
    }
    return text;
}

std::string part_json(const PartDescription& part) {
    const LineCounts total = total_of(part.account);
    Json object;
    object["schema_version"] = kPartSchemaVersion;
    object["name"] = part.name;
    object["format"] = kRunFormatVersion;
    object["program_version"] = part.head.program_version;
    object["exact"] = part.head.exact;
    object["window"] = part.head.lengths.front();
    object["sketches"] = Json::array();
    for (const SketchSpec& sketch : part.head.sketches)
        object["sketches"].push_back(sketch.name());
    object["parameters"] = Json::object();
    for (const auto& [name, value] : part.head.parameters)
        object["parameters"][name] = value;
    object["windows"] = part.windows;
    object["first_window"] = time_json(part.first_window);
    object["last_window"] = time_json(part.last_window);
    object["records"] = part.records;
    object["ids"] = part.ids;
    object["id_bytes"] = part.id_bytes;
    object["first_event_time"] = time_json(part.account.first_event_time);
    object["last_event_time"] = time_json(part.account.last_event_time);
    object["lines"] = total.lines;
    object["rejects"] = total.all_rejects();
    object["sources"] = Json::array();
    for (const SourceAccount& source : part.account.sources)
        object["sources"].push_back(source_json(source));
    return json_text(object) + "\n";
}

}  // namespace stream_analyzer
