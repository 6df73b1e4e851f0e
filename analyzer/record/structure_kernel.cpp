#include "record/structure_kernel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "core/error.hpp"

namespace stream_analyzer {

std::vector<StructureKernel> structure_kernels() {
    std::vector<StructureKernel> kernels{avx512_structure_kernel(), avx2_structure_kernel(),
                                         portable_structure_kernel()};
    std::erase_if(kernels, [](const StructureKernel& k) { return k.index_lines == nullptr; });
    return kernels;
}

StructureKernel choose_structure_kernel() {
    const std::vector<StructureKernel> kernels = structure_kernels();
    const char* wanted = std::getenv("STREAM_ANALYZER_KERNEL");  // NOLINT: before threads start
    if (wanted == nullptr || *wanted == '\0') return kernels.front();
    const auto named = std::ranges::find(kernels, std::string_view(wanted), &StructureKernel::name);
    if (named != kernels.end()) return *named;
    std::string names;
    for (const StructureKernel& kernel : kernels) {
        names.append(" ").append(kernel.name);
    }
    throw UsageError(
        fmt::format("STREAM_ANALYZER_KERNEL={}: this processor runs{}", wanted, names));
}

}  // namespace stream_analyzer
