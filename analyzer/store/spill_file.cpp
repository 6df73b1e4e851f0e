#include "store/spill_file.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

namespace stream_analyzer {

namespace {

int open_unnamed(const std::string& folder) {
    const int unnamed = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (unnamed >= 0) return unnamed;
    // File systems without O_TMPFILE: named for the blink of an eye.
    std::string path = folder + "/.stream-analyzer-XXXXXX";
    const int named = ::mkostemp(path.data(), O_CLOEXEC);
    if (named < 0) throw system_error("write temporary files in", folder, errno);
    ::unlink(path.c_str());
    return named;
}

class SpillReader final : public ByteSource {
  public:
    SpillReader(std::shared_ptr<const SpillFile> file, std::string name, std::uint64_t offset_bytes)
        : file_(std::move(file)), name_(std::move(name)), offset_bytes_(offset_bytes) {}

    [[nodiscard]] std::size_t read(std::span<char> into) override {
        const std::size_t size = file_->read_at(offset_bytes_, into);
        offset_bytes_ += size;
        return size;
    }
    [[nodiscard]] const std::string& name() const override { return name_; }

  private:
    std::shared_ptr<const SpillFile> file_;
    std::string name_;
    std::uint64_t offset_bytes_;
};

}  // namespace

SpillFile::Descriptor::~Descriptor() {
    ::close(number);
}

SpillFile::SpillFile(const std::string& folder)
    : name_("a temporary file in " + folder),
      descriptor_(std::make_unique<const Descriptor>(open_unnamed(folder))) {}

void SpillFile::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_->number, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            const int reason = errno;
            const EnvironmentError error = system_error("write", name_, reason);
            if (reason != ENOSPC && reason != EDQUOT && reason != EFBIG) throw error;
            throw DiskFull(error.what());
        }
        size_bytes_ += static_cast<std::uint64_t>(written);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::size_t SpillFile::read_at(std::uint64_t offset_bytes, std::span<char> into) const {
    std::size_t filled = 0;
    while (filled < into.size()) {
        const ssize_t size =
            ::pread(descriptor_->number, into.data() + filled, into.size() - filled,
                    static_cast<off_t>(offset_bytes + filled));
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) throw system_error("read", name_, errno);
        if (size == 0) break;
        filled += static_cast<std::size_t>(size);
    }
    return filled;
}

std::unique_ptr<ByteSource> SpillFile::reader(std::shared_ptr<const SpillFile> file,
                                              std::uint64_t offset_bytes) {
    std::string name = file->name_;
    return std::make_unique<SpillReader>(std::move(file), std::move(name), offset_bytes);
}

std::string default_spill_folder() {
    const char* const folder = std::getenv("TMPDIR");
    return folder != nullptr && *folder != '\0' ? folder : "/var/tmp";
}

}  // namespace stream_analyzer
