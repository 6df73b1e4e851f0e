#include "store/file_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "core/error.hpp"
#include "store/run_format.hpp"

namespace stream_analyzer {

namespace {

class FileSource final : public ByteSource {
  public:
    FileSource(int descriptor, bool is_owned, std::string name)
        : descriptor_(descriptor), is_owned_(is_owned), name_(std::move(name)) {}
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    FileSource(FileSource&&) = delete;
    FileSource& operator=(FileSource&&) = delete;
    ~FileSource() override {
        if (is_owned_) ::close(descriptor_);
    }

    [[nodiscard]] std::size_t read(std::span<char> into) override {
        std::size_t filled = 0;
        while (filled < into.size()) {
            const ssize_t size = ::read(descriptor_, into.data() + filled, into.size() - filled);
            if (size < 0 && errno == EINTR) continue;
            if (size < 0) throw system_error("read", name_, errno);
            if (size == 0) break;
            filled += static_cast<std::size_t>(size);
        }
        return filled;
    }
    [[nodiscard]] const std::string& name() const override { return name_; }

  private:
    int descriptor_;
    bool is_owned_;
    std::string name_;
};

/// The first bytes of a file that is open, from where it would be read next; they stay there.
std::string head_of(int descriptor, std::size_t size) {
    std::string head(size, '\0');
    const off_t place = ::lseek(descriptor, 0, SEEK_CUR);
    const ssize_t got = ::pread(descriptor, head.data(), size, place < 0 ? 0 : place);
    head.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return head;
}

/// The same for a pipe: as many as are there, when the first are.
std::string head_of_pipe(int descriptor, std::size_t size) {
    std::array<int, 2> copy{};
    if (::pipe2(copy.data(), O_CLOEXEC) != 0) return {};
    std::string head(size, '\0');
    ssize_t got = ::tee(descriptor, copy[1], size, 0);
    if (got > 0) got = ::read(copy[0], head.data(), static_cast<std::size_t>(got));
    ::close(copy[0]);
    ::close(copy[1]);
    head.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return head;
}

/// Nothing for what is neither file nor pipe.
std::string head_of_path(const std::string& path, std::size_t size) {
    struct stat info {};
    if (path == "-") {
        if (::fstat(STDIN_FILENO, &info) != 0) return {};
        if (S_ISFIFO(info.st_mode)) return head_of_pipe(STDIN_FILENO, size);
        return S_ISREG(info.st_mode) ? head_of(STDIN_FILENO, size) : std::string();
    }
    if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return {};
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return {};
    std::string head = head_of(descriptor, size);
    ::close(descriptor);
    return head;
}

}  // namespace

std::unique_ptr<ByteSource> open_file_source(const std::string& path) {
    if (path == "-") {
        return std::make_unique<FileSource>(STDIN_FILENO, false, "standard input");
    }
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) throw system_error("open", path, errno);
    return std::make_unique<FileSource>(descriptor, true, path);
}

bool is_stored_part(const std::string& path) {
    const std::string head = head_of_path(path, kRunMagic.size());
    // A pipe may have the first of them alone yet; no JSON begins so.
    return !head.empty() && kRunMagic.starts_with(head);
}

}  // namespace stream_analyzer
