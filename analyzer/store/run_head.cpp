#include "store/run_head.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "store/byte_codec.hpp"
#include "store/run_format.hpp"

namespace stream_analyzer {

namespace {

std::string names_of(const std::vector<SketchSpec>& sketches) {
    std::string names;
    for (const SketchSpec& sketch : sketches) {
        names += " --sketch " + sketch.name();
    }
    return names.empty() ? "--sketch none" : names.substr(1);
}

SketchSpec decode_sketch(std::string_view text, const std::string& name) {
    try {
        return parse_sketch_spec(text);
    } catch (const UsageError&) {
        fail_as_damaged(name, "it names a sketch that does not exist");
    }
}

std::string as_option(const std::string& option, std::string_view value) {
    return value.empty() ? fmt::format("no --{}", option) : fmt::format("--{} {}", option, value);
}

}  // namespace

std::string RunHead::encode() const {
    std::string content;
    ByteWriter out(content);
    out.varint(kRunFormatVersion);
    out.text(program_version);
    out.byte(
        static_cast<std::uint8_t>((exact ? 1U : 0U) | (with_rows ? 2U : 0U) | (keys ? 4U : 0U)));
    out.varint(lengths.size());
    for (const std::string& length : lengths)
        out.text(length);
    out.varint(sketches.size());
    for (const SketchSpec& sketch : sketches)
        out.text(sketch.name());
    out.varint(parameters.size());
    for (const auto& [name, value] : parameters) {
        out.text(name);
        out.text(value);
    }
    return content;
}

RunHead RunHead::decode(std::string_view content, const std::string& name) {
    ByteReader in(content, name);
    const std::uint64_t version = in.varint();
    if (version != kRunFormatVersion) {
        throw EnvironmentError(fmt::format("{} has format {}; this version of the program reads {}",
                                           name, version, kRunFormatVersion));
    }
    RunHead head;
    head.program_version = in.text();
    const std::uint8_t flags = in.byte();
    if (flags > 3) fail_as_damaged(name, "its head is not understood");
    head.exact = (flags & 1U) != 0;
    head.with_rows = (flags & 2U) != 0;
    for (std::uint64_t left = in.varint(); left > 0; --left)
        head.lengths.emplace_back(in.text());
    for (std::uint64_t left = in.varint(); left > 0; --left)
        head.sketches.push_back(decode_sketch(in.text(), name));
    for (std::uint64_t left = in.varint(); left > 0; --left) {
        std::string parameter(in.text());
        head.parameters.emplace_back(std::move(parameter), in.text());
    }
    if (!in.empty() || head.lengths.empty()) fail_as_damaged(name, "its head is not understood");
    return head;
}

std::string_view RunHead::parameter(std::string_view name) const {
    const auto found =
        std::ranges::find(parameters, name, [](const auto& pair) { return pair.first; });
    return found == parameters.end() ? std::string_view{} : found->second;
}

std::optional<std::string> difference_of(const RunHead& one, const RunHead& other) {
    for (const auto* const heads : {&one, &other}) {
        for (const auto& [name, value] : heads->parameters) {
            const std::string_view in_one = one.parameter(name);
            const std::string_view in_other = other.parameter(name);
            if (in_one != in_other) {
                return as_option(name, in_one) + " and " + as_option(name, in_other);
            }
        }
    }
    if (one.exact != other.exact) {
        return one.exact ? "exact counts and --no-exact" : "--no-exact and exact counts";
    }
    if (one.sketches != other.sketches) {
        return names_of(one.sketches) + " and " + names_of(other.sketches);
    }
    return std::nullopt;
}

}  // namespace stream_analyzer
