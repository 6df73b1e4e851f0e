// Bytes of a file mapped into memory, for cutting it.
#pragma once

#include <cstdint>
#include <memory>

#include "input/mapped_range.hpp"
#include "input/range_text.hpp"

namespace stream_analyzer {

/// Keeps one stretch of the file mapped, which is mapped anew when more behind it is asked for.
class MappedText : public RangeText {
  public:
    explicit MappedText(std::shared_ptr<const SourceFile> file) : file_(std::move(file)) {}

    /// Throws MappingRefused too.
    [[nodiscard]] std::string_view view(std::uint64_t begin, std::uint64_t end) override;
    void restart() override { range_.reset(); }

    /// The mapping behind the last view, which stays valid as long as the mapping.
    [[nodiscard]] std::unique_ptr<const MappedRange> release() { return std::move(range_); }

  private:
    std::shared_ptr<const SourceFile> file_;
    std::unique_ptr<const MappedRange> range_;
    std::uint64_t begin_bytes_ = 0;  ///< where the stretch begins
};

}  // namespace stream_analyzer
