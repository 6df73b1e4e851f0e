// Catch2 2 wants its main in a translation unit; Catch2 3 brings a library with one.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
