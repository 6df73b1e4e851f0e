#include "report/output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "core/error.hpp"

namespace stream_analyzer {

namespace {

/// Large enough that system calls cost nothing beside formatting.
constexpr std::size_t kBuffer_bytes = std::size_t{256} << 10U;

/// Permissions of new files before the umask.
constexpr mode_t kNewFileMode = 0666;

/// So many leftovers of killed processes with our process id are stepped over.
constexpr int kMostTemporaryNames = 1000;

}  // namespace

OutputFile::OutputFile(std::string path, const std::atomic<bool>* interrupted)
    : path_(std::move(path)), target_(output_target(path_)), interrupted_(interrupted) {
    if (path_ == kStandardStream) path_ = "standard output";
    try {
        if (target_.is_replaceable()) {
            open_beside();
        } else {
            open_directly();
        }
        buffer_.reserve(kBuffer_bytes);
    } catch (...) {
        discard();
        throw;
    }
}

OutputFile::~OutputFile() {
    discard();
}

int OutputFile::open_retrying(const std::string& path, int flags, mode_t mode) const {
    int descriptor = -1;
    do {
        stop_if_interrupted();
        descriptor = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

void OutputFile::open_directly() {
    if (target_.descriptor) {
        descriptor_ = ::fcntl(*target_.descriptor, F_DUPFD_CLOEXEC, 0);
    } else {
        descriptor_ = open_retrying(target_.path, O_WRONLY | O_NOCTTY);
    }
    if (descriptor_ < 0) throw system_error("write", path_, errno);
}

void OutputFile::open_beside() {
    if (target_.status) {
        // A file that its user may not write is not to be replaced behind its permissions' back.
        const int existing = open_retrying(target_.path, O_WRONLY);
        if (existing < 0) throw system_error("write", path_, errno);
        ::close(existing);
    }
    const std::filesystem::path target = target_.path;
    if (!target.has_filename()) throw system_error("write", path_, EISDIR);
    for (int number = 0; number < kMostTemporaryNames; ++number) {
        const auto beside =
            target.parent_path() / fmt::format(".stream-analyzer-{}-{}.part", ::getpid(), number);
        descriptor_ = open_retrying(beside.string(), O_WRONLY | O_CREAT | O_EXCL, kNewFileMode);
        if (descriptor_ >= 0) {
            temporary_ = beside.string();
            break;
        }
        if (errno != EEXIST) break;
    }
    if (descriptor_ < 0) throw system_error("write", path_, errno);
    if (target_.status) keep_permissions();
}

void OutputFile::keep_permissions() const {
    const struct stat& old = *target_.status;
    // Only root may give files away; for others the new file is theirs, as `cp` has it.
    [[maybe_unused]] const int owner_kept = ::fchown(descriptor_, old.st_uid, old.st_gid);
    constexpr mode_t kPermissionBits = 07777;
    if (::fchmod(descriptor_, old.st_mode & kPermissionBits) != 0) {
        throw system_error("set the permissions of", path_, errno);
    }
}

void OutputFile::write(std::string_view text) {
    assert(descriptor_ >= 0);
    if (buffer_.size() + text.size() > kBuffer_bytes) flush();
    if (text.size() > kBuffer_bytes) {
        write_all(text);
    } else {
        buffer_.append(text);
    }
}

void OutputFile::flush() {
    // Emptied first: after an error nothing is written twice.
    const std::string text = std::exchange(buffer_, {});
    write_all(text);
    buffer_.reserve(kBuffer_bytes);
}

void OutputFile::write_all(std::string_view text) const {
    while (!text.empty()) {
        stop_if_interrupted();
        const ssize_t written = ::write(descriptor_, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
            continue;
        }
        if (errno == EINTR) continue;
        if (errno == EPIPE) throw ClosedPipe("the reader of " + path_ + " is gone");
        throw system_error("write", path_, errno);
    }
}

void OutputFile::stop_if_interrupted() const {
    if (interrupted_ != nullptr && interrupted_->load()) {
        throw Interrupted("interrupted while writing " + path_);
    }
}

void OutputFile::commit() {
    assert(descriptor_ >= 0);
    flush();
    close_descriptor();
    if (temporary_.empty()) return;
    if (::rename(temporary_.c_str(), target_.path.c_str()) != 0) {
        throw system_error("replace", path_, errno);
    }
    temporary_.clear();
}

void OutputFile::close_descriptor() {
    // Some file systems report a full disk or quota only here. Linux closes the descriptor even
    // when it reports an interruption.
    const int failed = ::close(std::exchange(descriptor_, -1));
    if (failed != 0 && errno != EINTR) throw system_error("write", path_, errno);
}

void OutputFile::discard() noexcept {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
    temporary_.clear();
}

}  // namespace stream_analyzer
