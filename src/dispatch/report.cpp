// SPDX-License-Identifier: Apache-2.0
#include "dispatch/report.hpp"

#include "dispatch/report_annex.hpp"
#include "dispatch/report_data.hpp"
#include "dispatch/wording.hpp"
#include "text/date_words.hpp"
#include "text/number_format.hpp"

#include <algorithm>

namespace phoihop::dispatch {

namespace {

using documents::Emphasis;
using documents::Heading;
using documents::Item;
using documents::Paragraph;
using documents::Run;
using rollup::Figure;

std::string counted(std::int64_t number)
{
    return text::number_vi(std::to_string(number));
}

/// Writes the five chapters (domain rules: Tình hình; Kết quả; Đánh giá; Phương hướng; Đề xuất).
class ReportWriter {
public:
    ReportWriter(const ReportData& data, Composed& composed)
        : m_data(data), m_composed(composed), m_body(composed.document.body)
    {
    }

    void write()
    {
        opening();
        m_body.emplace_back(Heading{1, "TÌNH HÌNH, CÔNG TÁC CHỈ ĐẠO", true});
        situation();
        m_body.emplace_back(Heading{1, "KẾT QUẢ THEO TỪNG NỘI DUNG", true});
        for (const GroupData& group : m_data.groups) results(group);
        m_body.emplace_back(Heading{1, "ĐÁNH GIÁ CHUNG", true});
        judgement();
        m_body.emplace_back(Heading{1, "PHƯƠNG HƯỚNG, NHIỆM VỤ", true});
        tasks();
        m_body.emplace_back(Heading{1, "ĐỀ XUẤT, KIẾN NGHỊ", true});
        proposals();
    }

private:
    void paragraph(std::string key, std::vector<Run> runs)
    {
        m_composed.passages.push_back({std::move(key), m_body.size()});
        m_body.emplace_back(Paragraph{std::move(runs)});
    }
    void paragraph(std::string key, std::string words)
    {
        paragraph(std::move(key), std::vector<Run>{{std::move(words)}});
    }
    void item(std::string key, std::vector<Run> runs)
    {
        m_composed.passages.push_back({std::move(key), m_body.size()});
        m_body.emplace_back(Item{std::move(runs)});
    }

    [[nodiscard]] const programme::Programme& programme() const { return m_data.sources->programme; }
    [[nodiscard]] std::string period() const { return period_words(m_data.order->period); }
    [[nodiscard]] std::string scope() const { return whole_of(m_data.state(m_data.order->unit)); }

    void opening()
    {
        const std::string title = programme().title.vi;
        const std::string about =
            programme().symbol.empty() ? title : programme_words(programme()) + " (" + title + ")";
        paragraph("opening", "Thực hiện " + about + ", " + m_data.issuer.name + " báo cáo kết quả " + period() +
                                 " (số liệu tính từ " + text::date_in_words(m_data.dates.window.from) + " đến hết " +
                                 text::date_in_words(m_data.dates.cut_off()) + ") như sau:");
    }

    void situation()
    {
        paragraph("I/1",
                  "Trong " + period() + ", " + m_data.issuer.name +
                      " tiếp tục chỉ đạo các ngành, đoàn thể và các đơn vị trực thuộc triển khai đồng bộ các nội "
                      "dung của Chương trình; duy trì chế độ thông tin, báo cáo; gắn việc thực hiện Chương trình "
                      "với nhiệm vụ của từng cơ quan, địa phương.");
        const Discipline::Place& all = m_data.discipline.all;
        if (all.asked == 0) return;
        paragraph("I/2",
                  "Báo cáo này tổng hợp từ số liệu của " + counted(all.on_time + all.late) + "/" + counted(all.asked) +
                      " báo cáo phải gửi, tính đến hết " + text::date_in_words(m_data.order->made_on) +
                      ". Số liệu chi tiết của từng chỉ tiêu và của từng địa phương nêu tại các phụ lục kèm theo.");
    }

    [[nodiscard]] Run run_of(const Figure& figure, const programme::Indicator& indicator) const
    {
        return {figure_words(figure, indicator), figure.value ? Emphasis::bold : Emphasis::plain, key_of(figure)};
    }

