#include "store/part_description.hpp"

namespace stream_analyzer {

PartDescription describe_part(RunReader& part) {
    PartDescription description;
    description.name = part.name();
    description.head = part.head();
    std::string states;
    while (part.next_window()) {
        if (part.head().exact) {
            while (part.next_id()) {
            }
        } else {
            part.read_states(states);
        }
        const WindowTotals& totals = part.finish_window();
        ++description.windows;
        if (!description.first_window) description.first_window = part.key().start;
        description.last_window = part.key().start;
        description.records += totals.records;
        description.ids += totals.distinct;
        description.id_bytes += totals.id_bytes;
    }
    description.account = part.account();
    return description;
}

}  // namespace stream_analyzer
