// Where writers put their text.
#pragma once

#include <string>
#include <string_view>

namespace stream_analyzer {

/// Takes text piece by piece, so that a long table never exists as a whole.
class TextSink {
  public:
    TextSink() = default;
    TextSink(const TextSink&) = delete;
    TextSink& operator=(const TextSink&) = delete;
    TextSink(TextSink&&) = delete;
    TextSink& operator=(TextSink&&) = delete;
    virtual ~TextSink() = default;

    /// `text` need not outlive the call. Errors are those of the sink.
    virtual void write(std::string_view text) = 0;
};

/// Keeps the text in memory.
class StringSink final : public TextSink {
  public:
    void write(std::string_view text) override { text_.append(text); }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_;
};

}  // namespace stream_analyzer
