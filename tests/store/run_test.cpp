#include <string>
#include <vector>

#include "catch2.hpp"
#include "core/error.hpp"
#include "run_fixture.hpp"

using namespace stream_analyzer;
using namespace stream_analyzer::testing;

namespace {

// What reading the bytes to their end throws; empty when it does not.
std::string complaint_of(const std::string& bytes) {
    try {
        (void)read_run(bytes);
        return "";
    } catch (const EnvironmentError& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("a run gives back the windows that were written") {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const PlainRun few = random_run(seed, 1 + seed * 20, 50, 30);
        REQUIRE(read_run(bytes_of(few)) == few);
    }
    const PlainRun large = random_run(1, 3, 40'000, 40);
    REQUIRE(read_run(bytes_of(large)) == large);
    REQUIRE(read_run(bytes_of({})).empty());
}

TEST_CASE("ids of any length and bytes survive, empty ones and some longer than blocks") {
    PlainRun plain;
    PlainWindow& window = plain[key_of(0, 0)];
    window.ids = {"", std::string("\0", 1), std::string("a\0b", 3), "\xff\xff"};
    for (const std::size_t size :
         {kMostBlock_bytes - 100, kMostBlock_bytes, 3 * kMostBlock_bytes}) {
        for (std::size_t more = 0; more < 90; more += 9)
            window.ids.insert(std::string(size + more, 'x') + "y");
    }
    plain[key_of(0, 60)].ids = {std::string(2 * kMostBlock_bytes, 'z'), "zz"};
    plain[key_of(1, 0)].ids = {"after"};
    REQUIRE(read_run(bytes_of(plain)) == plain);
}

TEST_CASE("ids that begin alike survive, whatever they share and however they end") {
    PlainRun plain;
    PlainWindow& window = plain[key_of(0, 0)];
    for (const std::size_t shared :
         {0U, 1U, 6U, 7U, 8U, 9U, 15U, 16U, 17U, 126U, 127U, 128U, 300U}) {
        const std::string begin(shared, 'm');
        for (const char end : {'\0', 'a', 'z'}) {
            window.ids.insert(begin);
            window.ids.insert(begin + end);
            window.ids.insert(begin + end + std::string(shared, '\0'));
        }
    }
    REQUIRE(read_run(bytes_of(plain)) == plain);
}

TEST_CASE("windows that are left early are passed, with their totals") {
    const PlainRun plain = random_run(3, 40, 20'000, 20);
    RunReader run(source_of(bytes_of(plain)));
    std::size_t read = 0;
    for (const auto& [key, window] : plain) {
        REQUIRE(run.next_window());
        REQUIRE(run.key() == key);
        for (std::size_t ids = 0; ids < read && run.next_id(); ++ids) {
        }
        read = (read + 7) * 3 % 25'000;
        if (read % 2 == 0) REQUIRE(run.finish_window() == totals_of(window));
    }
    REQUIRE_FALSE(run.next_window());
    REQUIRE(run.account().windows > 0);
}

TEST_CASE("several coders that begin at boundaries write the bytes of one") {
    const PlainRun plain = random_run(5, 400, 3000, 20);
    StringSink sink;
    RunWriter run(sink, head_of_ids());
    WindowCoder::Boundaries boundaries;
    const auto append = [&](const CodedBlock& block) { run.append(block); };
    auto coder = std::make_unique<WindowCoder>(append);
    RunAccount account;
    for (const auto& [key, window] : plain) {
        coder->begin(key);
        for (const std::string& id : window.ids)
            coder->add_id(id);
        coder->end(totals_of(window), {});
        account.windows += key.length == 0 ? 1 : 0;
        if (boundaries.ends_block(window.ids.size())) {
            coder->flush();
            coder = std::make_unique<WindowCoder>(append);
        }
    }
    coder->flush();
    run.finish(account);
    REQUIRE(sink.text() == bytes_of(plain));
}

TEST_CASE("ids that come packed are stored as those that come as texts, long and short in turn") {
    PlainRun plain = random_run(9, 40, 3000, 40);
    PlainRun large = random_run(10, 2, 60'000, 30);
    plain.merge(large);
    PlainWindow& window = plain[key_of(1, 777)];
    for (std::size_t i = 0; i < 8000; ++i)
        window.ids.insert(std::string(i % 50, 'q') + std::to_string(i));

    StringSink sink;
    RunWriter run(sink, head_of_ids());
    RunAccount account;
    for (const auto& [key, ids_of] : plain) {
        std::vector<PackedId> packed;
        for (const std::string& id : ids_of.ids)
            packed.emplace_back(id, 5);
        const std::size_t ids = packed.size();
        packed.resize(ids + 2);  // padding
        run.windows().begin(key);
        for (std::size_t i = 0; i < ids; ++i)
            run.windows().add_id(packed[i]);
        run.windows().end(totals_of(ids_of), {});
        account.windows += key.length == 0 ? 1 : 0;
    }
    run.finish(account);
    REQUIRE(sink.text() == bytes_of(plain));
}

TEST_CASE("a window may lack its row in a run with rows, be it in one piece or in several") {
    PlainRun plain = random_run(11, 30, 300, 20);
    for (std::size_t i = 0; i < 60'000; ++i)
        plain[key_of(1, 60 * static_cast<std::int64_t>(i % 2))].ids.insert(std::to_string(i));
    RunHead head = head_of_ids();
    head.with_rows = true;
    head.sketches = {{SketchFamily::hyperloglog, 6}, {SketchFamily::ultraloglog, 5}};
    const EstimateRow row{{.value = 12.5, .saturated = false}, {.value = 0, .saturated = true}};
    const auto write = [&](const RunHead& its_head) {
        StringSink sink;
        RunWriter run(sink, its_head);
        RunAccount account;
        std::size_t written = 0;
        for (const auto& [key, window] : plain) {
            const bool lacks_row = written++ % 2 == 1;
            run.windows().begin(key, lacks_row);
            for (const std::string& id : window.ids)
                run.windows().add_id(id);
            run.windows().end(totals_of(window),
                              lacks_row || !its_head.with_rows ? EstimateRow() : row);
            account.windows += key.length == 0 ? 1 : 0;
        }
        run.finish(account);
        return sink.text();
    };

    RunReader run(source_of(write(head)));
    std::size_t read = 0;
    for (const auto& [key, window] : plain) {
        REQUIRE(run.next_window());
        const bool lacks_row = read++ % 2 == 1;
        REQUIRE(run.lacks_row() == lacks_row);
        REQUIRE(run.has_row() == !lacks_row);
        std::size_t ids = 0;
        while (run.next_id())
            ++ids;
        REQUIRE(ids == window.ids.size());
        REQUIRE(run.finish_window() == totals_of(window));
        REQUIRE(run.row() == (lacks_row ? EstimateRow() : row));
    }
    REQUIRE_FALSE(run.next_window());

    head.with_rows = false;
    REQUIRE(complaint_of(write(head)).ends_with("a piece has flags that mean nothing"));
}

TEST_CASE("a run that is cut anywhere is refused") {
    const std::string bytes = bytes_of(random_run(7, 30, 400, 20));
    for (std::size_t size = 0; size < bytes.size(); size += size < 200 ? 1 : 37) {
        INFO("first " << size << " of " << bytes.size() << " bytes");
        REQUIRE(complaint_of(bytes.substr(0, size)).starts_with("PART is "));
    }
    REQUIRE(complaint_of(bytes + "x") == "PART is damaged: it ends within a block");
}

TEST_CASE("a changed bit anywhere in a run is noticed") {
    const std::string bytes = bytes_of(random_run(9, 30, 40, 20));
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
        INFO("byte " << at << " of " << bytes.size());
        REQUIRE_FALSE(complaint_of(changed).empty());
    }
}

TEST_CASE("blocks that change places are noticed") {
    StringSink one;
    StringSink other;
    const std::vector<CodedBlock> blocks{BlockCoder().code(BlockKind::windows, "first"),
                                         BlockCoder().code(BlockKind::windows, "second")};
    BlockWriter in_order(one);
    in_order.append(blocks[0]);
    BlockWriter alone(other);
    alone.append(blocks[1]);
    const std::string first = one.text();
    const std::string second = other.text().substr(kRunMagic.size());
    BlockReader reader(source_of(first + second));
    REQUIRE(reader.next());
    REQUIRE(reader.content() == "first");
    REQUIRE_THROWS_AS(reader.next(), EnvironmentError);
}

TEST_CASE("a file of something else is no stored result") {
    REQUIRE(complaint_of("{\"ts\":1,\"uid\":\"a\"}\n") ==
            "PART is no stored result of stream-analyzer");
    REQUIRE(complaint_of("") == "PART is no stored result of stream-analyzer");
}

TEST_CASE("a run of a later format is refused by its number") {
    StringSink sink;
    BlockWriter blocks(sink);
    blocks.append(BlockCoder().code(BlockKind::head, "\x02"));
    REQUIRE(complaint_of(sink.text()) == "PART has format 2; this version of the program reads 1");
}

TEST_CASE("ids out of order are refused, within a block and across blocks") {
    for (const std::size_t size : {std::size_t{3}, kMostBlock_bytes - 100}) {
        for (const char* const second : {"a", "b"}) {
            StringSink sink;
            RunWriter run(sink, head_of_ids());
            run.windows().begin(key_of(0, 0));
            run.windows().add_id(std::string(size, 'b'));
            run.windows().add_id(std::string(size, *second));
            run.windows().end({.records = 2, .distinct = 2, .id_bytes = 2 * size}, {});
            run.finish({});
            REQUIRE(complaint_of(sink.text()) ==
                    "PART is damaged: the ids of a window are not in order");
        }
    }
}

TEST_CASE("windows out of order or twice are refused") {
    for (const std::int64_t second : {0, 60}) {
        StringSink sink;
        RunWriter run(sink, head_of_ids());
        for (const std::int64_t start : {std::int64_t{60}, second}) {
            run.windows().begin(key_of(0, start));
            run.windows().end({}, {});
        }
        run.finish({});
        REQUIRE(complaint_of(sink.text()) == "PART is damaged: its windows are not in order");
    }
}
