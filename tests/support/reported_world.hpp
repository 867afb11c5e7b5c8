// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dispatch/report.hpp"
#include "support/reporting_province.hpp"

/// Two provinces that have reported: what official documents are tried on.
namespace phoihop::test {

inline const char* const two_provinces = R"(
    Việt Nam
      Tỉnh Hà Giang
        Xã Yên Minh
        Xã Đồng Văn
        Xã Mèo Vạc
        Xã Quản Bạ
        Thị trấn Phó Bảng
      Tỉnh Lào Cai
        Xã Y Tý
)";

/// A year and a half of reports: growth, one late, two missing.
struct Reported : ReportingProvince {
    Reported() : ReportingProvince(draw(two_provinces))
    {
        for (const char* name : {"2014-Q1", "2014-Q2", "2014-Q3", "2014-Q4", "2015-Q1", "2015-Q2"})
            if (!office.open(name)) throw std::logic_error("the period was not opened");
        std::int64_t grown = 0;
        for (const char* name : {"2014-Q1", "2014-Q2", "2014-Q3", "2014-Q4", "2015-Q1", "2015-Q2"}) {
            const Date sent = office.programme->calendar.dates(period(name)).cut_off() + std::chrono::days{6};
            std::int64_t unit = 0;
            for (const char* commune : {"Xã Yên Minh", "Xã Đồng Văn", "Xã Mèo Vạc", "Xã Quản Bạ"}) {
                ++unit;
                if (std::string_view(name) == "2015-Q2" && unit == 4) continue;
                const bool late = std::string_view(name) == "2015-Q1" && unit == 3;
                send(commune, name, late ? sent + std::chrono::days{20} : sent,
                     {10 * unit + grown, 1000 * unit + 37 * grown, 5 + unit, 1, 0});
            }
            ++grown;
        }
    }

    template <class Use>
    auto with(const Use& use)
    {
        std::optional<decltype(use(std::declval<const dispatch::Sources&>()))> answer;
        const auto now = snapshot();
        office.books.read([&](const obligations::Books& books, std::int64_t) {
            answer.emplace(use(dispatch::Sources{*now, *office.land, *office.programme, books}));
        });
        return std::move(*answer);
    }

    Result<dispatch::Composed> compose(std::string_view unit, std::string_view in, std::string party = {})
    {
        return with([&](const dispatch::Sources& sources) {
            return compose_report(sources, {named(office.land, unit), period(in), day(2015, 7, 20), std::move(party)});
        });
    }
};

}  // namespace phoihop::test
