// SPDX-License-Identifier: Apache-2.0
#include "dispatch/nudge.hpp"

#include "dispatch/wording.hpp"
#include "programme/period_id.hpp"
#include "text/date_words.hpp"

#include <algorithm>

namespace phoihop::dispatch {

namespace {

using documents::Paragraph;
using obligations::BoardFilter;
using std::chrono::days;

std::string title_of(const programme::Programme& programme, const obligations::Asked& asked)
{
    if (const auto* form = programme.form(asked.subject)) return form->title.vi;
    if (const auto* standing = programme.standing(asked.subject)) return standing->title.vi;
    return asked.subject;
}

/// A unit that answers for those merged into it is told whose debt each is; "" for its own.
std::string owed_before_by(const units::Territory& territory, const obligations::BoardItem& item, UnitId unit)
{
    if (item.unit == unit) return {};
    return " (của " + inside_a_sentence(territory.state_near(item.unit, item.due)) + " cũ)";
}

std::vector<LateItem> late_of(const programme::Programme& programme, const units::Territory& territory,
                              const std::vector<obligations::BoardItem>& items, UnitId unit, Date on)
{
    std::vector<LateItem> late;
    for (const auto& item : items) {
        if (!item.counted) continue;  // the heir's row says again what its predecessors' rows say
        late.push_back({item.obligation, title_of(programme, item.asked) + owed_before_by(territory, item, unit),
                        period_words(programme::name_of(item.asked.period)), item.due,
                        programme.calendar.working_days_between(item.due + days{1}, on + days{1})});
    }
    std::stable_sort(late.begin(), late.end(), [](const LateItem& a, const LateItem& b) { return a.due < b.due; });
    return late;
}

documents::Table table_of(const std::vector<LateItem>& late)
{
    using documents::ColumnKind;
    using documents::text_cell;
    documents::Table table;
    table.columns = {{"TT", 0.6, ColumnKind::centred, ""},
                     {"Nội dung", 4.6, ColumnKind::text, ""},
                     {"Kỳ", 2, ColumnKind::centred, ""},
                     {"Hạn", 1.5, ColumnKind::centred, ""},
                     {"Số ngày làm việc đã chậm", 1.5, ColumnKind::centred, ""}};
    for (std::size_t i = 0; i < late.size(); ++i)
        table.rows.push_back({{text_cell(std::to_string(i + 1)), text_cell(late[i].title), text_cell(late[i].period),
                               documents::date_cell(late[i].due), text_cell(std::to_string(late[i].working_days))},
                              documents::TableRowRole::body});
    return table;
}

Date reply_by(const programme::Calendar& calendar, const NudgeOrder& order)
{
    if (order.reply_by) return *order.reply_by;
    Date day = order.on;
    for (int i = 0; i < reply_working_days; ++i) day = calendar.next_working_day(day + days{1});
    return day;
}

documents::OfficialDocument letter(const programme::Programme& programme, const Issuer& from, const Issuer& to,
                                   const std::vector<LateItem>& late, const NudgeOrder& order)
{
    documents::OfficialDocument document = headed(from, programme, order.on);
    document.notation = letter_notation(from);
    document.summary = "đôn đốc thực hiện chế độ báo cáo và nhiệm vụ của " + programme_words(programme);
    document.addressees = {to.name};
    const std::string number = (late.size() < 10 ? "0" : "") + std::to_string(late.size());
    document.body.emplace_back(Paragraph{
        {{"Thực hiện " + programme_words(programme) + ", qua theo dõi đến hết " + text::date_in_words(order.on) + ", " +
          from.name + " nhận thấy " + to.name + " còn " + number + " nội dung quá hạn, cụ thể như sau:"}}});
    document.body.emplace_back(table_of(late));
    document.body.emplace_back(
        Paragraph{{{"Đề nghị " + to.name + " khẩn trương thực hiện, gửi kết quả về " + from.name + " trước " +
                    text::date_in_words(reply_by(programme.calendar, order)) +
                    "; trường hợp có khó khăn, vướng mắc, đề nghị nêu rõ lý do để kịp thời "
                    "tháo gỡ."}}});
    document.body.emplace_back(Paragraph{{{"Đề nghị quý cơ quan quan tâm, phối hợp thực hiện."}}});
    document.recipients = {"Như trên", "Lưu: VT"};
    return document;
}

bool is_meant(const NudgeOrder& order, UnitId unit)
{
    return order.units.empty() || std::find(order.units.begin(), order.units.end(), unit) != order.units.end();
}

}  // namespace

Result<std::vector<Nudge>> compose_nudges(const obligations::Books& books, const units::Territory& territory,
                                          const programme::Programme& programme, const NudgeOrder& order)
{
    BoardFilter filter;
    filter.programme = programme.id;
    filter.on = order.on;
    filter.kinds = order.kinds;
    filter.periods = order.periods;
    filter.level = order.level;
    filter.parent = order.parent;
    filter.late_only = true;
    PHOIHOP_TRY(board, obligations::gap_board(books, territory, filter));
    std::vector<Nudge> nudges;
    for (const auto& row : board.rows) {
        if (row.own.overdue == 0 || !is_meant(order, row.unit)) continue;
        const UnitId above = parent_of(territory, row.unit, order.on);
        if (!above) continue;  // nobody stands above the nation
        PHOIHOP_TRY(items, obligations::behind(books, territory, filter, row.unit, 0, obligations::Reading::own,
                                               obligations::Timing::overdue));
        PHOIHOP_TRY(from, issuer_of(programme, territory, above, order.party, order.on));
        PHOIHOP_TRY(to, issuer_of(programme, territory, row.unit, order.party, order.on));
        auto late = late_of(programme, territory, items, row.unit, order.on);
        auto document = letter(programme, from, to, late, order);
        nudges.push_back({row.unit, above, from.party, order.on, std::move(late), std::move(document)});
    }
    return nudges;
}

}  // namespace phoihop::dispatch
