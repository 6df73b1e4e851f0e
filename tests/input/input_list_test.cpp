#include "input/input_list.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "catch2.hpp"
#include "core/error.hpp"
#include "temporary_folder.hpp"

using namespace stream_analyzer;
using namespace stream_analyzer::testing;

namespace {

std::vector<std::string> paths(const std::vector<InputSpec>& inputs) {
    std::vector<std::string> list;
    list.reserve(inputs.size());
    for (const InputSpec& input : inputs)
        list.push_back(input.path);
    return list;
}

std::string error_of(const std::vector<std::string>& arguments,
                     const std::optional<std::string>& files_from = std::nullopt) {
    try {
        (void)expand_inputs(arguments, files_from);
    } catch (const EnvironmentError& error) {
        return error.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("a directory stands for the dumps in it and below it, in natural order") {
    const TemporaryFolder folder;
    for (const char* name :
         {"d/part-10.jsonl", "d/part-9.jsonl", "d/part-9/b.ndjson", "d/part-9/a.json",
          "d/part-1.jsonl.gz", "d/part-2.ndjson.zst", "d/readme.txt", "d/x.gz", "d/y.jsonl.bz2",
          "d/.hidden.jsonl", "d/.git/z.jsonl", "d/part-100.json"}) {
        folder.write(name, "{}\n");
    }
    const std::string d = folder / "d";
    const std::vector<std::string> expected{d + "/part-1.jsonl.gz", d + "/part-2.ndjson.zst",
                                            d + "/part-9/a.json",   d + "/part-9/b.ndjson",
                                            d + "/part-9.jsonl",    d + "/part-10.jsonl",
                                            d + "/part-100.json"};
    CHECK(paths(expand_inputs({d}, std::nullopt)) == expected);
    CHECK(paths(expand_inputs({d + "/"}, std::nullopt)) == expected);
}

TEST_CASE("arguments keep their order and a named file may be called anything") {
    const TemporaryFolder folder;
    const std::string b = folder.write("b.txt", "{}\n");
    const std::string a = folder.write("a.txt", "{}\n");
    CHECK(paths(expand_inputs({b, "-", a, b}, std::nullopt)) ==
          std::vector<std::string>{b, "-", a, b});
}

TEST_CASE("links to files are followed, links to directories are not entered") {
    const TemporaryFolder folder;
    const std::string file = folder.write("elsewhere/real.jsonl", "{}\n");
    folder.write("d/own.jsonl", "{}\n");
    std::filesystem::create_symlink(file, folder / "d/link.jsonl");
    std::filesystem::create_directory_symlink(folder / "d", folder / "d/loop");
    CHECK(paths(expand_inputs({folder / "d"}, std::nullopt)) ==
          std::vector<std::string>{folder / "d/link.jsonl", folder / "d/own.jsonl"});
}

TEST_CASE("a list file adds its paths behind the arguments; empty lines are skipped") {
    const TemporaryFolder folder;
    const std::string a = folder.write("a", "{}\n");
    const std::string b = folder.write("b b", "{}\n");
    const std::string list = folder.write("list", "\n" + b + "\n\n" + a);
    CHECK(read_path_list(list) == std::vector<std::string>{b, a});
    CHECK(paths(expand_inputs({a}, list)) == std::vector<std::string>{a, b, a});
}

TEST_CASE("what cannot be read is an error that names action, path and reason") {
    const TemporaryFolder folder;
    const std::string missing = folder / "missing";
    CHECK(error_of({missing}) == "cannot read " + missing + ": No such file or directory");
    CHECK(error_of({}, missing) == "cannot read " + missing + ": No such file or directory");
    const std::string empty_list = folder.write("list", "\n");
    CHECK(error_of({}, empty_list) == "cannot read " + empty_list + ": no path in it");
    folder.write("d/readme.txt", "");
    const std::string d = folder / "d";
    CHECK(error_of({d}).starts_with("cannot read directory " + d + ": no *.jsonl"));
    CHECK(error_of({}, d) == "cannot read " + d + ": Is a directory");
    if (::geteuid() != 0) {  // root may read everything
        const std::string locked = folder.write("locked", "{}\n");
        ::chmod(locked.c_str(), 0);
        CHECK(error_of({locked}) == "cannot open " + locked + ": Permission denied");
    }
}

TEST_CASE("bzip2 and xz are refused with the command that reads them") {
    const TemporaryFolder folder;
    const std::string bzip2 = folder.write("it's.json", "BZh91AY&SY");
    const std::string xz = folder.write("b.json", std::string("\xFD"
                                                              "7zXZ\0",
                                                              6));
    CHECK(
        error_of({bzip2}) ==
        "cannot read " + bzip2 +
            ": it is compressed with bzip2, which is not read directly. Pipe it through: bzcat '" +
            folder / "it'\\''s.json" + "' | stream-analyzer analyze -");
    CHECK(error_of({xz}).ends_with("xzcat " + xz + " | stream-analyzer analyze -"));
}

TEST_CASE("standard input can be named once only") {
    CHECK_THROWS_AS(expand_inputs({"-", "-"}, std::nullopt), UsageError);
    CHECK(expand_inputs({"-"}, std::nullopt).size() == 1);
}
