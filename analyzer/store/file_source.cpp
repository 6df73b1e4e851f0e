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
    struct stat info {};
    if (path == "-" || ::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return false;
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return false;
    std::array<char, kRunMagic.size()> head{};
    const ssize_t size = ::pread(descriptor, head.data(), head.size(), 0);
    ::close(descriptor);
    return size == static_cast<ssize_t>(head.size()) &&
           std::string_view(head.data(), head.size()) == kRunMagic;
}

}  // namespace stream_analyzer
