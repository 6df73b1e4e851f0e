#include "cli/version.hpp"

#include <fmt/format.h>

#include <boost/version.hpp>

#include "core/hash64.hpp"
#include "input/decompressor_versions.hpp"
#include "record/json_library.hpp"
#include "record/structure_kernel.hpp"

namespace stream_analyzer {

std::string program_version() {
    return STREAM_ANALYZER_VERSION;
}

std::string version_text() {
    return fmt::format(
        "stream-analyzer {}\nkernel: {}\nlibraries: {}, {}, {}, fmt {}.{}.{}, Boost {}.{}.{}\n",
        STREAM_ANALYZER_VERSION, choose_structure_kernel().name, json_library(), hash_library(),
        decompressor_versions(), FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100,
        BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100);
}

}  // namespace stream_analyzer