    /// ", tăng 5,2% so với 6 tháng cuối năm 2014 và giảm 1% so với cùng kỳ năm 2014"; what is said of both is said
    /// once.
    [[nodiscard]] std::string comparison(const Reading& reading) const
    {
        std::vector<std::string> parts;
        std::string last_change;
        const auto against = [&](const Figure& before, const std::string& name) {
            if (!reading.now.value || !before.value) return;
            const auto change = change_words(reading.now, before, *reading.indicator);
            if (change && *change == last_change)
                parts.push_back(name);
            else if (change)
                parts.push_back(*change + (*change == "bằng" ? " " : " so với ") + name);
            else if (before.value->numerator == 0)
                parts.push_back(name + " không phát sinh");
            last_change = change.value_or("");
        };
        against(reading.before, period_words(m_data.before));
        if (m_data.before != m_data.last_year)
            against(reading.last_year, "cùng kỳ năm " + std::to_string(m_data.last_year.year));
        return parts.empty() ? "" : ", " + enumeration(parts);
    }

    void results(const GroupData& group)
    {
        m_body.emplace_back(Heading{2, group.group->name.vi, true});
        const std::string key = "II/" + group.group->code + "/";
        paragraph(key + "intro", intro(group));
        for (std::size_t i = 0; i < group.readings.size(); ++i) {
            const Reading& reading = group.readings[i];
            const bool last = i + 1 == group.readings.size();
            item(key + reading.indicator->code, {{reading.indicator->name.vi + ": "},
                                                 run_of(reading.now, *reading.indicator),
                                                 {comparison(reading) + (last ? "." : ";")}});
        }
        for (std::size_t column = 0; column < m_data.main.size(); ++column)
            if (m_data.main[column]->group == group.group->code) best(column);
    }

    [[nodiscard]] std::string intro(const GroupData& group) const
    {
        std::int64_t reported = 0;
        std::int64_t expected = 0;
        for (const Reading& reading : group.readings) {
            // The fullest of the group's forms speaks for it.
            if (reading.indicator->source != programme::Source::typed || reading.now.reported < reported) continue;
            reported = reading.now.reported;
            expected = reading.now.expected;
        }
        if (expected == 0) return scope() + " đạt kết quả như sau:";
        return scope() + " đạt kết quả như sau (tổng hợp từ " + counted(reported) + "/" + counted(expected) +
               " lượt báo cáo):";
    }

    /// The three localities with the highest figures; ties in the official order.
    void best(std::size_t column)
    {
        constexpr std::size_t shown = 3;
        std::vector<const Figure*> figures;
        for (const LocalityRow& row : m_data.localities)
            if (row.note == rollup::Note::none && row.figures[column].value && row.figures[column].value->numerator > 0)
                figures.push_back(&row.figures[column]);
        if (figures.size() <= shown) return;
        std::stable_sort(figures.begin(), figures.end(), [](const Figure* a, const Figure* b) {
            return a->value->numerator * b->value->denominator > b->value->numerator * a->value->denominator;
        });
        const programme::Indicator& indicator = *m_data.main[column];
        std::vector<Run> runs{{"Về chỉ tiêu “" + indicator.name.vi + "”, các địa phương có kết quả cao nhất là: "}};
        for (std::size_t i = 0; i < shown; ++i) {
            runs.push_back({(i == 0           ? ""
                             : i + 1 == shown ? " và "
                                              : ", ") +
                            inside_a_sentence(m_data.state(figures[i]->unit)) + " ("});
            runs.push_back(run_of(*figures[i], indicator));
            runs.push_back({i + 1 == shown ? ")." : ")"});
        }
        paragraph("II/" + indicator.group + "/best/" + indicator.code, std::move(runs));
    }

    void judgement()
    {
        m_body.emplace_back(Heading{2, "Ưu điểm", true});
        paragraph("III/strengths",
                  "Các cấp, các ngành đã bám sát mục tiêu của Chương trình; công tác phối hợp giữa các "
                  "cơ quan được duy trì; nhiều nội dung được triển khai đến cơ sở, khu dân cư.");
        m_body.emplace_back(Heading{2, "Chế độ thông tin, báo cáo", true});
        timeliness();
        m_body.emplace_back(Heading{2, "Hạn chế, nguyên nhân", true});
        paragraph("III/weaknesses", weaknesses());
    }

