// A temporary file without a name: it is gone with the process, whatever ends it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/byte_sink.hpp"
#include "core/error.hpp"
#include "store/byte_source.hpp"

namespace stream_analyzer {

/// There is no space left for what is spilled. Whoever knows how much there is to come says it.
struct DiskFull : EnvironmentError {
    using EnvironmentError::EnvironmentError;
};

class SpillFile final : public ByteSink {
  public:
    /// Throws EnvironmentError when `folder` takes no file.
    explicit SpillFile(const std::string& folder);

    /// Appends. Throws DiskFull, also when a quota or the limit of file sizes is reached.
    void write(std::string_view bytes) override;

    [[nodiscard]] std::uint64_t size_bytes() const { return size_bytes_; }

    /// Reads at `offset_bytes`, fewer bytes only at the end. Thread-safe beside itself.
    [[nodiscard]] std::size_t read_at(std::uint64_t offset_bytes, std::span<char> into) const;

    /// A reader of its own from there on. The file's space is free when the file and all its
    /// readers are gone.
    [[nodiscard]] static std::unique_ptr<ByteSource> reader(std::shared_ptr<const SpillFile> file,
                                                            std::uint64_t offset_bytes = 0);

  private:
    struct Descriptor {
        explicit Descriptor(int number_of_file) : number(number_of_file) {}
        Descriptor(const Descriptor&) = delete;
        Descriptor& operator=(const Descriptor&) = delete;
        ~Descriptor();
        int number;
    };

    std::string name_;
    std::unique_ptr<const Descriptor> descriptor_;
    std::uint64_t size_bytes_ = 0;
};

/// Where runs are spilled without --spill-dir: $TMPDIR, else /var/tmp. (Not /tmp, which is memory
/// on many systems.)
[[nodiscard]] std::string default_spill_folder();

}  // namespace stream_analyzer
