// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_store.hpp"
#include "rollup/cube.hpp"
#include "support/office.hpp"

/// An office with a live roll-up beside its register: what official documents are composed from.
namespace phoihop::test {

/// The owing programme with bodies that issue documents.
inline std::shared_ptr<const programme::Programme> issuing_programme()
{
    using units::Level;
    auto made = std::make_shared<programme::Programme>(*owing_programme());
    made->symbol = "09/CTr-BCA-MTTW";
    made->issuing_party = "committee";
    made->title.vi = "Chương trình phối hợp đẩy mạnh phong trào Toàn dân bảo vệ an ninh Tổ quốc";
    const auto body = [](Level level, const char* name, const char* parent, const char* symbol) {
        return programme::Party::Body{level, {name, name}, parent, symbol};
    };
    programme::Party committee{"committee", {"Ban Chỉ đạo", "Committee"}, {}, "state"};
    committee.bodies = {body(Level::nation, "Ban Chỉ đạo Chương trình phối hợp số 09/CTr-BCA-MTTW", "", "BCĐ")};
    for (const Level level : {Level::province, Level::district, Level::commune})
        committee.bodies.push_back(
            body(level, "Ban Chỉ đạo Chương trình phối hợp {unit}", "Ủy ban nhân dân {unit}", "BCĐ"));
    programme::Party police{"police", {"Công an nhân dân", "Police"}, {}, "state"};
    police.bodies = {body(Level::nation, "Bộ Công an", "", "BCA"),
                     body(Level::province, "Công an {unit}", "Bộ Công an", "CAT")};
    programme::Party front{"front", {"Mặt trận Tổ quốc Việt Nam", "Front"}, {}, "front"};
    front.bodies = {body(Level::nation, "Ban Thường trực Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "", "MTTW-BTT"),
                    body(Level::province, "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam {unit}", "", "MTTQ-BTT")};
    made->parties = {committee, police, front};
    const auto name = [&](const char* code, const char* vi, const char* unit) {
        for (auto& indicator : made->indicators) {
            if (indicator.code != code) continue;
            indicator.name.vi = vi;
            indicator.unit.vi = unit;
            indicator.better = programme::Direction::up;
        }
    };
    name("S", "Buổi tuyên truyền trực tiếp", "buổi");
    name("T", "Lượt người dự tuyên truyền", "lượt");
    name("P", "Điểm mô hình đang hoạt động", "điểm");
    name("N", "Điểm mô hình mới", "điểm");
    name("X", "Điểm mô hình ngừng hoạt động", "điểm");
    name("M", "Kinh phí thực hiện", "triệu đồng");
    name("H", "Ý kiến đã tiếp nhận", "ý kiến");
    name("R", "Tỷ lệ dự bình quân", "%");
    programme::Indicator on_time = made->indicators.front();
    on_time.code = "O";
    on_time.name.vi = "Tỷ lệ báo cáo gửi đúng hạn";
    on_time.unit.vi = "%";
    on_time.over_units = programme::OverUnits::formula;
    on_time.over_time = programme::OverTime::formula;
    on_time.source = programme::Source::module;
    on_time.register_measure = "reports_on_time";
    on_time.shown_scale = 1;
    made->indicators.push_back(on_time);
    return made;
}

class ReportingProvince {
public:
    explicit ReportingProvince(Land land) : office(std::move(land)), m_cube(office.fresh.database(), owed())
    {
        office.programme = issuing_programme();
        m_cube.reload(office.land, {office.programme}, {day(2026, 12, 31), {}});
        office.fresh.writer().add_follower(m_cube, store::Writer::Delivery::before_answer);
    }

    [[nodiscard]] std::shared_ptr<const rollup::Snapshot> snapshot() const { return m_cube.snapshot(); }

    /// One report of the form "activity": sessions, attendances, places, new, closed; money is left out.
    void send(std::string_view unit, std::string_view in, Date on, const std::vector<std::int64_t>& figures)
    {
        facts::FactVersion fact;
        fact.key = {office.programme->id, 1, programme::id_of(period(in)), named(office.land, unit)};
        fact.programme_version = office.programme->version;
        for (const auto figure : figures) fact.cells.emplace_back(figure);
        fact.cells.resize(6);
        office.fresh.write([&](store::WriteContext& context) { facts::FactStore::append(context, fact); });
        if (!office.report(unit, in, on)) throw std::logic_error("the report was refused");
    }

    Office office;

private:
    [[nodiscard]] rollup::OwedReader owed() const
    {
        return [this](store::Connection&, ProgrammeId programme, std::optional<PeriodId> wanted,
                      const std::function<void(const rollup::Owed&)>& each) {
            office.books.read([&](const Books& books, std::int64_t) {
                for (const auto& column : books.columns()) {
                    const auto* form = office.programme->form(column.asked.subject);
                    if (form == nullptr || column.asked.programme != programme) continue;
                    if (wanted && *wanted != column.asked.period) continue;
                    for (const auto& entry : column.entries)
                        if (!entry.inherited()) each({form->number, column.asked.period, entry.unit()});
                }
            });
        };
    }

    rollup::Cube m_cube;
};

}  // namespace phoihop::test
