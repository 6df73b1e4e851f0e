// A block of memory for chunks, large enough and with padding behind it.
#pragma once

#include <cstddef>

namespace stream_analyzer {

/// Memory taken straight from the system: page-aligned, on huge pages where it is large enough for
/// one, with kChunkPadding_bytes behind its capacity. Movable; empty until reserve().
class MemoryBlock {
  public:
    MemoryBlock() = default;
    MemoryBlock(MemoryBlock&& other) noexcept;
    MemoryBlock& operator=(MemoryBlock&& other) noexcept;
    MemoryBlock(const MemoryBlock&) = delete;
    MemoryBlock& operator=(const MemoryBlock&) = delete;
    ~MemoryBlock();

    [[nodiscard]] char* data() const { return data_; }
    [[nodiscard]] std::size_t capacity_bytes() const { return capacity_bytes_; }

    /// Makes room for `bytes`, keeping the first `kept_bytes`. Grows to at least twice the capacity
    /// that there was, so that filling a block piece by piece is linear. Throws std::bad_alloc.
    void reserve(std::size_t bytes, std::size_t kept_bytes);
    /// Forgets the content, and returns the memory when it is more than twice `bytes`: one long
    /// line does not hold its memory for the rest of the run.
    void reset(std::size_t bytes);

  private:
    void unmap() noexcept;

    char* data_ = nullptr;
    std::size_t capacity_bytes_ = 0;
    std::size_t mapped_bytes_ = 0;
};

}  // namespace stream_analyzer
