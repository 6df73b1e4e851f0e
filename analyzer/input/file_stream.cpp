#include "input/file_stream.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace stream_analyzer {

// A signal may go to any thread, so a read would not notice it: look at the flag while waiting.
bool FileStream::wait_for_bytes() const {
    constexpr int kPause_ms = 50;
    pollfd wanted{.fd = file_->descriptor(), .events = POLLIN, .revents = 0};
    while (!interrupted_->load()) {
        // Errors too, and hanging up, are for read() to see.
        if (::poll(&wanted, 1, kPause_ms) > 0) return true;
    }
    return false;
}

std::size_t FileStream::read_file(std::span<char> out) {
    std::size_t wanted = out.size();
    if (const auto size = file_->size_bytes()) {
        wanted = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, *size - disk_bytes_));
        if (wanted == 0) return 0;
    } else if (interrupted_ != nullptr && !wait_for_bytes()) {
        return 0;
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
