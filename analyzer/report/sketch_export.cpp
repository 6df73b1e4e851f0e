#include "report/sketch_export.hpp"

#include <fmt/format.h>

#include <array>

#include "report/json_text.hpp"
#include "report/number_text.hpp"
#include "sketch/interchange_format.hpp"

namespace stream_analyzer {

std::string base64(std::string_view bytes) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::string_view group = bytes.substr(at, 3);
        unsigned bits = 0;
        for (std::size_t byte = 0; byte < 3; ++byte)
            bits = bits << 8U | (byte < group.size() ? static_cast<unsigned char>(group[byte]) : 0);
        for (std::size_t digit = 0; digit < 4; ++digit)
            text += digit <= group.size() ? kDigits[bits >> (18 - 6 * digit) & 63U] : '=';
    }
    return text;
}

std::string export_json_line(const ExportedSketch& exported) {
    const SketchEstimate estimate = exported.sketch.estimate();
    const auto value = estimate.saturated ? std::nullopt : std::optional(estimate.value);
    const Json line{{"window", std::string(exported.window)},
                    {"window_start", iso8601(exported.start)},
                    {"distinct", json_or_null(exported.distinct)},
                    {"sketch", exported.sketch.spec().name()},
                    {"estimate", json_or_null(rounded_fixed(value, kEstimateDecimals))},
                    {"state", base64(interchange_bytes(exported.sketch))}};
    return json_text(line) + "\n";
}

std::string export_redis_command(const ExportedSketch& exported, std::string_view key_prefix) {
    const std::string key =
        fmt::format("{}{}:{}", key_prefix, exported.window, iso8601(exported.start));
    const std::string value = interchange_bytes(exported.sketch);
    std::string command = "*3\r\n";
    for (const std::string_view word :
         {std::string_view("SET"), std::string_view(key), std::string_view(value)}) {
        command += fmt::format("${}\r\n", word.size());
        command += word;
        command += "\r\n";
    }
    return command;
}

}  // namespace stream_analyzer
