// Reading one archive and what must come of it.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archives.hpp"
#include "core/error.hpp"
#include "input/byte_stream.hpp"

namespace stream_analyzer::testing {

/// A stream over bytes in memory that returns at most `step` of them at a time.
class MemoryStream : public ByteStream {
  public:
    MemoryStream(std::string_view bytes, std::size_t step) : bytes_(bytes), step_(step) {}

    [[nodiscard]] std::size_t read(std::span<char> out) override {
        const std::size_t length =
            bytes_.substr(position_).substr(0, step_).copy(out.data(), out.size());
        position_ += length;
        return length;
    }
    [[nodiscard]] std::uint64_t disk_bytes() const override { return position_; }

  private:
    std::string_view bytes_;
    std::size_t step_;
    std::size_t position_ = 0;
};

/// An archive, the bytes that it must deliver, and a part of the error; no error when empty.
struct ArchiveCase {
    std::string name;
    std::string archive;
    std::string delivered;
    std::string error;
    /// The compressed offset that the error must name.
    std::optional<std::size_t> offset = std::nullopt;
};

struct Delivery {
    std::string bytes;
    std::string error;
};

/// Reads `archive` to its end or failure, `out_bytes` at most at a time.
template <class Stream>
Delivery deliver(std::string_view archive, std::size_t in_step, std::size_t out_bytes) {
    Stream stream(std::make_unique<MemoryStream>(archive, in_step), "FILE");
    Delivery delivery;
    std::vector<char> out(out_bytes);
    try {
        while (const std::size_t length = stream.read(out)) {
            delivery.bytes.append(out.data(), length);
        }
    } catch (const EnvironmentError& error) {
        delivery.error = error.what();
    }
    return delivery;
}

inline const std::string kNothingWrong;

/// What is wrong with the delivery; kNothingWrong when nothing is.
template <class Stream>
std::string verdict(const ArchiveCase& test, std::size_t in_step, std::size_t out_bytes) {
    const Delivery seen = deliver<Stream>(test.archive, in_step, out_bytes);
    if (seen.bytes != test.delivered) {
        return std::to_string(seen.bytes.size()) + " bytes delivered, not " +
               std::to_string(test.delivered.size()) + "; error: " + seen.error;
    }
    if (test.error.empty()) return seen.error;
    if (!seen.error.starts_with("cannot read FILE: ") ||
        seen.error.find(test.error) == std::string::npos) {
        return "error is '" + seen.error + "'";
    }
    if (!seen.error.ends_with(", after " + std::to_string(seen.bytes.size()) +
                              " decompressed bytes)")) {
        return "wrong count in '" + seen.error + "'";
    }
    if (test.offset && seen.error.find("(compressed offset " + std::to_string(*test.offset) +
                                       ",") == std::string::npos) {
        return "offset is not " + std::to_string(*test.offset) + " in '" + seen.error + "'";
    }
    return {};
}

/// A text that compresses, but not to nothing: numbers and repeats.
inline std::string sample_text(std::size_t bytes) {
    std::string text;
    for (unsigned i = 0; text.size() < bytes; ++i) {
        text += "{\"ts\":" + std::to_string(1468244384 + i / 7) + ",\"uid\":\"" +
                std::to_string(i * 2654435761U) + "\"}\n";
    }
    text.resize(bytes);
    return text;
}

inline std::string flipped(std::string bytes, std::size_t position, unsigned mask = 1) {
    bytes[position] = static_cast<char>(static_cast<unsigned char>(bytes[position]) ^ mask);
    return bytes;
}

}  // namespace stream_analyzer::testing
