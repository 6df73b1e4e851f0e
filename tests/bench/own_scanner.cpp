// Our scanner at the work of simdjson_baseline, no more and no less: the file is cut at line feeds
// and shared by the threads; of every record it reads time and id, hashes the id and counts the
// minute's records. Every byte is checked as level `structure` does, which simdjson's On-Demand
// does not do behind the fields that it reads.
//
//   own_scanner FILE THREADS TIME-FIELD ID-FIELD
//
// Prints CSV "window_start,records" with seconds since 1970, and on stderr the number of lines that
// were no record.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <mutex>

#include "core/hash64.hpp"
#include "mapped_chunks.hpp"
#include "record/record_reader.hpp"

namespace {

using namespace stream_analyzer;

constexpr std::size_t kChunk_bytes = std::size_t{1} << 20U;

/// Records per minute, and a sum that makes sure the hash is really computed.
class Counts {
  public:
    void take_records(const RecordsOfOneTime& records) {
        minute_of(records.time) += records.ids.size();
        for (const std::string_view id : records.ids)
            hash_sum_ += hash_id(id, kDefaultHashSeed);
    }
    void take_record(const Verdict& verdict) {
        ++minute_of(verdict.time);
        hash_sum_ += hash_id(verdict.id, kDefaultHashSeed);
    }
    void take_anonymous(const Verdict& /*verdict*/) { ++bad_; }
    void take_reject(const RejectedLine& /*line*/) { ++bad_; }

    void add(const Counts& other) {
        for (const auto& [minute, records] : other.minutes_)
            minutes_[minute] += records;
        hash_sum_ += other.hash_sum_;
        bad_ += other.bad_;
    }

    void print() const {
        std::puts("window_start,records");
        for (const auto& [minute, records] : minutes_) {
            std::printf("%lld,%llu\n", static_cast<long long>(minute * 60),
                        static_cast<unsigned long long>(records));
        }
        std::fprintf(stderr, "%llu lines were no record; sum of hashes %llx\n",
                     static_cast<unsigned long long>(bad_),
                     static_cast<unsigned long long>(hash_sum_));
    }

  private:
    // Records of a minute mostly follow each other.
    std::uint64_t& minute_of(EventTime time) {
        const std::int64_t minute =
            std::chrono::floor<std::chrono::minutes>(time).time_since_epoch().count();
        if (last_ == nullptr || minute != last_minute_) {
            last_ = &minutes_[minute];
            last_minute_ = minute;
        }
        return *last_;
    }

    std::map<std::int64_t, std::uint64_t> minutes_;
    std::uint64_t* last_ = nullptr;
    std::int64_t last_minute_ = 0;
    std::uint64_t hash_sum_ = 0;
    std::uint64_t bad_ = 0;
};

Counts count_file(const bench::MappedFile& file, unsigned threads, const ReadingRules& rules) {
    const FieldPlan plan(wanted_fields(rules));
    bench::ChunkCursor cursor(file.bytes().size(), kChunk_bytes);
    std::mutex mutex;
    Counts total;
    bench::on_threads(threads, [&](unsigned) {
        RecordReader reader(rules, plan, choose_structure_kernel(), kDefaultMaxLine_bytes);
        Counts counts;
        std::size_t begin = 0;
        std::size_t end = 0;
        while (cursor.next(begin, end)) {
            file.populate(begin, end);
            Chunk chunk;
            chunk.bytes = bench::whole_lines(file.bytes(), begin, end);
            static_cast<void>(reader.read(chunk, counts));
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
        if (argc != 5) {
            std::fputs("usage: own_scanner FILE THREADS TIME-FIELD ID-FIELD\n", stderr);
            return 2;
        }
        const bench::MappedFile file(argv[1]);
        ReadingRules rules;
        rules.time_field = FieldPath::parse(argv[3]);
        rules.id_field = FieldPath::parse(argv[4]);
        rules.time_unit = TimeUnit::seconds;
        count_file(file, static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)), rules).print();
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "own_scanner: %s\n", error.what());
        return 3;
    }
}
