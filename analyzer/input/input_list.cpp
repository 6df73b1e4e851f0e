#include "input/input_list.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <system_error>

#include "core/error.hpp"
#include "input/compression.hpp"
#include "input/file_descriptor.hpp"
#include "input/natural_order.hpp"

namespace stream_analyzer {

namespace {

namespace fs = std::filesystem;

bool is_dump_name(std::string_view name) {
    for (const std::string_view suffix : {".gz", ".zst"}) {
        if (name.ends_with(suffix)) {
            name.remove_suffix(suffix.size());
            break;
        }
    }
    return name.ends_with(".jsonl") || name.ends_with(".ndjson") || name.ends_with(".json");
}

std::vector<std::string> sorted_entries(const std::string& directory) {
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
         entry.increment(error)) {
        std::string name = entry->path().filename().string();
        if (!name.starts_with('.')) names.push_back(std::move(name));
    }
    if (error) throw system_error("list directory", directory, error.value());
    std::sort(names.begin(), names.end(), natural_less);
    return names;
}

void add_directory(const std::string& directory, std::vector<InputSpec>& inputs) {
    const std::string base = directory.ends_with('/') ? directory : directory + '/';
    for (const std::string& name : sorted_entries(directory)) {
        const std::string path = base + name;
        struct stat info {};
        if (::lstat(path.c_str(), &info) != 0) throw system_error("read", path, errno);
        if (S_ISDIR(info.st_mode)) {
            add_directory(path, inputs);
            continue;
        }
        if (!is_dump_name(name)) continue;
        if (::stat(path.c_str(), &info) != 0) throw system_error("read", path, errno);
        if (S_ISREG(info.st_mode)) inputs.push_back({path, path});
    }
}

/// Finds out before the work starts that a regular file cannot be opened or read. Fifos are left
/// alone: opening one waits for its writer and takes its data.
void check_readable(const InputSpec& input) {
    struct stat info {};
    if (::stat(input.path.c_str(), &info) != 0) throw system_error("read", input.path, errno);
    if (!S_ISREG(info.st_mode)) return;
    const FileDescriptor file(::open(input.path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) throw system_error("open", input.path, errno);
    std::array<char, kMagic_bytes> head{};
    const ssize_t length = ::pread(file.get(), head.data(), head.size(), 0);
    if (length < 0) throw system_error("read", input.path, errno);
    const Compression compression =
        recognise_compression({head.data(), static_cast<std::size_t>(length)});
    if (!is_readable(compression)) throw unreadable_compression(compression, input.path);
}

void add_argument(const std::string& argument, std::vector<InputSpec>& inputs) {
    if (argument == kStandardInputPath) {
        inputs.push_back({argument, "(standard input)"});
        return;
    }
    struct stat info {};
    if (::stat(argument.c_str(), &info) != 0) throw system_error("read", argument, errno);
    if (!S_ISDIR(info.st_mode)) {
        inputs.push_back({argument, argument});
        return;
    }
    const std::size_t before = inputs.size();
    add_directory(argument, inputs);
    if (inputs.size() == before) {
        throw EnvironmentError("cannot read directory " + argument +
                               ": no *.jsonl, *.ndjson or *.json (or one of them with .gz or "
                               ".zst) in it");
    }
}

}  // namespace

bool is_standard_input(const InputSpec& input) {
    return input.path == kStandardInputPath;
}

std::vector<std::string> read_path_list(const std::string& path) {
    std::ifstream file;
    if (path != kStandardInputPath) {
        struct stat info {};
        if (::stat(path.c_str(), &info) != 0) throw system_error("read", path, errno);
        if (S_ISDIR(info.st_mode)) throw system_error("read", path, EISDIR);
        errno = 0;
        file.open(path, std::ios::binary);
        if (!file) throw system_error("open", path, errno);
    }
    std::istream& lines = path == kStandardInputPath ? std::cin : file;
    std::vector<std::string> paths;
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty()) paths.push_back(std::move(line));
    }
    if (lines.bad()) throw system_error("read", path, EIO);
    return paths;
}

std::vector<InputSpec> expand_inputs(const std::vector<std::string>& arguments,
                                     const std::optional<std::string>& files_from) {
    std::vector<InputSpec> inputs;
    for (const std::string& argument : arguments)
        add_argument(argument, inputs);
    if (files_from) {
        const std::vector<std::string> paths = read_path_list(*files_from);
        if (paths.empty() && inputs.empty()) {
            throw EnvironmentError("cannot read " + *files_from + ": no path in it");
        }
        for (const std::string& path : paths)
            add_argument(path, inputs);
    }
    const auto standard_inputs = std::count_if(inputs.begin(), inputs.end(), is_standard_input) +
                                 (files_from == kStandardInputPath ? 1 : 0);
    if (standard_inputs > 1) throw UsageError("standard input (-) can be read only once");
    for (const InputSpec& input : inputs) {
        if (!is_standard_input(input)) check_readable(input);
    }
    return inputs;
}

}  // namespace stream_analyzer
