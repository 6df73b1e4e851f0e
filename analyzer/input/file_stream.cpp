#include "input/file_stream.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace stream_analyzer {

std::size_t FileStream::read_file(std::span<char> out) {
    std::size_t wanted = out.size();
    if (const auto size = file_->size_bytes()) {
        wanted = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, *size - disk_bytes_));
        if (wanted == 0) return 0;
    }
    ssize_t length = 0;
    do {
        length = ::read(file_->descriptor(), out.data(), wanted);
    } while (length < 0 && errno == EINTR);
    if (length < 0) throw file_->read_error(errno);
    if (length == 0 && file_->size_bytes()) throw file_->shrank_error();
    disk_bytes_ += static_cast<std::uint64_t>(length);
    return static_cast<std::size_t>(length);
}

std::size_t FileStream::read(std::span<char> out) {
    if (head_begin_ == head_end_) return read_file(out);
    const std::size_t length = std::min(out.size(), head_end_ - head_begin_);
    std::copy_n(head_.data() + head_begin_, length, out.data());
    head_begin_ += length;
    return length;
}

std::string_view FileStream::peek_magic() {
    while (head_end_ < head_.size()) {
        const std::size_t length = read_file(std::span(head_).subspan(head_end_));
        if (length == 0) break;
        head_end_ += length;
    }
    return {head_.data(), head_end_};
}

}  // namespace stream_analyzer
