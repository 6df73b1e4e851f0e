#include "input/memory_block.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <new>
#include <utility>

#include "input/chunk.hpp"

namespace stream_analyzer {

namespace {

/// Size and alignment of a huge page on x86-64 and (with 4 KiB pages) on ARM64.
constexpr std::size_t kHugePage_bytes = std::size_t{2} << 20U;
/// Smallest block; below it a system call costs more than the memory is worth.
constexpr std::size_t kSmallest_bytes = std::size_t{64} << 10U;

std::size_t rounded_up(std::size_t bytes, std::size_t unit) {
    return (bytes + unit - 1) / unit * unit;
}

char* map_anonymous(std::size_t bytes) {
    void* memory =
        ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    return static_cast<char*>(memory);
}

/// Maps `bytes` (a multiple of a huge page) on a huge page's boundary.
char* map_huge(std::size_t bytes) {
    char* const memory = map_anonymous(bytes + kHugePage_bytes);
    const std::size_t before =
        (kHugePage_bytes - reinterpret_cast<std::uintptr_t>(memory) % kHugePage_bytes) %
        kHugePage_bytes;
    if (before > 0) ::munmap(memory, before);
    ::munmap(memory + before + bytes, kHugePage_bytes - before);
    // Advice: without huge pages it is only slower.
    (void)::madvise(memory + before, bytes, MADV_HUGEPAGE);
    return memory + before;
}

}  // namespace

MemoryBlock::MemoryBlock(MemoryBlock&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      capacity_bytes_(std::exchange(other.capacity_bytes_, 0)),
      mapped_bytes_(std::exchange(other.mapped_bytes_, 0)) {}

MemoryBlock& MemoryBlock::operator=(MemoryBlock&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(capacity_bytes_, other.capacity_bytes_);
    std::swap(mapped_bytes_, other.mapped_bytes_);
    return *this;
}

MemoryBlock::~MemoryBlock() {
    unmap();
}

void MemoryBlock::unmap() noexcept {
    if (data_ != nullptr) ::munmap(data_, mapped_bytes_);
    data_ = nullptr;
    capacity_bytes_ = mapped_bytes_ = 0;
}

void MemoryBlock::reserve(std::size_t bytes, std::size_t kept_bytes) {
    if (bytes <= capacity_bytes_) return;
    const std::size_t wanted =
        std::max({bytes, 2 * capacity_bytes_, kSmallest_bytes}) + kChunkPadding_bytes;
    MemoryBlock larger;
    const bool huge = wanted >= kHugePage_bytes;
    larger.mapped_bytes_ = rounded_up(wanted, huge ? kHugePage_bytes : kSmallest_bytes);
    larger.data_ = huge ? map_huge(larger.mapped_bytes_) : map_anonymous(larger.mapped_bytes_);
    larger.capacity_bytes_ = larger.mapped_bytes_ - kChunkPadding_bytes;
    if (kept_bytes > 0) std::memcpy(larger.data_, data_, kept_bytes);
    *this = std::move(larger);
}

void MemoryBlock::reset(std::size_t bytes) {
    const std::size_t enough = rounded_up(bytes, kHugePage_bytes) + kHugePage_bytes;
    if (capacity_bytes_ > 2 * enough) unmap();
    reserve(bytes, 0);
}

}  // namespace stream_analyzer
