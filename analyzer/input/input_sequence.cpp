#include "input/input_sequence.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "input/line_limit.hpp"
#include "input/open_source.hpp"

namespace stream_analyzer {

namespace {

/// Bytes on disk of all inputs, when all of them are regular files.
std::optional<std::uint64_t> total_bytes(const std::vector<InputSpec>& inputs) {
    std::uint64_t total = 0;
    for (const InputSpec& input : inputs) {
        struct stat info {};
        const int result = is_standard_input(input) ? ::fstat(STDIN_FILENO, &info)
                                                    : ::stat(input.path.c_str(), &info);
        if (result != 0) continue;  // opening it will say why
        if (!S_ISREG(info.st_mode)) return std::nullopt;
        total += static_cast<std::uint64_t>(info.st_size);
    }
    return total;
}

/// Stands for an input that could not be opened.
class EmptySource : public ChunkSource {
  public:
    void claim(ChunkBuffer& /*buffer*/, Chunk& chunk) override { chunk.last_of_source = true; }
    void load(ChunkBuffer& /*buffer*/, Chunk& /*chunk*/) override {}
    [[nodiscard]] std::uint64_t claimed_disk_bytes() const override { return 0; }
};

}  // namespace

InputSequence::InputSequence(std::vector<InputSpec> inputs, const InputOptions& options)
    : inputs_(std::move(inputs)),
      options_(options),
      bytes_total_(total_bytes(inputs_)),
      lines_left_(options.line_limit) {
    options_.chunk_bytes = std::max<std::size_t>(options_.chunk_bytes, 1);
    statuses_.reserve(inputs_.size());
    for (const InputSpec& input : inputs_) {
        statuses_.push_back(std::make_shared<SourceStatus>(input.name));
    }
}

bool InputSequence::next(ChunkBuffer& buffer, Chunk& chunk) {
    buffer.release();
    const std::shared_ptr<ChunkSource> source = claim(buffer, chunk);
    if (!source) return false;
    source->load(buffer, chunk);
    return true;
}

std::shared_ptr<ChunkSource> InputSequence::claim(ChunkBuffer& buffer, Chunk& chunk) {
    const std::lock_guard lock(mutex_);
    chunk = Chunk{};
    if (source_ == inputs_.size() || lines_left_ == 0) return nullptr;
    if (!current_) open_next();
    std::shared_ptr<ChunkSource> claimed = current_;
    chunk.source = source_;
    chunk.sequence = sequence_++;
    claimed->claim(buffer, chunk);
    if (lines_left_) apply_limit(chunk);
    bytes_claimed_ = claimed_before_ + claimed->claimed_disk_bytes();
    if (chunk.last_of_source) {
        claimed_before_ = bytes_claimed_;
        current_.reset();
        ++source_;
    }
    return claimed;
}

void InputSequence::open_next() {
    try {
        current_ = open_source(inputs_[source_], options_, statuses_[source_]);
    } catch (const EnvironmentError& error) {
        statuses_[source_]->fail(0, error.what());
        current_ = std::make_shared<EmptySource>();
    }
}

/// With a limit every source is streamed, so that the chunk is complete when it has been claimed.
void InputSequence::apply_limit(Chunk& chunk) {
    const LimitedLines limited = limit_lines(chunk, *lines_left_);
    lines_left_ = *lines_left_ - limited.lines;
    if (lines_left_ != 0) return;
    statuses_[source_]->take_back_bytes(chunk.bytes.size() - limited.bytes);
    chunk.bytes = chunk.bytes.substr(0, limited.bytes);
    chunk.last_of_source = true;
}

std::vector<SourceReport> InputSequence::reports() const {
    std::vector<SourceReport> reports;
    reports.reserve(statuses_.size());
    for (const auto& status : statuses_)
        reports.push_back(status->report());
    return reports;
}

}  // namespace stream_analyzer
