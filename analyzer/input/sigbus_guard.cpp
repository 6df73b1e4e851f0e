#include "input/sigbus_guard.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <limits>
#include <mutex>

namespace stream_analyzer {

namespace {

constexpr std::uintptr_t kFree = 0;
constexpr std::uintptr_t kReserved = 1;  // no mapping begins at address 1
constexpr std::uintptr_t kNever = std::numeric_limits<std::uintptr_t>::max();

/// What the handler must know; lock-free atomics are all that it may touch.
struct WatchedRange {
    std::atomic<std::uintptr_t> begin{kFree};
    std::atomic<std::uintptr_t> end{0};
    std::atomic<std::uintptr_t> first_fault{kNever};
    std::atomic<std::uintptr_t> behind_last_fault{0};
};
static_assert(std::atomic<std::uintptr_t>::is_always_lock_free);

std::array<WatchedRange, SigbusGuard::kMost> watched;
struct sigaction previous_action {};
std::uintptr_t page_bytes = 4096;

WatchedRange* range_of(std::uintptr_t address) {
    for (WatchedRange& range : watched) {
        const std::uintptr_t begin = range.begin.load(std::memory_order_acquire);
        if (begin > kReserved && address >= begin && address < range.end.load()) return &range;
    }
    return nullptr;
}

void note_fault(WatchedRange& range, std::uintptr_t page) {
    std::uintptr_t first = range.first_fault.load();
    while (page < first && !range.first_fault.compare_exchange_weak(first, page)) {
    }
    const std::uintptr_t behind = page + page_bytes;
    std::uintptr_t last = range.behind_last_fault.load();
    while (behind > last && !range.behind_last_fault.compare_exchange_weak(last, behind)) {
    }
}

/// As if there were no guard: the action found at installation.
void pass_on(int signal, siginfo_t* info, void* context) {
    if ((previous_action.sa_flags & SA_SIGINFO) != 0 && previous_action.sa_sigaction != nullptr) {
        previous_action.sa_sigaction(signal, info, context);
    } else if (previous_action.sa_handler != SIG_DFL && previous_action.sa_handler != SIG_IGN) {
        previous_action.sa_handler(signal);
    } else {
        // Returning repeats the access, which now ends the process.
        struct sigaction standard {};
        standard.sa_handler = SIG_DFL;
        ::sigaction(signal, &standard, nullptr);
    }
}

void handle_sigbus(int signal, siginfo_t* info, void* context) {
    const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
    // A signal that another process sent (si_code <= 0) has no address.
    WatchedRange* const range = info->si_code > 0 ? range_of(address) : nullptr;
    if (range != nullptr) {
        const std::uintptr_t in_page = address % page_bytes;
        // mmap is a plain system call on the platforms we build for, hence safe in a handler.
        void* const zeros = ::mmap(static_cast<char*>(info->si_addr) - in_page, page_bytes,
                                   PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
        if (zeros != MAP_FAILED) {
            note_fault(*range, address - in_page);
            return;
        }
    }
    pass_on(signal, info, context);
}

void install_handler() {
    page_bytes = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    struct sigaction action {};
    action.sa_sigaction = handle_sigbus;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    ::sigemptyset(&action.sa_mask);
    ::sigaction(SIGBUS, &action, &previous_action);
}

}  // namespace

SigbusGuard::SigbusGuard(const char* begin, std::size_t bytes) {
    static std::once_flag installed;
    std::call_once(installed, install_handler);
    for (std::size_t slot = 0; slot < kMost; ++slot) {
        WatchedRange& range = watched[slot];
        std::uintptr_t expected = kFree;
        if (!range.begin.compare_exchange_strong(expected, kReserved)) continue;
        const auto address = reinterpret_cast<std::uintptr_t>(begin);
        range.first_fault = kNever;
        range.behind_last_fault = 0;
        range.end = address + bytes;
        range.begin.store(address, std::memory_order_release);
        slot_ = slot;
        return;
    }
}

SigbusGuard::~SigbusGuard() {
    if (is_watching()) watched[slot_].begin.store(kFree, std::memory_order_release);
}

bool SigbusGuard::faulted(const char* begin, const char* end) const {
    const WatchedRange& range = watched[slot_];
    return reinterpret_cast<std::uintptr_t>(begin) < range.behind_last_fault.load() &&
           reinterpret_cast<std::uintptr_t>(end) > range.first_fault.load();
}

}  // namespace stream_analyzer
