// SPDX-License-Identifier: Apache-2.0
// What every imported cell passes through: a decimal, a CSV line, a formula between cells.
#include "base/decimal.hpp"
#include "documents/csv.hpp"
#include "programme/expression.hpp"

#include <benchmark/benchmark.h>

#include <string>

namespace {

using namespace phoihop;

void read_decimal(benchmark::State& state)
{
    for (auto _ : state) benchmark::DoNotOptimize(parse_decimal("1234567.25", 2));
}
BENCHMARK(read_decimal);

void read_csv(benchmark::State& state)
{
    std::string text = "period,unit,indicator,value\n";
    for (int i = 0; i < 10'000; ++i)
        text += "2015-Q1,vn63:00004,B" + std::to_string(i % 65) + "," + std::to_string(i) + "\n";
    for (auto _ : state) {
        auto reader = documents::CsvReader::open(text);
        documents::Row row;
        while (reader && reader->next(row).value_or(false)) benchmark::DoNotOptimize(row);
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
    state.SetItemsProcessed(state.iterations() * 10'000);
}
BENCHMARK(read_csv);

void evaluate_formula(benchmark::State& state)
{
    const auto formula = programme::Expression::parse("A1 + B2 * 2 <= C3 / 4");
    const auto lookup = [](std::string_view name) {
        return std::optional(programme::Rational{static_cast<int>(name.size()) * 1000, 1});
    };
    for (auto _ : state) benchmark::DoNotOptimize(formula->evaluate(lookup));
}
BENCHMARK(evaluate_formula);

}  // namespace

BENCHMARK_MAIN();
