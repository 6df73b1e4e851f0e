#include "partition_check.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "../input/archive_cases.hpp"
#include "input/byte_order_mark.hpp"
#include "input/file_descriptor.hpp"
#include "input/input_sequence.hpp"
#include "input/stream_source.hpp"
#include "record/record_reader.hpp"
#include "require.hpp"

namespace stream_analyzer::fuzz {

namespace {

/// Every chunk of a file is a mapping: more of them are slow, and show nothing new.
constexpr std::size_t kMostMappedChunks = 64;

/// Everything that a reader says of a dump, in a form that owns it.
struct Account {
    LineCounts counts;
    std::vector<std::string> records;
    std::vector<std::string> rejects;

    friend bool operator==(const Account&, const Account&) = default;
};

/// Reads chunk after chunk, in order.
class Accountant {
  public:
    Accountant(const ScannerInput& input, const FieldPlan& plan, StructureKernel kernel)
        : reader_(input.rules, plan, kernel, input.max_line_bytes) {}

    void read(const Chunk& chunk) { account_.counts += reader_.read(chunk, *this); }
    [[nodiscard]] const Account& account() const { return account_; }

    // The sink of RecordReader.
    void take_records(const RecordsOfOneTime& records) {
        for (const std::string_view id : records.ids)
            take_record({.time = records.time, .id = id});
    }
    void take_record(const Verdict& verdict) {
        account_.records.push_back(
            fmt::format("{} {}", verdict.time.time_since_epoch().count(), verdict.id));
    }
    void take_anonymous(const Verdict& verdict) {
        account_.records.push_back(
            fmt::format("{} nobody", verdict.time.time_since_epoch().count()));
    }
    void take_reject(const RejectedLine& line) {
        // Of a line that is too long to be held only the beginning is known.
        const bool whole = line.reason != RejectReason::line_too_long;
        account_.rejects.push_back(fmt::format("{} {} {} {}", line.offset_bytes,
                                               account_.counts.lines + line.line,
                                               name_of(line.reason), whole ? line.text : ""));
    }

  private:
    RecordReader reader_;
    Account account_;
};

Account read_in_one(const ScannerInput& input, const FieldPlan& plan) {
    std::string bytes(input.dump);
    bytes.append(kChunkPadding_bytes, input.padding);
    const std::size_t begin = bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    Chunk chunk;
    chunk.offset_bytes = begin;
    if (begin < input.dump.size()) {
        chunk.bytes = std::string_view(bytes).substr(begin, input.dump.size() - begin);
    }
    Accountant accountant(input, plan, portable_structure_kernel());
    accountant.read(chunk);
    return accountant.account();
}

Account read_as_stream(const ScannerInput& input, const FieldPlan& plan) {
    const std::size_t longest = std::max(input.max_line_bytes, 2 * input.chunk_bytes);
    const auto status = std::make_shared<SourceStatus>("FILE");
    StreamSource source(std::make_unique<testing::MemoryStream>(input.dump, input.chunk_bytes + 2),
                        status, input.chunk_bytes, LineJoiner(status, longest));
    Accountant accountant(input, plan, choose_structure_kernel());
    ChunkBuffer buffer;
    for (Chunk chunk; !chunk.last_of_source;) {
        chunk = Chunk{};
        source.claim(buffer, chunk);
        accountant.read(chunk);
    }
    return accountant.account();
}

Account read_as_file(const ScannerInput& input, const FieldPlan& plan, const std::string& path,
                     IoBackend backend) {
    InputOptions options;
    options.backend = backend;
    options.chunk_bytes = input.chunk_bytes;
    options.max_line_bytes = input.max_line_bytes;
    InputSequence sequence({{path, path}}, options);
    Accountant accountant(input, plan, choose_structure_kernel());
    ChunkBuffer buffer;
    Chunk chunk;
    while (sequence.next(buffer, chunk)) {
        accountant.read(chunk);
        require(!buffer.damaged(), "a file that nobody touches is not damaged");
    }
    require(!sequence.reports().front().error, "a file that nobody touches can be read");
    return accountant.account();
}

}  // namespace

void check_partitions(const ScannerInput& input) {
    const FieldPlan plan(wanted_fields(input.rules));
    const Account expected = read_in_one(input, plan);
    require(read_as_stream(input, plan) == expected, "a stream in chunks reads as one chunk does");

    const bool compressed = recognise_compression(input.dump) != Compression::none;
    if (compressed || input.dump.size() / input.chunk_bytes > kMostMappedChunks) return;
    const FileDescriptor file(::memfd_create("dump", MFD_CLOEXEC));
    require(file.is_open(), "a file in memory can be made");
    const ssize_t written = ::write(file.get(), input.dump.data(), input.dump.size());
    require(written == static_cast<ssize_t>(input.dump.size()), "a file in memory can be written");
    const std::string path = fmt::format("/proc/self/fd/{}", file.get());
    for (const IoBackend backend : {IoBackend::mmap, IoBackend::read}) {
        require(read_as_file(input, plan, path, backend) == expected,
                "a file in chunks reads as one chunk does");
    }
}

}  // namespace stream_analyzer::fuzz
