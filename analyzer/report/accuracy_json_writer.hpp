// The error table as one JSON document.
#pragma once

#include "compare/accuracy_table.hpp"
#include "core/byte_sink.hpp"

namespace stream_analyzer {

/// Raised when a key disappears or changes its meaning; new keys alone do not raise it.
inline constexpr int kAccuracySchemaVersion = 1;

/// Writes one JSON object with the keys
///
///   schema_version  kAccuracySchemaVersion
///   trials, seed    of the trials
///   hash_seed       of the dump's ids; null without a dump
///   choices         null without a question; else {target, budget_bytes, confidence, growth,
///                   evidence, numbers, best, families: [{family, sketch, sketch_bytes, error,
///                   worst_n, nearest, n_max, fails_in}]}: see SketchChoices
///   rows            objects with the columns of the CSV as keys, one a line
///
/// Missing values are null, ratios fractions, numbers rounded as in the CSV.
void write_accuracy_json(const AccuracyTable& table, ByteSink& sink);

}  // namespace stream_analyzer
