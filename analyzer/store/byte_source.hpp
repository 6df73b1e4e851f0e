// Where stored bytes come from.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace stream_analyzer {

class ByteSource {
  public:
    ByteSource() = default;
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;
    ByteSource(ByteSource&&) = delete;
    ByteSource& operator=(ByteSource&&) = delete;
    virtual ~ByteSource() = default;

    /// Fills `into` from its beginning; fewer bytes only at the end. Errors are EnvironmentErrors.
    [[nodiscard]] virtual std::size_t read(std::span<char> into) = 0;

    /// For messages.
    [[nodiscard]] virtual const std::string& name() const = 0;
};

}  // namespace stream_analyzer
