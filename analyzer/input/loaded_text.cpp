#include "input/loaded_text.hpp"

#include <unistd.h>

#include <cerrno>

namespace stream_analyzer {

namespace {

/// The stretch begins in the block where it begins in a page of the file: the kernel then copies
/// page to page.
constexpr std::size_t kPage_bytes = 4096;

}  // namespace

std::string_view LoadedText::view(std::uint64_t begin, std::uint64_t end) {
    if (size_bytes_ == 0) {
        begin_bytes_ = begin;
        lead_bytes_ = static_cast<std::size_t>(begin % kPage_bytes);
    }
    const auto wanted = static_cast<std::size_t>(end - begin_bytes_);
    if (wanted > size_bytes_) load(wanted);
    const char* const stretch = block_.data() + lead_bytes_;
    return {stretch + (begin - begin_bytes_), static_cast<std::size_t>(end - begin)};
}

void LoadedText::load(std::size_t bytes) {
    block_.reserve(lead_bytes_ + bytes, size_bytes_ == 0 ? 0 : lead_bytes_ + size_bytes_);
    while (size_bytes_ < bytes) {
        const ssize_t length =
            ::pread(file_.descriptor(), block_.data() + lead_bytes_ + size_bytes_,
                    bytes - size_bytes_, static_cast<off_t>(begin_bytes_ + size_bytes_));
        if (length < 0 && errno == EINTR) continue;
        if (length < 0) throw file_.read_error(errno);
        if (length == 0) throw file_.shrank_error();
        size_bytes_ += static_cast<std::size_t>(length);
    }
}

}  // namespace stream_analyzer
