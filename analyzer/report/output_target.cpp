#include "report/output_target.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "core/error.hpp"

namespace stream_analyzer {

namespace {

namespace fs = std::filesystem;

/// Linux gives up after as many links, too (path_resolution(7)).
constexpr int kMostLinks = 40;

/// The descriptor that a path in /dev or /proc is another name of. Opening such a path anew would
/// lose the file position (and appending), and fails for sockets.
std::optional<int> named_descriptor(std::string_view path) {
    if (path == kStandardStream || path == "/dev/stdout") return STDOUT_FILENO;
    if (path == "/dev/stderr") return STDERR_FILENO;
    for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
        if (!path.starts_with(folder)) continue;
        const std::string_view digits = path.substr(folder.size());
        int descriptor = -1;
        const auto result =
            std::from_chars(digits.data(), digits.data() + digits.size(), descriptor);
        if (result.ec == std::errc{} && result.ptr == digits.data() + digits.size() &&
            descriptor >= 0) {
            return descriptor;
        }
    }
    return std::nullopt;
}

/// Where the symbolic link at `path` points to, seen from where the process is.
fs::path link_destination(const fs::path& path) {
    std::error_code error;
    const fs::path destination = fs::read_symlink(path, error);
    if (error) throw system_error("read the link", path.string(), error.value());
    return destination.is_absolute() ? destination : path.parent_path() / destination;
}

struct Identity {
    dev_t device;
    ino_t inode;
    std::string name;  ///< of an absent file, within the folder that device and inode name

    friend bool operator==(const Identity&, const Identity&) = default;
};

/// A terminal, /dev/null or a socket may well be read and written, and by many.
bool may_be_shared(mode_t mode) {
    return S_ISCHR(mode) || S_ISSOCK(mode);
}

/// Nothing when the target may be shared, or cannot be identified.
std::optional<Identity> identity_of(const OutputTarget& target) {
    if (target.status) {
        if (may_be_shared(target.status->st_mode)) return std::nullopt;
        return Identity{target.status->st_dev, target.status->st_ino, ""};
    }
    const fs::path path = target.path;
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) return std::nullopt;
    return Identity{status.st_dev, status.st_ino, path.filename().string()};
}

std::optional<Identity> identity_of_input(const std::string& path) {
    struct stat status {};
    const int failed =
        path == kStandardStream ? ::fstat(STDIN_FILENO, &status) : ::stat(path.c_str(), &status);
    if (failed != 0 || may_be_shared(status.st_mode)) return std::nullopt;
    return Identity{status.st_dev, status.st_ino, ""};
}

std::string name_for_people(const std::string& path) {
    return path == kStandardStream ? "standard output" : path;
}

}  // namespace

bool OutputTarget::is_replaceable() const {
    return !descriptor && (!status || S_ISREG(status->st_mode));
}

OutputTarget output_target(const std::string& path) {
    OutputTarget target;
    fs::path at = path;
    for (int links = 0;; ++links) {
        target.descriptor = named_descriptor(at.native());
        if (target.descriptor) break;
        struct stat link {};
        if (::lstat(at.c_str(), &link) != 0 || !S_ISLNK(link.st_mode)) break;
        if (links == kMostLinks) throw system_error("write", path, ELOOP);
        at = link_destination(at);
    }
    target.path = at.string();

    struct stat status {};
    const int failed = target.descriptor ? ::fstat(*target.descriptor, &status)
                                         : ::stat(target.path.c_str(), &status);
    if (failed == 0) {
        target.status = status;
    } else if (target.descriptor || errno != ENOENT) {
        throw system_error("write", path, errno);
    }
    return target;
}

void refuse_if_input(const std::vector<std::string>& outputs,
                     const std::vector<std::string>& inputs) {
    std::vector<std::optional<Identity>> identities;
    identities.reserve(outputs.size());
    for (const std::string& output : outputs)
        identities.push_back(identity_of(output_target(output)));

    for (std::size_t i = 0; i < outputs.size(); ++i) {
        if (!identities[i]) continue;
        for (std::size_t j = 0; j < i; ++j) {
            if (identities[j] != identities[i]) continue;
            throw UsageError(fmt::format("outputs {} and {} are the same: give each its own",
                                         name_for_people(outputs[j]), name_for_people(outputs[i])));
        }
    }
    for (const std::string& input : inputs) {
        const auto identity = identity_of_input(input);
        if (!identity) continue;
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            if (identities[i] != identity) continue;
            throw UsageError(fmt::format(
                "output {} is also an input ({}): writing it would "
                "destroy what is to be read; choose another name",
                name_for_people(outputs[i]), input == kStandardStream ? "standard input" : input));
        }
    }
}

}  // namespace stream_analyzer
