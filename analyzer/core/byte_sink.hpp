// Where writers put text and bytes.
#pragma once

#include <string>
#include <string_view>

namespace stream_analyzer {

/// Takes what is written piece by piece, so that a long table never exists as a whole.
class ByteSink {
  public:
    ByteSink() = default;
    ByteSink(const ByteSink&) = delete;
    ByteSink& operator=(const ByteSink&) = delete;
    ByteSink(ByteSink&&) = delete;
    ByteSink& operator=(ByteSink&&) = delete;
    virtual ~ByteSink() = default;

    /// `bytes` need not outlive the call. Errors are EnvironmentErrors, or ClosedPipe.
    virtual void write(std::string_view bytes) = 0;
};

/// Keeps it in memory.
class StringSink final : public ByteSink {
  public:
    void write(std::string_view bytes) override { text_.append(bytes); }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_;
};

}  // namespace stream_analyzer
