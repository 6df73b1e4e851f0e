#include "report/csv_writer.hpp"

#include <string>

#include "report/csv_field.hpp"
#include "report/csv_row_text.hpp"

namespace stream_analyzer {

void write_csv(const ComparisonRows& rows, ByteSink& sink) {
    sink.write(
        "window,window_start,complete,records,exact,exact_bytes,sketch,sketch_bytes,estimate,error,"
        "relative_error,predicted_rse,z,saturated\n");
    std::string line;
    for (std::size_t window = 0; window < rows.windows(); ++window) {
        std::string window_columns;
        for (std::size_t sketch = 0; sketch < rows.rows_per_window(); ++sketch) {
            const ComparisonRow row = rows.row(window, sketch);
            if (sketch == 0) append_window_columns(window_columns, row);
            line = window_columns;
            line += ',';
            line += csv_field(row.sketch);
            append_sketch_columns(line, row);
            line += '\n';
            sink.write(line);
        }
    }
}

}  // namespace stream_analyzer
