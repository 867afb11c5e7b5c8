// SPDX-License-Identifier: Apache-2.0
#include "units/find.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace phoihop;
using namespace phoihop::units;

namespace {

const UnitIndex& vietnam()
{
    static const UnitIndex index = [] {
        auto made =
            assemble(read_data_set(load_data_files(PHOIHOP_SOURCE_DIR "/data/vn-units").value()).value()).value();
        return UnitIndex(Territory::make(std::move(made.units), std::move(made.successions)).value(), made.aliases);
    }();
    return index;
}

/// "code path" of each match, best first.
std::vector<std::string> found(std::string_view query, std::optional<Date> on = {}, std::size_t most = 50)
{
    std::vector<std::string> lines;
    for (const Match& match : vietnam().find(query, on, most)) {
        lines.push_back(match.state->code.text() + " " + match.path);
    }
    return lines;
}

std::string first(std::string_view query, std::optional<Date> on = {})
{
    const auto lines = found(query, on);
    return lines.empty() ? "nothing" : lines.front();
}

using Lines = std::vector<std::string>;

const std::string old_pho_bang = "vn63:00712 Thị trấn Phó Bảng, Huyện Đồng Văn, Tỉnh Hà Giang";
const std::string new_pho_bang = "vn34:00745 Xã Phố Bảng, Tỉnh Tuyên Quang";
const std::string district_1 = "vn63:760 Quận 1, Thành phố Hồ Chí Minh";

}  // namespace

TEST_CASE("units find: a name without marks finds every unit that bore it, with what it became")
{
    CHECK(found("pho bang") == Lines{new_pho_bang, old_pho_bang});
    const auto matches = vietnam().find("pho bang");
    REQUIRE(matches.size() == 2);
    CHECK(matches[0].life == Validity{day(2025, 7, 1), forever});
    CHECK(matches[0].became.empty());
    CHECK(matches[1].life.to == day(2025, 7, 1));
    REQUIRE(matches[1].became.size() == 1);
    CHECK(matches[1].became[0] == matches[0].unit);
}

TEST_CASE("units find: marks that were typed must agree, wherever the tone stands")
{
    CHECK(found("Phó Bảng") == Lines{old_pho_bang});
    CHECK(found("phố bang") == Lines{new_pho_bang});
    CHECK(found("phó bang") == Lines{old_pho_bang});
    // Nothing bears these marks: then marks are not held against anybody.
    CHECK(found("phọ bang") == Lines{new_pho_bang, old_pho_bang});
    CHECK(first("Xã Thanh Thuỷ tuyên quang") == "vn34:00928 Xã Thanh Thủy, Tỉnh Tuyên Quang");
    CHECK(first("PHƯỜNG YÊN HOÀ hà nội") == "vn34:00175 Phường Yên Hòa, Thành phố Hà Nội");
}

TEST_CASE("units find: what a unit stands in tells equal names apart, its former province too")
{
    CHECK(found("xa pho bang ha giang") == Lines{new_pho_bang, old_pho_bang});
    CHECK(first("pho bang, dong van") == old_pho_bang);
    CHECK(first("hà giang - phó bảng") == old_pho_bang);
    CHECK(found("pho bang cao bang").empty());
    CHECK(first("huyen dong van tuyen quang") == "vn63:026 Huyện Đồng Văn, Tỉnh Hà Giang");
}

TEST_CASE("units find: abbreviations, glued and apart")
{
    for (const char* query : {"q1 tp hcm", "Q.1, TP.HCM", "quan 1 tphcm", "quận 1 thành phố hồ chí minh", "q 01 hcm",
                              "quan 1 ho chi minh"}) {
        CAPTURE(query);
        CHECK(first(query) == district_1);
        CHECK(found(query).size() == 1);
    }
    CHECK(first("tp hcm") == "vn34:79 Thành phố Hồ Chí Minh");
    CHECK(found("tp hcm").size() == 2);
    CHECK(first("tx son tay") == "vn63:269 Thị xã Sơn Tây, Thành phố Hà Nội");
    CHECK(first("tt dong anh") == "vn63:00454 Thị trấn Đông Anh, Huyện Đông Anh, Thành phố Hà Nội");
    CHECK(first("đặc khu phú quốc").ends_with("Đặc khu Phú Quốc, Tỉnh An Giang"));
    CHECK(first("dk con dao").ends_with("Đặc khu Côn Đảo, Thành phố Hồ Chí Minh"));
    CHECK(first("p. 5 q. 3 tp. hcm") == "vn63:27151 Phường 5, Quận 3, Thành phố Hồ Chí Minh");
    CHECK(first("p5 q3 hcm") == "vn63:27151 Phường 5, Quận 3, Thành phố Hồ Chí Minh");
}

