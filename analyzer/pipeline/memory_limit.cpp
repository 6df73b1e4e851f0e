#include "pipeline/memory_limit.hpp"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace stream_analyzer {

namespace {

// A limit file of a control group: a number, or a word for none.
std::uint64_t limit_in(const std::string& path) {
    std::uint64_t limit_bytes = 0;
    std::ifstream file(path);
    return file >> limit_bytes ? limit_bytes : UINT64_MAX;
}

// The process's own group, of which /proc/self/cgroup has the line "0::/path" (version 2).
std::uint64_t group_limit_bytes() {
    std::uint64_t limit_bytes = UINT64_MAX;
    std::ifstream groups("/proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) {
        if (!line.starts_with("0::/")) continue;
        // A group is bounded by those around it too.
        for (std::string path = line.substr(3); !path.empty(); path.erase(path.rfind('/'))) {
            limit_bytes = std::min(limit_bytes, limit_in("/sys/fs/cgroup" + path + "/memory.max"));
        }
    }
    // Inside a container the group is often shown as the root.
    limit_bytes = std::min(limit_bytes, limit_in("/sys/fs/cgroup/memory.max"));
    return std::min(limit_bytes, limit_in("/sys/fs/cgroup/memory/memory.limit_in_bytes"));
}

}  // namespace

std::uint64_t machine_memory_bytes() {
    const auto pages = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PHYS_PAGES), 1L));
    const auto page_bytes = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PAGESIZE), 1L));
    return std::min(pages * page_bytes, group_limit_bytes());
}

void keep_large_blocks_apart() {
#ifdef __GLIBC__
    constexpr int kLargeBlock_bytes = 1 << 20;
    ::mallopt(M_MMAP_THRESHOLD, kLargeBlock_bytes);
#endif
}

void give_back_freed_memory() {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

}  // namespace stream_analyzer