    void timeliness()
    {
        const Discipline::Place& all = m_data.discipline.all;
        if (all.asked == 0) {
            paragraph("III/timeliness", "Trong kỳ không có báo cáo nào phải gửi.");
            return;
        }
        std::vector<std::string> parts;
        const auto tell = [&](std::int64_t part, std::string_view how) {
            if (part == 0) return;
            const auto tenths = divide_rounded(Int128{part} * 1000, all.asked);
            parts.push_back(counted(part) + " báo cáo (" + text::number_vi(tenths, 1) + "%) " + std::string(how));
        };
        tell(all.on_time, "gửi đúng hạn");
        tell(all.late, "gửi chậm");
        tell(all.missing, "chưa gửi");
        paragraph("III/timeliness", "Tính đến hết " + text::date_in_words(m_data.order->made_on) + ", trong tổng số " +
                                        counted(all.asked) + " báo cáo phải gửi có " + enumeration(parts) + ".");
        list("III/missing", "Các địa phương, đơn vị chưa gửi đủ báo cáo: ", &Discipline::Place::missing);
        list("III/late", "Các địa phương, đơn vị gửi báo cáo chậm: ", &Discipline::Place::late);
    }

    /// Every place by name, with how many reports.
    void list(std::string key, const std::string& words, std::int64_t Discipline::Place::* what)
    {
        std::string names;
        for (const Discipline::Place& place : m_data.discipline.places) {
            if (place.*what == 0) continue;
            names += (names.empty() ? "" : "; ") + place.name + " (" + counted(place.*what) + "/" +
                     counted(place.asked) + " báo cáo)";
        }
        if (!names.empty()) paragraph(std::move(key), words + names + ".");
    }

    /// What stands worse than a year ago; causes are for the officer to say.
    [[nodiscard]] std::string weaknesses() const
    {
        std::vector<std::string> fallen;
        std::vector<std::string> risen;
        for (const GroupData& group : m_data.groups)
            for (const Reading& reading : group.readings) {
                const auto direction = reading.indicator->better;
                const auto change = change_words(reading.now, reading.last_year, *reading.indicator);
                if (!change) continue;
                const std::string name = "“" + reading.indicator->name.vi + "”";
                if (direction == programme::Direction::up && change->starts_with("giảm")) fallen.push_back(name);
                if (direction == programme::Direction::down && change->starts_with("tăng")) risen.push_back(name);
            }
        if (fallen.empty() && risen.empty())
            return "Việc gửi báo cáo ở một số nơi chưa bảo đảm thời hạn; chất lượng số liệu cần tiếp tục được nâng "
                   "lên.";
        const std::string last_year = "cùng kỳ năm " + std::to_string(m_data.last_year.year);
        std::string words;
        if (!fallen.empty()) words = "Một số chỉ tiêu thấp hơn " + last_year + ", gồm: " + some_of(fallen) + ". ";
        if (!risen.empty())
            words += "Một số chỉ tiêu cần giảm nhưng cao hơn " + last_year + ": " + some_of(risen) + ". ";
        const Discipline::Place& all = m_data.discipline.all;
        if (all.missing > 0)
            words += "Số liệu kỳ này còn thiếu " + counted(all.missing) + "/" + counted(all.asked) +
                     " báo cáo nên việc so sánh chỉ có tính chất tham khảo. ";
        return words + "Các địa phương, đơn vị cần rà soát, làm rõ nguyên nhân và có biện pháp khắc phục trong kỳ tới.";
    }

    /// The first of many names, and how many more the annex has.
    [[nodiscard]] static std::string some_of(std::vector<std::string> names)
    {
        constexpr std::size_t shown = 8;
        if (names.size() <= shown + 1) return enumeration(names);
        const std::string more = std::to_string(names.size() - shown) + " chỉ tiêu khác nêu tại Phụ lục I";
        names.resize(shown);
        names.push_back(more);
        return enumeration(names);
    }

    void tasks()
    {
        paragraph("IV/1", "Tiếp tục quán triệt, triển khai có hiệu quả " + programme_words(programme()) +
                              "; kiện toàn Ban Chỉ đạo các cấp; thực hiện đầy đủ chế độ sơ kết, tổng kết.");
        paragraph("IV/2",
                  "Đẩy mạnh tuyên truyền, vận động; củng cố, nhân rộng các mô hình tự quản hoạt động hiệu quả ở "
                  "khu dân cư; kịp thời tập hợp, phản ánh ý kiến, kiến nghị của Nhân dân.");
        if (m_data.discipline.all.missing + m_data.discipline.all.late > 0)
            paragraph("IV/3",
                      "Đôn đốc các địa phương, đơn vị còn thiếu hoặc gửi chậm báo cáo; chấn chỉnh chế độ thông "
                      "tin, báo cáo trong kỳ tới.");
    }

