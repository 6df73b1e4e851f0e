#include "core/error.hpp"

#include <system_error>

namespace stream_analyzer {

EnvironmentError system_error(std::string_view action, std::string_view path, int error_number) {
    std::string message = "cannot ";
    message.append(action).append(" ").append(path).append(": ");
    message.append(std::generic_category().message(error_number));
    return EnvironmentError(message);
}

}  // namespace stream_analyzer