TEST_CASE("units find: old provinces are found and tell their heir")
{
    for (const char* query : {"Bà Rịa - Vũng Tàu", "ba ria vung tau", "BRVT", "tinh ba ria – vung tau"}) {
        CAPTURE(query);
        const auto matches = vietnam().find(query);
        REQUIRE(matches.size() >= 1);
        CHECK(matches[0].path == "Tỉnh Bà Rịa - Vũng Tàu");
        REQUIRE(matches[0].became.size() == 1);
        CHECK(matches[0].life.to == day(2025, 7, 1));
    }
}

TEST_CASE("units find: free spelling of blanks, apostrophes and i or y")
{
    CHECK(first("ea hleo").find("Ea H'Leo") != std::string::npos);
    CHECK(first("Ea H’Leo") == first("ea h leo"));
    CHECK(first("hanoi") == "vn34:01 Thành phố Hà Nội");
    CHECK(first("xa y ty") == first("xã i tí"));
    CHECK(first("xa y ty", day(2025, 7, 1)) == "vn34:02701 Xã Y Tý, Tỉnh Lào Cai");
}

TEST_CASE("units find: an ambiguous name is answered with all that bear it")
{
    const auto lines = found("tan lap", {}, 200);
    CHECK(lines.size() > 10);
    const std::set<std::string> distinct(lines.begin(), lines.end());
    CHECK(distinct.size() == lines.size());
    for (const std::string& line : lines) CHECK(line.find("Tân L") != std::string::npos);
    CHECK(found("tan lap", {}, 3).size() == 3);
}

TEST_CASE("units find: a day keeps to what lives then, and reads names as of then")
{
    CHECK(found("pho bang", day(2025, 6, 30)) == Lines{old_pho_bang});
    CHECK(found("pho bang", day(2025, 7, 1)) == Lines{new_pho_bang});
    CHECK(first("ba ria vung tau tinh", day(2026, 1, 1)) == "nothing");
    CHECK(first("quan 1 hcm", day(2026, 1, 1)) == district_1);
    CHECK(first("dong nai", day(2026, 1, 1)) == "vn34:75 Tỉnh Đồng Nai");
    CHECK(first("dong nai", day(2026, 4, 30)) == "vn34:75 Thành phố Đồng Nai");
    CHECK(found("loc ninh dong nai", day(2026, 5, 1)) == Lines{"vn34:25270 Phường Lộc Ninh, Thành phố Đồng Nai"});
}

TEST_CASE("units find: a code finds its units in both schemes, with its scheme only one")
{
    const auto both = found("00004");
    REQUIRE(both.size() == 2);
    CHECK(found("vn63:00004") == Lines{"vn63:00004 Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội"});
    CHECK(found("vn34:00004") == Lines{"vn34:00004 Phường Ba Đình, Thành phố Hà Nội"});
}

TEST_CASE("units find: the beginning of a name is enough, whole names come first")
{
    CHECK(first("ba ria vung") == "vn63:77 Tỉnh Bà Rịa - Vũng Tàu");
    CHECK(first("pho ban").find("Phố Bảng") != std::string::npos);
    const auto lines = found("ba ria");
    REQUIRE(lines.size() > 2);
    CHECK(lines[0].find(" Bà Rịa,") != std::string::npos);
    CHECK(std::find(lines.begin(), lines.end(), "vn63:77 Tỉnh Bà Rịa - Vũng Tàu") != lines.end());
}

TEST_CASE("units find: nothing is found for nothing, and long or foreign queries do no harm")
{
    CHECK(found("").empty());
    CHECK(found(" .,- ").empty());
    CHECK(found("không có đơn vị nào tên như thế này").empty());
    std::string shape;
    for (int i = 0; i < 2000; ++i) shape += "tan phu ";
    CHECK(found(shape).empty());
    (void)found("\xff\xfe");
}

TEST_CASE("units find: a unit that goes on is found once, under its newest code")
{
    CHECK(found("thanh pho ha noi") == Lines{"vn34:01 Thành phố Hà Nội"});
    CHECK(found("thanh pho ha noi", day(2025, 1, 1)) == Lines{"vn63:01 Thành phố Hà Nội"});
}
