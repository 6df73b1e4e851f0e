#include "cli/standard_output.hpp"

#include "report/output_file.hpp"

namespace stream_analyzer {

ExitCode print_text(std::string_view text) {
    OutputFile output("-");
    output.write(text);
    output.commit();
    return ExitCode::done;
}

}  // namespace stream_analyzer
