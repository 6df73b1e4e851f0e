// Where stored bytes go and where they come from.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace stream_analyzer {

class ByteSink {
  public:
    ByteSink() = default;
    ByteSink(const ByteSink&) = delete;
    ByteSink& operator=(const ByteSink&) = delete;
    ByteSink(ByteSink&&) = delete;
    ByteSink& operator=(ByteSink&&) = delete;
    virtual ~ByteSink() = default;

    /// Errors are EnvironmentErrors.
    virtual void write(std::string_view bytes) = 0;
};

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
