#include "report/wide_csv_writer.hpp"

#include <string>
#include <string_view>

#include "report/csv_field.hpp"
#include "report/csv_row_text.hpp"

namespace stream_analyzer {

void write_wide_csv(const ComparisonRows& rows, ByteSink& sink) {
    std::string line = "window,window_start,complete,records,exact,exact_bytes";
    for (const ComparedSketch& sketch : rows.sketches()) {
        for (const std::string_view column : {"_bytes", "_estimate", "_error", "_relative_error",
                                              "_predicted_rse", "_z", "_saturated"}) {
            line += ',';
            line += csv_field(sketch.name + std::string(column));
        }
    }
    line += '\n';
    sink.write(line);

    for (std::size_t window = 0; window < rows.windows(); ++window) {
        line.clear();
        append_window_columns(line, rows.row(window, 0));
        for (std::size_t sketch = 0; sketch < rows.sketches().size(); ++sketch) {
            append_sketch_columns(line, rows.row(window, sketch));
        }
        line += '\n';
        sink.write(line);
    }
}

}  // namespace stream_analyzer
