#include "report/output_file.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <thread>

#include "catch2.hpp"
#include "core/error.hpp"
#include "temporary_folder.hpp"

using namespace stream_analyzer;
using stream_analyzer::testing::content_of;
using stream_analyzer::testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

unsigned permissions_of(const std::string& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 07777U;
}

void write_file(const std::string& path, const std::string& text) {
    OutputFile file(path);
    file.write(text);
    file.commit();
}

/// Puts another file in place of a descriptor of this process while it lives.
class Redirected {
  public:
    Redirected(int descriptor, int to) : descriptor_(descriptor), saved_(::dup(descriptor)) {
        ::dup2(to, descriptor_);
        ::close(to);
    }
    Redirected(const Redirected&) = delete;
    Redirected& operator=(const Redirected&) = delete;
    ~Redirected() {
        ::dup2(saved_, descriptor_);
        ::close(saved_);
    }

  private:
    int descriptor_;
    int saved_;
};

/// Ignores a signal while it lives, as the program's main does with SIGPIPE.
class Ignored {
  public:
    explicit Ignored(int signal) : signal_(signal), before_(std::signal(signal, SIG_IGN)) {}
    Ignored(const Ignored&) = delete;
    Ignored& operator=(const Ignored&) = delete;
    ~Ignored() { std::signal(signal_, before_); }

  private:
    int signal_;
    void (*before_)(int);
};

}  // namespace

TEST_CASE("a new file appears at commit and not before") {
    const TemporaryFolder folder;
    OutputFile file(folder / "out.csv");
    file.write("one\n");
    file.write("two\n");
    CHECK_FALSE(fs::exists(folder / "out.csv"));
    file.commit();
    CHECK(content_of(folder / "out.csv") == "one\ntwo\n");
    CHECK(folder.entries() == 1);
}

TEST_CASE("an existing file stays as it was until commit") {
    const TemporaryFolder folder;
    folder.write("out.csv", "before");
    OutputFile file(folder / "out.csv");
    file.write("after");
    CHECK(content_of(folder / "out.csv") == "before");
    file.commit();
    CHECK(content_of(folder / "out.csv") == "after");
}

TEST_CASE("a file that nobody commits leaves no trace") {
    const TemporaryFolder folder;
    folder.write("kept.csv", "before");
    {
        OutputFile absent(folder / "absent.csv");
        OutputFile kept(folder / "kept.csv");
        absent.write(std::string(1'000'000, 'x'));
        kept.write(std::string(1'000'000, 'x'));
        CHECK(folder.entries() == 3);
    }
    CHECK(folder.entries() == 1);
    CHECK(content_of(folder / "kept.csv") == "before");
}

TEST_CASE("an empty output is an empty file") {
    const TemporaryFolder folder;
    folder.write("out.csv", "before");
    write_file(folder / "out.csv", "");
    CHECK(content_of(folder / "out.csv").empty());
}

