// Writes the inputs that fuzzing begins with: write_seeds FOLDER makes FOLDER/scanner,
// FOLDER/decompress and FOLDER/part from the tests' own tables.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "../input/archive_cases.hpp"
#include "../record/line_cases.hpp"
#include "../store/run_fixture.hpp"
#include "part_input.hpp"
#include "scanner_input.hpp"
#include "sketch/sketch.hpp"

namespace {

using namespace stream_analyzer;  // NOLINT: the program's own namespace

class SeedFolder {
  public:
    explicit SeedFolder(std::filesystem::path folder) : folder_(std::move(folder)) {
        std::filesystem::create_directories(folder_);
    }

    void add(const std::string& seed) {
        std::ofstream file(folder_ / std::to_string(++seeds_), std::ios::binary);
        file << seed;
        if (!file.flush()) throw std::runtime_error("cannot write to " + folder_.string());
    }

    [[nodiscard]] std::size_t seeds() const { return seeds_; }

  private:
    std::filesystem::path folder_;
    std::size_t seeds_ = 0;
};

void add_lines(SeedFolder& folder) {
    std::string dumps[3];
    for (const line_cases::LineCase& line : line_cases::all_line_cases()) {
        const auto fields = static_cast<std::uint8_t>(line.fields);
        // Chunks of 40 bytes, one of the padding bytes that would do harm.
        folder.add(fuzz::ScannerHead{fields, 39, 0, '"'}.text() + line.line + "\n");
        constexpr std::size_t kMostDump_bytes = 4000;
        if (line.line.size() + dumps[fields].size() < kMostDump_bytes) {
            dumps[fields] += line.line + "\n";
        }
    }
    for (std::uint8_t fields = 0; fields < 3; ++fields) {
        for (const std::uint8_t max_line : {0, 10}) {
            folder.add(fuzz::ScannerHead{fields, 255, max_line, '{'}.text() + dumps[fields]);
        }
    }
    for (const char* fields : {"ts\nuid\n\n", "/a/b\nd.e\nkind!=bot\n", "a.b\n/a\n/x/y=1\n"}) {
        folder.add(fuzz::ScannerHead{fuzz::kFieldsFromDump, 9, 0, '\n'}.text() + fields +
                   R"({"ts":1,"uid":"u","a":{"b":"1","c":2},"d":{"e":null},"a.b":3,"kind":"bot"})");
    }
}

void add_archives(SeedFolder& folder) {
    using namespace stream_analyzer::testing;
    const std::string text = sample_text(300);
    const std::string gzip = coded_member(text).bytes();
    const std::string zstd = zstd_frame(text);
    GzipMember named = stored_member(text);
    named.flags = std::string(1, '\x08');
    named.fields = std::string("dump.jsonl\0", 11);
    const std::vector<std::string> archives{
        gzip,
        stored_member(text).bytes() + coded_member("").bytes() + gzip + std::string(20, '\0'),
        named.bytes(),
        stored_member(text).bytes_with_header_crc(),
        coded_member(sample_text(100'000)).bytes(),
        zstd,
        zstd_frame(text, false, false),
        zstd + skippable_frame("skipped") + zstd_frame(""),
        raw_zstd_frame({"{\"ts\":1}\n", "", text}),
        zstd_frame(sample_text(100'000)),
        bgzf_member(text) + bgzf_member("") + bgzf_member(text.substr(0, 150)) + bgzf_member(""),
        bgzf_member(text) + gzip,
        zstd + raw_zstd_frame({text}) + zstd_frame(text, false) + zstd_frame(sample_text(2000)),
    };
    for (const std::string& archive : archives) {
        for (const char* const steps : {"\xFF\xFF", "\x02\x06"}) {
            folder.add(steps + archive);
        }
    }
}

// A part as it is and as blocks without frames.
void add_part(SeedFolder& folder, const std::string& part) {
    folder.add(std::string(1, static_cast<char>(fuzz::PartForm::as_it_is)) + part);
    std::string blocks(1, static_cast<char>(fuzz::PartForm::blocks));
    BlockReader reader(testing::source_of(part));
    while (reader.next())
        fuzz::append_unframed(reader.kind(), reader.content(), blocks);
    folder.add(blocks);
}

std::string part_of_states() {
    RunHead head = testing::head_of_ids();
    head.exact = false;
    head.sketches = {parse_sketch_spec("lc:16B"), parse_sketch_spec("hll:4"),
                     parse_sketch_spec("ull:4")};
    StringSink sink;
    RunWriter part(sink, head);
    RunAccount account;
    for (std::int64_t minute = 0; minute < 3; ++minute) {
        part.windows().begin(testing::key_of(0, 60 * minute));
        for (const SketchSpec& spec : head.sketches) {
            Sketch sketch(spec);
            for (std::int64_t id = 0; id < 20 * minute; ++id)
                sketch.add(hash_id(std::to_string(id), 0));
            part.windows().add_states(
                {reinterpret_cast<const char*>(sketch.state().data()), sketch.state().size()});
        }
        part.windows().end({.records = 30, .distinct = 0, .id_bytes = 0}, {});
        ++account.windows;
    }
    part.finish(account);
    return sink.text();
}

void add_parts(SeedFolder& folder) {
    RunAccount account;
    SourceAccount source;
    source.id = "day";
    source.name = "day.jsonl";
    source.compression = "gzip";
    source.end_bytes = 1000;
    source.lines = {.lines = 5, .records = 3, .blank = 1, .filtered = 0, .anonymous = 0};
    source.lines.rejects[3] = 1;
    source.first_rejects[3] = SourceAccount::Place{.offset_bytes = 7, .line = 2};
    source.error = "cannot read it";
    account.sources = {source, source};
    account.first_event_time = EventTime{};
    add_part(folder, testing::bytes_of({}));
    add_part(folder, testing::bytes_of({}, account));
    add_part(folder, testing::bytes_of(testing::random_run(1, 3, 5, 8), account));
    add_part(folder, testing::bytes_of(testing::random_run(2, 20, 20, 5)));
    testing::PlainRun long_ids;
    long_ids[testing::key_of(0, 0)].ids = {std::string(kMostBlock_bytes + 9, 'x'), "y", "z"};
    add_part(folder, testing::bytes_of(long_ids));
    add_part(folder, part_of_states());
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc != 2) throw std::runtime_error("usage: write_seeds FOLDER");
        const std::filesystem::path folder = argv[1];
        SeedFolder lines(folder / "scanner");
        add_lines(lines);
        SeedFolder archives(folder / "decompress");
        add_archives(archives);
        SeedFolder parts(folder / "part");
        add_parts(parts);
        std::cout << lines.seeds() << " seeds of lines, " << archives.seeds() << " of archives, "
                  << parts.seeds() << " of parts\n";
    } catch (const std::exception& error) {
        std::cerr << "write_seeds: " << error.what() << '\n';
        return 3;
    }
    return 0;
}
