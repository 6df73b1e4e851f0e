#include "input/compression.hpp"

#include "core/printable.hpp"
#include "input/zstd_frame.hpp"

namespace stream_analyzer {

using namespace std::string_view_literals;

Compression recognise_compression(std::string_view head) {
    if (head.starts_with("\x1F\x8B"sv)) return Compression::gzip;
    if (head.size() >= kZstdMagic_bytes && fits_zstd_magic(head)) return Compression::zstd;
    if (head.starts_with("\xFD\x37\x7A\x58\x5A\0"sv)) return Compression::xz;
    if (head.starts_with("BZh"sv) && head.size() >= 4 && head[3] >= '1' && head[3] <= '9') {
        return Compression::bzip2;
    }
    return Compression::none;
}

std::string_view name_of(Compression compression) {
    switch (compression) {
        case Compression::none:
            return "none";
        case Compression::gzip:
            return "gzip";
        case Compression::zstd:
            return "zstd";
        case Compression::bzip2:
            return "bzip2";
        case Compression::xz:
            return "xz";
    }
    return "none";
}

bool is_readable(Compression compression) {
    return compression != Compression::bzip2 && compression != Compression::xz;
}

std::string shell_word(std::string_view path) {
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+,:@%=-";
    std::string word = path.starts_with('-') ? "./" : "";
    word += path;
    if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
    std::string quoted = "'";
    for (const char byte : word) {
        if (byte == '\'') {
            quoted += "'\\''";
        } else {
            quoted += byte;
        }
    }
    return quoted + "'";
}

EnvironmentError unreadable_compression(Compression compression, std::string_view path) {
    const std::string tool = compression == Compression::bzip2 ? "bzcat" : "xzcat";
    const bool standard_input = path == "-";
    std::string message = "cannot read ";
    message += standard_input ? "standard input"sv : path;
    message.append(": it is compressed with ").append(name_of(compression));
    message += ", which is not read directly. ";
    // A command is shown only if it can be typed as it is shown.
    if (!is_printable(path)) return EnvironmentError(message + "Pipe it through " + tool + ".");
    message += "Pipe it through: ";
    message += standard_input ? "... | " + tool : tool + " " + shell_word(path);
    message += " | stream-analyzer analyze -";
    return EnvironmentError(message);
}

}  // namespace stream_analyzer
