#include "input/mapped_range.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "input/chunk.hpp"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22  // Linux 5.14; older C libraries do not name it
#endif

namespace stream_analyzer {

namespace {

std::uint64_t page_bytes() {
    static const auto bytes = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return bytes;
}

std::uint64_t rounded_down(std::uint64_t bytes) {
    return bytes / page_bytes() * page_bytes();
}

std::uint64_t rounded_up(std::uint64_t bytes) {
    return rounded_down(bytes + page_bytes() - 1);
}

}  // namespace

MappedRange::MappedRange(std::shared_ptr<const SourceFile> file, std::uint64_t begin,
                         std::uint64_t end)
    : file_(std::move(file)),
      begin_bytes_(begin),
      end_bytes_(end),
      page_begin_bytes_(rounded_down(begin)) {
    map();
    guard_.emplace(memory_, mapped_bytes_);
    try {
        if (!guard_->is_watching()) throw MappingRefused("too many mappings at once");
        populate();
    } catch (...) {
        unmap();
        throw;
    }
}

MappedRange::~MappedRange() {
    unmap();
}

/// Maps the pages of the range and of the padding. Where the file ends, there may be no page for
/// the padding: zeros are mapped first then, and the file over them.
void MappedRange::map() {
    const std::uint64_t file_pages = rounded_up(file_->size_bytes().value());
    const std::uint64_t wanted = rounded_up(end_bytes_ + kChunkPadding_bytes);
    mapped_bytes_ = static_cast<std::size_t>(wanted - page_begin_bytes_);
    void* memory = nullptr;
    int fixed = 0;
    if (wanted > file_pages) {
        memory = ::mmap(nullptr, mapped_bytes_, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) throw MappingRefused("no address space");
        fixed = MAP_FIXED;
    }
    const std::uint64_t end = wanted > file_pages ? file_pages : wanted;
    void* const mapped =
        ::mmap(memory, static_cast<std::size_t>(end - page_begin_bytes_), PROT_READ,
               MAP_SHARED | fixed, file_->descriptor(), static_cast<off_t>(page_begin_bytes_));
    if (mapped == MAP_FAILED) {
        if (memory != nullptr) ::munmap(memory, mapped_bytes_);
        throw MappingRefused("the file cannot be mapped");
    }
    memory_ = static_cast<char*>(mapped);
}

void MappedRange::unmap() {
    guard_.reset();
    ::munmap(memory_, mapped_bytes_);
}

void MappedRange::populate() const {
    int result = 0;
    do {
        result = ::madvise(memory_, static_cast<std::size_t>(end_bytes_ - page_begin_bytes_),
                           MADV_POPULATE_READ);
    } while (result != 0 && errno == EINTR);
    // An older kernel does not know it: pages then come in as they are read.
    if (result == 0 || errno == EINVAL) return;
    const int error_number = errno;
    if (error_number == EFAULT) throw damage_error(end_bytes_);
    throw file_->read_error(error_number);
}

EnvironmentError MappedRange::damage_error(std::uint64_t end) const {
    return file_->ends_before(end) ? file_->shrank_error() : file_->read_error(EIO);
}

bool MappedRange::is_damaged(std::uint64_t begin, std::uint64_t end) const {
    return begin < end &&
           (guard_->faulted(address_of(begin), address_of(end)) || file_->ends_before(end));
}

}  // namespace stream_analyzer
