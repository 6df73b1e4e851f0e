// Stored bytes in memory, for tests.
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/byte_sink.hpp"
#include "store/byte_source.hpp"

namespace stream_analyzer::testing {

class MemorySource final : public ByteSource {
  public:
    explicit MemorySource(std::string bytes) : bytes_(std::move(bytes)) {}

    [[nodiscard]] std::size_t read(std::span<char> into) override {
        const std::string_view rest = std::string_view(bytes_).substr(at_, into.size());
        std::ranges::copy(rest, into.begin());
        at_ += rest.size();
        return rest.size();
    }
    [[nodiscard]] const std::string& name() const override { return name_; }

  private:
    std::string bytes_;
    std::size_t at_ = 0;
    std::string name_ = "PART";
};

inline std::unique_ptr<ByteSource> source_of(std::string bytes) {
    return std::make_unique<MemorySource>(std::move(bytes));
}

}  // namespace stream_analyzer::testing
