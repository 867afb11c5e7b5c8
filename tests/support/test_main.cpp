// SPDX-License-Identifier: Apache-2.0
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>

namespace {

// doctest ends well when no case matches the filter, so that a misspelt or wrongly quoted name would
// pass without running anything. Listing and counting do not come by here.
bool ran_nothing = false;

struct CountsCases : doctest::IReporter {
    explicit CountsCases(const doctest::ContextOptions&) {}
    void test_run_end(const doctest::TestRunStats& run) override { ran_nothing = run.numTestCasesPassingFilters == 0; }
    void report_query(const doctest::QueryData&) override {}
    void test_run_start() override {}
    void test_case_start(const doctest::TestCaseData&) override {}
    void test_case_reenter(const doctest::TestCaseData&) override {}
    void test_case_end(const doctest::CurrentTestCaseStats&) override {}
    void test_case_exception(const doctest::TestCaseException&) override {}
    void subcase_start(const doctest::SubcaseSignature&) override {}
    void subcase_end() override {}
    void log_assert(const doctest::AssertData&) override {}
    void log_message(const doctest::MessageData&) override {}
    void test_case_skipped(const doctest::TestCaseData&) override {}
};
REGISTER_LISTENER("counts_cases", 1, CountsCases);

}  // namespace

int main(int argc, char** argv)
{
    doctest::Context context(argc, argv);
    const int status = context.run();
    if (status == 0 && ran_nothing) {
        std::fputs("no test case matches\n", stderr);
        return 1;
    }
    return status;
}