TEST_CASE("pieces around the buffer's size arrive whole and in order") {
    const TemporaryFolder folder;
    std::string all;
    OutputFile file(folder / "out");
    for (const std::size_t size :
         {1UL, 262'143UL, 1UL, 262'144UL, 262'145UL, 7UL, 1'000'000UL, 3UL}) {
        const std::string piece(size, static_cast<char>('a' + all.size() % 26));
        file.write(piece);
        all += piece;
    }
    file.commit();
    CHECK((content_of(folder / "out") == all));
}

TEST_CASE("an existing file keeps its permission bits") {
    const TemporaryFolder folder;
    folder.write("out.csv", "before");
    for (const mode_t mode : {0600U, 0640U, 0666U, 0755U}) {
        REQUIRE(::chmod((folder / "out.csv").c_str(), mode) == 0);
        write_file(folder / "out.csv", "after");
        CHECK(permissions_of(folder / "out.csv") == mode);
    }
}

TEST_CASE("a new file has the permissions that the umask leaves") {
    const TemporaryFolder folder;
    const mode_t before = ::umask(027);
    write_file(folder / "out.csv", "text");
    ::umask(before);
    CHECK(permissions_of(folder / "out.csv") == 0640U);
}

TEST_CASE("a symbolic link stays and its target is replaced") {
    const TemporaryFolder folder;
    fs::create_directory(folder / "data");
    folder.write("data/real.csv", "before");
    fs::create_symlink("data/real.csv", folder / "link");
    fs::create_symlink("link", folder / "link-to-link");
    write_file(folder / "link-to-link", "after");
    CHECK(fs::is_symlink(folder / "link-to-link"));
    CHECK(fs::is_symlink(folder / "link"));
    CHECK_FALSE(fs::is_symlink(folder / "data/real.csv"));
    CHECK(content_of(folder / "data/real.csv") == "after");
}

TEST_CASE("a symbolic link to nothing gets its target made") {
    const TemporaryFolder folder;
    fs::create_symlink("absent.csv", folder / "link");
    write_file(folder / "link", "text");
    CHECK(fs::is_symlink(folder / "link"));
    CHECK(content_of(folder / "absent.csv") == "text");
}

TEST_CASE("a circle of symbolic links is an error that names the path") {
    const TemporaryFolder folder;
    fs::create_symlink("b", folder / "a");
    fs::create_symlink("a", folder / "b");
    CHECK_THROWS_WITH(OutputFile(folder / "a"), Catch::Contains("cannot write " + (folder / "a")) &&
                                                    Catch::Contains("symbolic links"));
}

TEST_CASE("a fifo is written directly and stays a fifo") {
    const TemporaryFolder folder;
    REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
    std::string read;
    std::thread reader([&] { read = content_of(folder / "fifo"); });
    write_file(folder / "fifo", "through the fifo");
    reader.join();
    CHECK(read == "through the fifo");
    CHECK(fs::is_fifo(folder / "fifo"));
    CHECK(folder.entries() == 1);
}

TEST_CASE("a device is written directly and stays a device") {
    write_file("/dev/null", "text");
    CHECK(fs::is_character_file("/dev/null"));
}

TEST_CASE("standard output is appended to where it stands, under each of its names") {
    const TemporaryFolder folder;
    for (const std::string name : {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}) {
        folder.write("log", "before ");
        const int log = ::open((folder / "log").c_str(), O_WRONLY | O_APPEND);
        {
            const Redirected output(STDOUT_FILENO, log);
            write_file(name, "after");
        }
        CHECK(content_of(folder / "log") == "before after");
    }
    CHECK(folder.entries() == 1);
}

TEST_CASE("a reader that is gone is a closed pipe, no failure of the environment") {
    const Ignored pipe_signal(SIGPIPE);
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    ::close(ends[0]);
    const Redirected output(STDOUT_FILENO, ends[1]);
    OutputFile file("-");
    file.write("text");
    CHECK_THROWS_AS(file.commit(), ClosedPipe);
}

TEST_CASE("a full disk is an error that names action, path and reason") {
    OutputFile file("/dev/full");
    file.write("text");
    CHECK_THROWS_WITH(file.commit(), "cannot write /dev/full: No space left on device");
    OutputFile large("/dev/full");
    CHECK_THROWS_AS(large.write(std::string(1'000'000, 'x')), EnvironmentError);
}

TEST_CASE("a file that may grow no further is an error and leaves the old file alone") {
    const TemporaryFolder folder;
    folder.write("out.csv", "before");
    const Ignored size_signal(SIGXFSZ);
    struct rlimit limit {};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &limit) == 0);
    struct rlimit small = limit;
    small.rlim_cur = 100'000;
    std::string message;
    {
        OutputFile file(folder / "out.csv");
        REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
        try {
            file.write(std::string(200'000, 'x'));
            file.commit();
        } catch (const EnvironmentError& error) {
            message = error.what();
        }
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    CHECK(message == "cannot write " + (folder / "out.csv") + ": File too large");
    CHECK(content_of(folder / "out.csv") == "before");
    CHECK(folder.entries() == 1);
}

TEST_CASE("an output in a folder that does not exist fails before any work") {
    const TemporaryFolder folder;
    CHECK_THROWS_WITH(
        OutputFile(folder / "absent/out.csv"),
        "cannot write " + (folder / "absent/out.csv") + ": No such file or directory");
}

TEST_CASE("a folder is no output") {
    const TemporaryFolder folder;
    fs::create_directory(folder / "sub");
    CHECK_THROWS_WITH(OutputFile(folder / "sub"), Catch::Contains("Is a directory"));
    CHECK_THROWS_WITH(OutputFile(folder / "absent/"), Catch::Contains("Is a directory"));
    CHECK(folder.entries() == 1);
}

TEST_CASE("a target that became a folder is an error, and the temporary file goes") {
    const TemporaryFolder folder;
    {
        OutputFile file(folder / "out");
        file.write("text");
        fs::create_directories(folder / "out/sub");
        CHECK_THROWS_WITH(file.commit(), Catch::Contains("cannot replace " + (folder / "out")));
    }
    CHECK(folder.entries() == 1);
}

TEST_CASE("an output in the working folder needs no path") {
    const TemporaryFolder folder;
    const fs::path before = fs::current_path();
    fs::current_path(folder / "");
    write_file("out.csv", "text");
    fs::current_path(before);
    CHECK(content_of(folder / "out.csv") == "text");
}

TEST_CASE("a file that may not be written is not replaced, though its folder may be") {
    const TemporaryFolder folder;
    folder.write("out.csv", "before");
    REQUIRE(::chmod((folder / "out.csv").c_str(), 0444) == 0);
    REQUIRE(::chmod((folder / "").c_str(), 0777) == 0);
    // Root may write everything: be somebody else (65534 is nobody) while trying.
    const uid_t before = ::geteuid();
    constexpr uid_t kNobody = 65534;
    if (before == 0) REQUIRE(::seteuid(kNobody) == 0);
    std::string message;
    try {
        const OutputFile file(folder / "out.csv");
    } catch (const EnvironmentError& error) {
        message = error.what();
    }
    if (before == 0) REQUIRE(::seteuid(before) == 0);
    CHECK(message == "cannot write " + (folder / "out.csv") + ": Permission denied");
    CHECK(folder.entries() == 1);
}
