// The honest rival of an own scanner: simdjson at its best. The file is cut at line feeds and
// shared by the threads; of every record it reads `ts` and `uid`, hashes the id and counts the
// minute's records. It counts no distinct ids, so it has less to do than the analyzer.
//
//   simdjson_baseline FILE THREADS line|many
//
// line: On-Demand, one document a line. many: On-Demand iterate_many over batches of 1 MB.
// Prints CSV "window_start,records" with seconds since 1970, and on stderr the number of lines that
// were no record.
#include <simdjson.h>
#include <xxhash.h>

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <mutex>

#include "mapped_chunks.hpp"

namespace {

constexpr std::size_t kChunk_bytes = std::size_t{1} << 20U;
constexpr std::int64_t kWindow_s = 60;

/// Records per minute, and a sum that makes sure the hash is really computed.
struct Counts {
    std::map<std::int64_t, std::uint64_t> minutes;
    std::uint64_t hash_sum = 0;
    std::uint64_t bad = 0;

    void add(std::int64_t time_s, std::string_view id) {
        const std::int64_t minute = time_s / kWindow_s - (time_s % kWindow_s < 0 ? 1 : 0);
        // Records of a minute mostly follow each other.
        if (last_ == nullptr || minute != last_minute_) {
            last_ = &minutes[minute];
            last_minute_ = minute;
        }
        ++*last_;
        hash_sum += XXH3_64bits(id.data(), id.size());
    }

    void add(const Counts& other) {
        for (const auto& [minute, records] : other.minutes)
            minutes[minute] += records;
        hash_sum += other.hash_sum;
        bad += other.bad;
    }

  private:
    std::uint64_t* last_ = nullptr;
    std::int64_t last_minute_ = 0;
};

/// A number, or a string of digits. Nothing else occurs in the benchmark's data.
bool read_time(simdjson::ondemand::value value, std::int64_t& time_s) {
    if (value.get_int64().get(time_s) == simdjson::SUCCESS) return true;
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS) return false;
    return std::from_chars(text.data(), text.data() + text.size(), time_s).ec == std::errc{};
}

template <typename Document>
void count_document(Document&& document, Counts& counts) {
    simdjson::ondemand::object object;
    bool has_time = false;
    bool has_id = false;
    std::int64_t time_s = 0;
    std::string_view id;
    if (document.get_object().get(object) == simdjson::SUCCESS) {
        // One walk over the members in the order in which they come: cheaper than two look-ups.
        for (auto field : object) {
            simdjson::ondemand::raw_json_string key;
            if (field.key().get(key) != simdjson::SUCCESS) break;
            if (key == "ts") {
                has_time = read_time(field.value(), time_s);
            } else if (key == "uid") {
                has_id = field.value().get_string().get(id) == simdjson::SUCCESS;
            }
            if (has_time && has_id) break;
        }
    }
    if (has_time && has_id) {
        counts.add(time_s, id);
    } else {
        ++counts.bad;
    }
}

void count_lines(simdjson::ondemand::parser& parser, std::string_view lines, Counts& counts) {
    simdjson::ondemand::document document;
    while (!lines.empty()) {
        const std::size_t line_feed = std::min(lines.find('\n'), lines.size() - 1);
        const simdjson::padded_string_view line(lines.data(), line_feed + 1,
                                                line_feed + 1 + bench::kTail_bytes);
        if (parser.iterate(line).get(document) == simdjson::SUCCESS) {
            count_document(document, counts);
        } else {
            ++counts.bad;
        }
        lines.remove_prefix(line_feed + 1);
    }
}

void count_batch(simdjson::ondemand::parser& parser, std::string_view lines, Counts& counts) {
    simdjson::ondemand::document_stream stream;
    if (parser.iterate_many(lines.data(), lines.size(), lines.size() + 1).get(stream) !=
        simdjson::SUCCESS) {
        ++counts.bad;
        return;
    }
    for (auto document : stream)
        count_document(document, counts);
}

Counts count_file(const bench::MappedFile& file, unsigned threads, bool line_by_line) {
    bench::ChunkCursor cursor(file.bytes().size(), kChunk_bytes);
    std::mutex mutex;
    Counts total;
    bench::on_threads(threads, [&](unsigned) {
        simdjson::ondemand::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
        // The threads are ours: a helper thread for each parser would make four of two.
        parser.threaded = false;
#endif
        Counts counts;
        std::size_t begin = 0;
        std::size_t end = 0;
        while (cursor.next(begin, end)) {
            file.populate(begin, end);
            const std::string_view lines = bench::whole_lines(file.bytes(), begin, end);
            if (line_by_line) {
                count_lines(parser, lines, counts);
            } else if (!lines.empty()) {
                count_batch(parser, lines, counts);
            }
            file.drop(begin, end);
        }
        const std::lock_guard lock(mutex);
        total.add(counts);
    });
    return total;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const std::string_view mode = argc == 4 ? argv[3] : "";
        if (mode != "line" && mode != "many") {
            std::fputs("usage: simdjson_baseline FILE THREADS line|many\n", stderr);
            return 2;
        }
        const bench::MappedFile file(argv[1]);
        const auto threads = static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10));
        const Counts counts = count_file(file, threads, mode == "line");
        std::puts("window_start,records");
        for (const auto& [minute, records] : counts.minutes) {
            std::printf("%lld,%llu\n", static_cast<long long>(minute * kWindow_s),
                        static_cast<unsigned long long>(records));
        }
        std::fprintf(stderr, "%llu lines were no record; sum of hashes %llx\n",
                     static_cast<unsigned long long>(counts.bad),
                     static_cast<unsigned long long>(counts.hash_sum));
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "simdjson_baseline: %s\n", error.what());
        return 3;
    }
}
