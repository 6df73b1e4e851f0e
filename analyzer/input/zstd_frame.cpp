#include "input/zstd_frame.hpp"

namespace stream_analyzer {

using namespace std::string_view_literals;

bool fits_zstd_magic(std::string_view head) {
    head = head.substr(0, kZstdMagic_bytes);
    if ("\x28\xB5\x2F\xFD"sv.starts_with(head)) return true;
    // Skippable frames: 16 magic numbers, RFC 8878 §3.1.2.
    return (static_cast<unsigned char>(head[0]) & 0xF0U) == 0x50U &&
           "\x2A\x4D\x18"sv.starts_with(head.substr(1));
}

}  // namespace stream_analyzer
