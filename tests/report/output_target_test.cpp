#include "report/output_target.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "catch2.hpp"
#include "core/error.hpp"
#include "temporary_folder.hpp"

using namespace stream_analyzer;
using stream_analyzer::testing::TemporaryFolder;
namespace fs = std::filesystem;

TEST_CASE("an output that is also an input is refused under every name of the file") {
    const TemporaryFolder folder;
    folder.write("dump.jsonl", "{}\n");
    fs::create_symlink("dump.jsonl", folder / "symlink");
    fs::create_hard_link(folder / "dump.jsonl", folder / "hardlink");
    for (const std::string name : {"dump.jsonl", "./dump.jsonl", "symlink", "hardlink"}) {
        CHECK_THROWS_AS(refuse_if_input({folder / name}, {folder / "dump.jsonl"}), UsageError);
        CHECK_THROWS_AS(refuse_if_input({folder / "dump.jsonl"}, {folder / name}), UsageError);
    }
    CHECK_THROWS_WITH(refuse_if_input({folder / "out", folder / "symlink"},
                                      {folder / "absent", folder / "dump.jsonl"}),
                      Catch::Contains("output " + (folder / "symlink") + " is also an input"));
}

TEST_CASE("outputs beside the inputs are welcome") {
    const TemporaryFolder folder;
    folder.write("dump.jsonl", "{}\n");
    folder.write("old.csv", "");
    CHECK_NOTHROW(refuse_if_input({folder / "new.csv", folder / "old.csv"},
                                  {folder / "dump.jsonl", folder / "absent.jsonl"}));
    CHECK_NOTHROW(refuse_if_input({}, {folder / "dump.jsonl"}));
}

TEST_CASE("two outputs onto the same file are refused, whether it exists or not") {
    const TemporaryFolder folder;
    folder.write("old.csv", "");
    fs::create_symlink("old.csv", folder / "link");
    fs::create_symlink("new.csv", folder / "link-to-new");
    fs::create_directory(folder / "sub");
    CHECK_THROWS_AS(refuse_if_input({folder / "old.csv", folder / "link"}, {}), UsageError);
    CHECK_THROWS_AS(refuse_if_input({folder / "new.csv", folder / "sub/../new.csv"}, {}),
                    UsageError);
    CHECK_THROWS_AS(refuse_if_input({folder / "new.csv", folder / "link-to-new"}, {}), UsageError);
    CHECK_NOTHROW(refuse_if_input({folder / "new.csv", folder / "sub/new.csv"}, {}));
}

TEST_CASE("two outputs into one fifo are refused, into /dev/null they are not") {
    const TemporaryFolder folder;
    REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
    CHECK_THROWS_AS(refuse_if_input({folder / "fifo", folder / "fifo"}, {}), UsageError);
    CHECK_NOTHROW(refuse_if_input({"/dev/null", "/dev/null"}, {"/dev/null"}));
}

TEST_CASE("standard output redirected to an input is refused") {
    const TemporaryFolder folder;
    folder.write("dump.jsonl", "{}\n");
    const int dump = ::open((folder / "dump.jsonl").c_str(), O_WRONLY | O_APPEND);
    const int saved = ::dup(STDOUT_FILENO);
    ::dup2(dump, STDOUT_FILENO);
    bool refused = false;
    try {
        refuse_if_input({"-"}, {folder / "dump.jsonl"});
    } catch (const UsageError&) {
        refused = true;
    }
    ::dup2(saved, STDOUT_FILENO);
    ::close(saved);
    ::close(dump);
    CHECK(refused);
}

TEST_CASE("standard input redirected from an output's file is refused") {
    const TemporaryFolder folder;
    folder.write("dump.jsonl", "{}\n");
    const int dump = ::open((folder / "dump.jsonl").c_str(), O_RDONLY);
    const int saved = ::dup(STDIN_FILENO);
    ::dup2(dump, STDIN_FILENO);
    std::string message;
    try {
        refuse_if_input({folder / "dump.jsonl"}, {"-"});
    } catch (const UsageError& error) {
        message = error.what();
    }
    ::dup2(saved, STDIN_FILENO);
    ::close(saved);
    ::close(dump);
    CHECK(message.find("is also an input (standard input)") != std::string::npos);
}

TEST_CASE("regular and absent targets are replaced, all others written directly") {
    const TemporaryFolder folder;
    folder.write("file", "");
    REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
    fs::create_symlink("fifo", folder / "link-to-fifo");
    fs::create_symlink("/dev/stdout", folder / "link-to-stdout");
    CHECK(output_target(folder / "file").is_replaceable());
    CHECK(output_target(folder / "absent").is_replaceable());
    CHECK_FALSE(output_target(folder / "fifo").is_replaceable());
    CHECK_FALSE(output_target(folder / "link-to-fifo").is_replaceable());
    CHECK_FALSE(output_target("/dev/null").is_replaceable());
    CHECK(output_target(folder / "link-to-stdout").descriptor == STDOUT_FILENO);
    CHECK(output_target("/dev/stderr").descriptor == STDERR_FILENO);
}

TEST_CASE("a descriptor that is not open is an error") {
    CHECK_THROWS_WITH(output_target("/dev/fd/987"),
                      "cannot write /dev/fd/987: Bad file descriptor");
}
