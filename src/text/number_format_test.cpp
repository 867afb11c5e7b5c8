// SPDX-License-Identifier: Apache-2.0
#include "text/number_format.hpp"
#include "text/date_words.hpp"

#include <doctest/doctest.h>

using namespace phoihop;

TEST_CASE("text: numbers have dots between thousands and a comma before the fraction")
{
    CHECK(text::number_vi("1234567.89") == "1.234.567,89");
    CHECK(text::number_vi("999") == "999");
    CHECK(text::number_vi("1000") == "1.000");
    CHECK(text::number_vi("-1234.5") == "-1.234,5");
    CHECK(text::number_vi("0.050") == "0,050");
    CHECK(text::number_vi(Int128{123456}, 2) == "1.234,56");
    CHECK(text::percent_vi("98.5") == "98,5%");
    CHECK(text::share_vi("0.985") == "98,5%");
    CHECK(text::share_vi("1") == "100%");
    CHECK(text::share_vi("-0.0525") == "-5,25%");
    CHECK(text::share_vi("12.3456") == "1.234,56%");
    CHECK(text::share_vi("0") == "0%");
}

TEST_CASE("text: what is not a plain decimal is printed as it came")
{
    for (const char* odd : {"", "-", "12.", ".5", "1,5", "không phát sinh", "1e5"}) CHECK(text::number_vi(odd) == odd);
}

TEST_CASE("text: a document number below ten has a leading zero")
{
    CHECK(text::document_number(5) == "05");
    CHECK(text::document_number(10) == "10");
    CHECK(text::document_number(123) == "123");
}

TEST_CASE("text: chapters count in Roman numerals, points in Vietnamese letters with đ")
{
    CHECK(text::roman(1) == "I");
    CHECK(text::roman(4) == "IV");
    CHECK(text::roman(14) == "XIV");
    CHECK(text::roman(1999) == "MCMXCIX");
    CHECK(text::roman(0) == "0");
    std::string letters;
    for (int i = 1; i <= 9; ++i) letters += text::list_letter(i);
    CHECK(letters == "abcdđeghi");
    CHECK(text::list_letter(23) == "y");
    CHECK(text::list_letter(24) == "a1");
}

TEST_CASE("text: in a date the day below ten and only the months one and two get a leading zero")
{
    CHECK(text::date_in_words(day(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026");
    CHECK(text::date_in_words(day(2026, 3, 5)) == "ngày 05 tháng 3 năm 2026");
    CHECK(text::date_in_words(day(2025, 9, 30)) == "ngày 30 tháng 9 năm 2025");
    CHECK(text::date_in_words(day(2025, 12, 10)) == "ngày 10 tháng 12 năm 2025");
    CHECK(text::place_and_date("Hà Nội", day(2026, 1, 5)) == "Hà Nội, ngày 05 tháng 01 năm 2026");
    CHECK(text::date_numeric(day(2026, 3, 5)) == "05/03/2026");
}

TEST_CASE("text: a typed date is read day first, and a day that does not exist is refused")
{
    CHECK(text::read_date("5/2/2026").value() == day(2026, 2, 5));
    CHECK(text::read_date("05/02/2026").value() == day(2026, 2, 5));
    CHECK(text::read_date("05-02-2026").value() == day(2026, 2, 5));
    CHECK(text::read_date("2026-02-05").value() == day(2026, 2, 5));
    for (const char* bad :
         {"", "29/02/2026", "5/2/26", "13/13/2026", "5.2.2026", "//2026", "2026-02", "1/2/3/4", "20260205"})
        CHECK_MESSAGE(!text::read_date(bad), bad);
}
