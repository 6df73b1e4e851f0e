// Dumps with known truth: the same options give the same bytes on every machine.
#pragma once

#include "generate/dump_sink.hpp"
#include "generate/dump_truth.hpp"
#include "generate/generate_options.hpp"

namespace stream_analyzer {

/// Makes the dump, line by line into `sink`, and tells what is true of it. Time is linear in the
/// size of the dump; memory is two bits a user plus the records held back.
/// \throws UsageError as check(options) does, and whatever sink.write() throws.
DumpTruth generate_dump(const GenerateOptions& options, DumpSink& sink);

}  // namespace stream_analyzer