    void proposals()
    {
        const std::vector<std::string>& above = m_composed.document.addressees;
        paragraph("V/1", "Đề nghị " + (above.empty() ? "cấp trên" : enumeration(above)) +
                             " tiếp tục quan tâm chỉ đạo, hướng dẫn nghiệp vụ và bảo đảm điều kiện cần thiết để thực "
                             "hiện Chương trình.");
        paragraph("V/2", "Trên đây là báo cáo kết quả thực hiện " + programme_words(programme()) + " " + period() +
                             " của " + m_data.issuer.name + ".");
    }

    const ReportData& m_data;
    Composed& m_composed;
    std::vector<documents::Block>& m_body;
};

void use(std::vector<FigureUsed>& figures, const Figure& figure, std::int64_t as_of)
{
    if (!figure.unit) return;
    figures.push_back({key_of(figure), figure.indicator, figure.unit, figure.period, figure.text(), figure.reported,
                       figure.expected, as_of});
}

std::vector<FigureUsed> figures_of(const ReportData& data)
{
    std::vector<FigureUsed> figures;
    for (const GroupData& group : data.groups) {
        for (const Reading& reading : group.readings)
            for (const Figure* figure : {&reading.now, &reading.before, &reading.last_year})
                use(figures, *figure, data.as_of);
    }
    for (const LocalityRow& row : data.localities)
        for (const Figure& figure : row.figures) use(figures, figure, data.as_of);
    std::sort(figures.begin(), figures.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    figures.erase(
        std::unique(figures.begin(), figures.end(), [](const auto& a, const auto& b) { return a.key == b.key; }),
        figures.end());
    return figures;
}

}  // namespace

std::string key_of(const Figure& figure)
{
    std::string key = figure.indicator + "/" + figure.period.text() + "/" + std::to_string(figure.unit.value);
    if (figure.note == rollup::Note::own || figure.note == rollup::Note::undivided)
        key += "/" + std::string(word(figure.note));
    return key;
}

Result<Composed> compose_report(const Sources& sources, const ReportOrder& order)
{
    PHOIHOP_TRY(data, gather(sources, order));
    Composed composed;
    documents::OfficialDocument& document = composed.document;
    document = headed(data.issuer, sources.programme, order.made_on);
    document.type_name = "Báo cáo";
    document.notation = report_notation(data.issuer);
    document.summary = "Kết quả thực hiện " + programme_words(sources.programme) + " " + period_words(order.period);
    document.addressees = superiors_of(sources.programme, sources.territory, data.issuer, data.dates.cut_off());
    if (!document.addressees.empty()) document.recipients.push_back("Như trên");
    if (data.issuer.name.starts_with("Ban Chỉ đạo")) document.recipients.push_back("Các thành viên Ban Chỉ đạo");
    if (!data.localities.empty()) document.recipients.push_back("Các đơn vị trực thuộc (để thực hiện)");
    document.recipients.push_back("Lưu: VT");
    ReportWriter(data, composed).write();
    add_annexes(data, document);
    composed.figures = figures_of(data);
    return composed;
}

Result<void> apply_edits(Composed& composed, const Edits& edits)
{
    for (const auto& [key, words] : edits) {
        const auto found = std::find_if(composed.passages.begin(), composed.passages.end(),
                                        [&](const Passage& passage) { return passage.key == key; });
        if (found == composed.passages.end())
            return refuse(ProblemCode::unknown_name, key, {{"what", "passage"}, {"found", key}});
        if (words.size() > passage_length_max)
            return refuse(ProblemCode::too_large, key,
                          {{"limit", std::to_string(passage_length_max)}, {"found", std::to_string(words.size())}});
        auto& block = composed.document.body[found->block];
        if (auto* paragraph = std::get_if<Paragraph>(&block)) paragraph->runs = {{words}};
        if (auto* item = std::get_if<Item>(&block)) item->runs = {{words}};
    }
    return {};
}

std::string words_of(const Composed& composed, const Passage& passage)
{
    const auto& block = composed.document.body.at(passage.block);
    const auto* paragraph = std::get_if<Paragraph>(&block);
    const auto* item = std::get_if<Item>(&block);
    std::string words;
    if (paragraph != nullptr)
        for (const Run& run : paragraph->runs) words += run.text;
    if (item != nullptr)
        for (const Run& run : item->runs) words += run.text;
    return words;
}

}  // namespace phoihop::dispatch
