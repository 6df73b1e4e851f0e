#include "report/accuracy_verdict.hpp"

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

AccuracyRow theory_row(const char* sketch, double rse) {
    AccuracyRow row;
    row.sketch = parse_sketch_spec(sketch);
    row.n_min = row.n_max = 45'000;
    row.predicted_rse = rse;
    return row;
}

AccuracyTable table_of(std::vector<AccuracyRow> rows) {
    AccuracyTable table;
    table.rows = std::move(rows);
    return table;
}

SketchChoices choices_of(const ChoiceQuestion& question) {
    SketchChoices choices;
    choices.question = question;
    const auto add = [&](SketchFamily family, std::optional<SketchSpec> sketch,
                         std::optional<double> error) {
        SketchChoice& choice = choices.families.emplace_back();
        choice.family = family;
        choice.sketch = sketch;
        choice.error = error;
        choice.worst_n = sketch ? 45'000 : 0;
    };
    add(SketchFamily::linear_counting, parse_sketch_spec("lc:5KiB"), 0.009);
    add(SketchFamily::hyperloglog, parse_sketch_spec("hll:16"), 0.007);
    add(SketchFamily::ultraloglog, {}, {});
    choices.best = question.target ? 0 : 1;
    return choices;
}

}  // namespace

TEST_CASE("the headline answers the question: the smallest for an error, the best for a memory") {
    AccuracyTable table = table_of({theory_row("lc:5KiB", 0.0043)});
    table.choices = choices_of({.target = 0.01, .budget_bytes = {}, .confidence = 0.95});
    CHECK(accuracy_headline(table) ==
          "lc:5KiB suffices with 5KiB: 95 % of its errors are within 0.90 %, and no smaller one "
          "that was tried holds 1 %.");
    table.choices = choices_of({.target = {}, .budget_bytes = 100'000, .confidence = 0.99});
    CHECK(accuracy_headline(table) ==
          "hll:16 is the best that fits: 99 % of its errors are within 0.70 %, in 48KiB.");
    table.choices->families.clear();
    table.choices->best.reset();
    CHECK(accuracy_headline(table) ==
          "No sketch that was tried fits the memory and has estimates.");
    table.choices->question.target = 0.00001;
    CHECK(accuracy_headline(table) ==
          "No sketch that was tried has 99 % of its errors within 0.001 %.");
}

TEST_CASE("without a question the headline says what was tried, and on what evidence") {
    AccuracyTable table = table_of({theory_row("lc:1KiB", 0.03), theory_row("lc:5KiB", 0.0043)});
    CHECK(accuracy_headline(table) == "2 sketches of 1KiB to 5KiB, judged by theory.");
    table.trials = 1000;
    table.seed = 3;
    table.hash_seed = 7;
    CHECK(accuracy_headline(table) ==
          "2 sketches of 1KiB to 5KiB, judged by the dump (hash seed 7), 1,000 trials with fresh "
          "ids (seed 3) and theory.");
    CHECK(accuracy_headline({}) ==
          "There is no number of unique ids to say anything about: no id was counted.");
}

TEST_CASE("a sentence a family goes from its smallest sketch to its largest") {
    const auto charts = size_charts(
        {theory_row("lc:1KiB", 0.03), theory_row("lc:5KiB", 0.0043), theory_row("hll:10", 0.0325)});
    CHECK(accuracy_sentences(charts) ==
          std::vector<std::string>{
              "lc, 45,000 ids: typical error by theory 3.00 % with 1KiB, 0.43 % with 5KiB.",
              "hll, 45,000 ids: typical error by theory 3.25 % with 768B."});
    CHECK(accuracy_sentences({}).empty());
}

TEST_CASE(
    "a family has one sentence, where a dump of one window and trials are about the same ids") {
    std::vector<AccuracyRow> rows;
    for (const Evidence evidence : {Evidence::dump, Evidence::trials, Evidence::rehash}) {
        for (const char* const sketch : {"lc:1KiB", "hll:10"}) {
            rows.push_back(theory_row(sketch, 0.03));
            rows.back().evidence = evidence;
            rows.back().window = "1h";
            rows.back().samples = evidence == Evidence::dump ? 1 : 1000;
            rows.back().errors.rmse = evidence == Evidence::dump ? 0.02 : 0.03;
        }
    }
    CHECK(accuracy_sentences(size_charts(rows)) ==
          std::vector<std::string>{
              "lc, 1 window of 1h with 45,000 ids: typical error 2.00 % with 1KiB.",
              "hll, 1 window of 1h with 45,000 ids: typical error 2.00 % with 768B."});
}

TEST_CASE("a chart is named after its windows or its number of ids") {
    SizeChart chart;
    chart.n_min = chart.n_max = 1;
    CHECK(subject_text(chart) == "1 id");
    CHECK(exact_text(chart).starts_with("Without a dump"));
    chart.window = "1h";
    CHECK(subject_text(chart) == "1 id, as in windows of 1h");
    CHECK(exact_text(chart).empty());
    chart.windows = 15;
    chart.n_max = 49'488;
    chart.exact_bytes = 1'500'000;
    CHECK(subject_text(chart) == "15 windows of 1h with 1 to 49,488 ids");
    CHECK(exact_text(chart) ==
          "The exact set of a window takes 1.5 MB on average (the ids and 16 bytes each).");
}
