#include "input/source_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace stream_analyzer {

namespace {

/// Pipes hold 64 KiB unless asked; 1 MiB is what an unprivileged process may ask for (pipe(7)).
constexpr int kPipe_bytes = 1 << 20;

FileDescriptor open_input(const InputSpec& input) {
    // A copy, so that closing the source leaves standard input as it was found.
    const int descriptor = is_standard_input(input)
                               ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                               : ::open(input.path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) throw system_error("open", input.name, errno);
    return FileDescriptor(descriptor);
}

}  // namespace

SourceFile::SourceFile(const InputSpec& input, std::shared_ptr<SourceStatus> status)
    : input_(input), status_(std::move(status)), file_(open_input(input)) {
    struct stat info {};
    if (::fstat(file_.get(), &info) != 0) throw read_error(errno);
    if (S_ISDIR(info.st_mode)) throw read_error(EISDIR);
    if (S_ISFIFO(info.st_mode)) {
        // Fewer, larger reads; a refusal costs nothing but speed.
        (void)::fcntl(file_.get(), F_SETPIPE_SZ, kPipe_bytes);
    }
    if (!S_ISREG(info.st_mode) || info.st_size == 0) return;
    const off_t position = ::lseek(file_.get(), 0, SEEK_CUR);
    if (position < 0) return;
    starts_inside_ = position != 0;
    size_bytes_ = position < info.st_size ? static_cast<std::uint64_t>(info.st_size - position) : 0;
}

SourceFile::~SourceFile() {
    struct stat info {};
    if (!size_bytes_ || starts_inside_ || ::fstat(file_.get(), &info) != 0) return;
    if (static_cast<std::uint64_t>(info.st_size) > *size_bytes_) status_->grew();
}

std::size_t SourceFile::read_at(std::uint64_t offset_bytes, std::span<char> out) const {
    ssize_t length = 0;
    do {
        length = ::pread(file_.get(), out.data(), out.size(), static_cast<off_t>(offset_bytes));
    } while (length < 0 && errno == EINTR);
    if (length < 0) throw read_error(errno);
    if (length == 0) throw shrank_error();
    return static_cast<std::size_t>(length);
}

bool SourceFile::fill_from(std::uint64_t offset_bytes, std::span<char> out) const {
    if (offset_bytes + out.size() > *size_bytes_) return false;
    try {
        while (!out.empty()) {
            const std::size_t length = read_at(offset_bytes, out);
            offset_bytes += length;
            out = out.subspan(length);
        }
    } catch (const EnvironmentError&) {
        return false;
    }
    return true;
}

bool SourceFile::ends_before(std::uint64_t end_bytes) const {
    struct stat info {};
    return ::fstat(file_.get(), &info) == 0 && static_cast<std::uint64_t>(info.st_size) < end_bytes;
}

EnvironmentError SourceFile::read_error(int error_number) const {
    return system_error("read", name(), error_number);
}

EnvironmentError SourceFile::shrank_error() const {
    return EnvironmentError("cannot read " + name() + ": file shrank while it was read");
}

}  // namespace stream_analyzer
