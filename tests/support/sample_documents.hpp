// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/official.hpp"

#include <array>
#include <string>

/// Official documents as tests and people look at them: all made up.
namespace phoihop::documents::sample {

inline Paragraph words(std::string text)
{
    return {{{std::move(text)}}};
}

inline Table indicator_table()
{
    Table table;
    table.unit_note = "Số liệu tính từ ngày 01/01/2015 đến ngày 30/6/2015";
    table.column_numbers = true;
    table.columns = {{"STT", 0.5, ColumnKind::centred},
                     {"Chỉ tiêu", 3.6},
                     {"Đơn vị tính", 1, ColumnKind::centred},
                     {"Kỳ này", 1.1, ColumnKind::number, "6 tháng đầu năm 2015"},
                     {"Đơn vị báo cáo", 1, ColumnKind::centred, "6 tháng đầu năm 2015"},
                     {"6 tháng cuối năm 2014", 1.1, ColumnKind::number, "So sánh"},
                     {"Cùng kỳ năm 2014", 1.1, ColumnKind::number, "So sánh"},
                     {"Ghi chú", 1.6}};
    const auto section = [&](std::string_view title) {
        table.rows.push_back({{text_cell(title)}, TableRowRole::section});
    };
    int count = 0;
    const auto row = [&](std::string_view name, std::string_view unit, std::string_view now, std::string_view last,
                         std::string_view year, std::string_view note = "") {
        table.rows.push_back({{number_cell(std::to_string(++count)), text_cell(name), text_cell(unit),
                               now.empty() ? text_cell("không phát sinh") : number_cell(now), text_cell("68/71"),
                               number_cell(last), number_cell(year), text_cell(note)}});
    };
    section("A. Tổ chức, chỉ đạo");
    row("Ban chỉ đạo đã thành lập, kiện toàn", "ban", "71", "69", "64");
    row("Văn bản chỉ đạo, hướng dẫn ban hành", "văn bản", "1042", "998", "1005");
    row("Kinh phí thực hiện chương trình", "triệu đồng", "1234567.89", "1198002.50", "1002345.00",
        "Gồm ngân sách và xã hội hóa");
    section("B. Tuyên truyền, vận động");
    const std::array<std::string_view, 18> names{"Buổi tuyên truyền trực tiếp",
                                                 "Lượt người dự tuyên truyền",
                                                 "Tin, bài, phóng sự",
                                                 "Lượt phát thanh cơ sở",
                                                 "Tờ rơi, tài liệu phát hành",
                                                 "Pa-nô, áp phích, băng rôn",
                                                 "Điểm tổ chức Ngày hội Toàn dân bảo vệ an ninh Tổ quốc",
                                                 "Lượt người dự Ngày hội Toàn dân bảo vệ an ninh Tổ quốc",
                                                 "Mô hình tự quản về an ninh, trật tự đang hoạt động",
                                                 "Mô hình thành lập mới trong kỳ",
                                                 "Điểm nhân rộng mô hình",
                                                 "Tổ an ninh nhân dân",
                                                 "Tổ hòa giải ở cơ sở",
                                                 "Khu dân cư đạt tiêu chuẩn “An toàn về an ninh, trật tự”",
                                                 "Lớp tập huấn, bồi dưỡng nghiệp vụ",
                                                 "Lượt cán bộ được tập huấn",
                                                 "Ý kiến, kiến nghị của Nhân dân được tiếp nhận",
                                                 "Ý kiến, kiến nghị đã được trả lời"};
    for (std::size_t i = 0; i < names.size(); ++i)
        row(names[i], i % 2 == 0 ? "buổi" : "lượt", i == 9 ? "" : std::to_string(7919 * (i * i * i + 1)),
            std::to_string(6007 * (i * i + 1)), std::to_string(104729 * (i + 1)));
    table.rows.push_back({{Cell{}, text_cell("Tỷ lệ báo cáo gửi đúng hạn"), text_cell("%"), number_cell("98.5"),
                           text_cell("68/71"), number_cell("97.2"), number_cell("90.1"), Cell{}},
                          TableRowRole::total});
    return table;
}

/// The six-month report of a province, in several pages, with an annex.
inline OfficialDocument province_report()
{
    OfficialDocument d;
    d.governing_bodies = {"Ủy ban nhân dân tỉnh Lào Cai"};
    d.issuing_bodies = {"Ban Chỉ đạo thực hiện\nChương trình phối hợp số 09"};
    d.type_name = "Báo cáo";
    d.summary = "Kết quả thực hiện Chương trình phối hợp số 09/CTr-BCA-MTTW\n6 tháng đầu năm 2015";
    d.notation = "BC-BCĐ";
    d.number = 5;
    d.place = "Lào Cai";
    d.issued_on = day(2015, 7, 5);
    d.written_on = day(2015, 7, 5);
    d.addressees = {"Ban Chỉ đạo Trung ương Chương trình phối hợp số 09"};
    d.signatures = {{{"TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"}}};
    d.recipients = {"Như trên", "Thường trực Tỉnh ủy, HĐND, UBND tỉnh (báo cáo)", "Ủy ban MTTQ Việt Nam tỉnh",
                    "Các thành viên Ban Chỉ đạo", "Lưu: VT, PV28"};
    const auto figure = [](std::string text, std::string name) {
        return Run{std::move(text), Emphasis::bold, std::move(name)};
    };
    d.body.push_back(Paragraph{
        {{"Căn cứ Chương trình phối hợp số 09/CTr-BCA-MTTW ngày 01 tháng 8 năm 2013 giữa Bộ Công an và Ban Thường "
          "trực Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam về “Đẩy mạnh phong trào Toàn dân bảo vệ an ninh Tổ quốc "
          "trong tình hình mới”;",
          Emphasis::italic}}});
    d.body.push_back(words("Ban Chỉ đạo tỉnh báo cáo kết quả thực hiện 6 tháng đầu năm 2015 như sau:"));
    d.body.push_back(Heading{1, "TÌNH HÌNH, CÔNG TÁC CHỈ ĐẠO"});
    d.body.push_back(Paragraph{{{"Trong kỳ, "},
                                figure("68/71", "n"),
                                {" đơn vị đã gửi báo cáo; "},
                                figure("71", "A1"),
                                {" Ban chỉ đạo đã thành lập, kiện toàn, đạt "},
                                figure("100%", "A2"),
                                {", tăng 02 ban so với 6 tháng cuối năm 2014. Các cấp đã ban hành "},
                                figure("1.042", "A3"),
                                {" văn bản chỉ đạo, hướng dẫn; kinh phí thực hiện "},
                                figure("1.234.567,89", "A8"),
                                {" triệu đồng."}}});
    d.body.push_back(Heading{1, "KẾT QUẢ THỰC HIỆN"});
    for (int round = 0; round < 2; ++round) {
        d.body.push_back(Heading{2, round == 0 ? "Công tác tuyên truyền, vận động" : "Xây dựng, nhân rộng mô hình"});
        d.body.push_back(
            words("Đã tổ chức 7.919 buổi tuyên truyền trực tiếp với 63.352 lượt người dự; các cơ quan báo chí, đài "
                  "truyền thanh "
                  "cơ sở đăng, phát nhiều tin, bài, phóng sự về phong trào. Những đơn vị có kết quả cao là thành phố "
                  "Lào Cai, huyện "
                  "Bảo Thắng, huyện Bát Xát; các đơn vị chưa gửi báo cáo gồm xã Y Tý, xã A Mú Sung, xã Nậm Chảy."));
        d.body.push_back(Heading{3, "Ở khu dân cư"});
        d.body.push_back(Item{{{"Duy trì 92 mô hình tự quản về an ninh, trật tự; "},
                               {"kiện toàn", Emphasis::bold_italic},
                               {" các tổ an ninh nhân dân, tổ hòa giải."}}});
        d.body.push_back(Item{
            {{"Phát huy vai trò của Ban Công tác Mặt trận ở khu dân cư trong vận động Nhân dân tham gia tự phòng, tự "
              "quản, tự bảo vệ, tự hòa giải."}}});
        d.body.push_back(Heading{3, "Ở cơ quan, doanh nghiệp, nhà trường"});
        d.body.push_back(words(
            "Tiếp tục thực hiện quy chế phối hợp; gắn phong trào với các cuộc vận động, phong trào thi đua yêu nước ở "
            "địa phương, "
            "tạo sự chuyển biến trong nhận thức và trách nhiệm của cán bộ, công chức, viên chức, người lao động."));
    }
    d.body.push_back(Heading{1, "ĐÁNH GIÁ CHUNG"});
    d.body.push_back(Heading{2, "Ưu điểm"});
    d.body.push_back(
        words("Chương trình được các cấp, các ngành triển khai đồng bộ, nghiêm túc, đúng tiến độ; nhiều chỉ tiêu vượt "
              "so với cùng kỳ."));
    d.body.push_back(Heading{2, "Hạn chế, nguyên nhân"});
    d.body.push_back(
        words("Một số địa phương chưa hoàn thành việc kiện toàn Ban chỉ đạo, chậm gửi báo cáo; chất lượng hoạt động "
              "của một số mô hình "
              "chưa đồng đều. Nguyên nhân chủ yếu do địa bàn rộng, cán bộ kiêm nhiệm, kinh phí còn hạn chế."));
    d.body.push_back(Heading{1, "PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2015"});
    d.body.push_back(
        words("Tiếp tục quán triệt, thực hiện nghiêm túc Chương trình phối hợp; hoàn thành kiện toàn Ban chỉ đạo các "
              "cấp trước ngày "
              "30 tháng 9 năm 2015; chuẩn bị tốt việc sơ kết theo kế hoạch."));
    d.body.push_back(
        words("Trên đây là kết quả thực hiện Chương trình phối hợp số 09/CTr-BCA-MTTW 6 tháng đầu năm 2015 của tỉnh "
              "Lào Cai."));
    d.annexes.push_back(
        {"Số liệu kết quả thực hiện Chương trình phối hợp 6 tháng đầu năm 2015", true, {indicator_table()}});
    d.mark = simulated_mark;
    return d;
}

/// A letter of the Front to late units, not yet numbered.
inline OfficialDocument front_letter()
{
    OfficialDocument d;
    d.family = Family::front;
    d.governing_bodies = {"Mặt trận Tổ quốc Việt Nam"};
    d.issuing_bodies = {"Ủy ban Trung ương"};
    d.summary = "đôn đốc gửi báo cáo 6 tháng đầu năm 2015";
    d.notation = "CV-MTTW-BTT";
    d.place = "Hà Nội";
    d.year = 2015;
    d.written_on = day(2015, 7, 15);
    d.urgency = "KHẨN";
    d.addressees = {"Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Lào Cai",
                    "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Hà Giang"};
    d.body = {words("Thực hiện Chương trình phối hợp số 09/CTr-BCA-MTTW, đến ngày 14 tháng 7 năm 2015, Ban Thường trực "
                    "chưa nhận được báo cáo 6 "
                    "tháng đầu năm 2015 của quý cơ quan (thời hạn gửi: ngày 10 tháng 7 năm 2015)."),
              words("Đề nghị quý cơ quan gửi báo cáo trước ngày 20 tháng 7 năm 2015.")};
    d.signatures = {{{"TM. BAN THƯỜNG TRỰC", "PHÓ CHỦ TỊCH"}}};
    d.recipients = {"Như trên", "Lưu: VT, DCPL"};
    return d;
}

/// A programme that two bodies sign.
inline OfficialDocument joint_programme()
{
    OfficialDocument d;
    d.family = Family::joint;
    d.issuing_bodies = {"Bộ Công an", "Ủy ban Trung ương\nMặt trận Tổ quốc Việt Nam"};
    d.type_name = "Chương trình phối hợp";
    d.summary = "Xây dựng phong trào Toàn dân bảo vệ an ninh Tổ quốc giai đoạn 2023 - 2033";
    d.notation = "CTrPH-BCA-MTTW";
    d.number = 7;
    d.place = "Hà Nội";
    d.issued_on = day(2023, 10, 17);
    d.written_on = day(2023, 10, 17);
    d.body = {Heading{1, "MỤC ĐÍCH, YÊU CẦU"}, words("Hai bên thống nhất nội dung phối hợp như sau.")};
    d.signatures = {{{"TM. BAN THƯỜNG TRỰC", "ỦY BAN TRUNG ƯƠNG MTTQ VIỆT NAM", "CHỦ TỊCH"}},
                    {{"BỘ TRƯỞNG", "BỘ CÔNG AN"}}};
    d.recipients = {"Thủ tướng Chính phủ (để báo cáo)", "Lưu: VT (BCA, MTTW)"};
    Annex first{"Danh mục nhiệm vụ", false, {words("Nội dung thứ nhất.")}};
    Annex second{"Danh mục chỉ tiêu", false, {words("Nội dung thứ hai.")}};
    d.annexes = {first, second};
    return d;
}

/// A guide of the Party.
inline OfficialDocument party_guide()
{
    OfficialDocument d;
    d.family = Family::party;
    d.governing_bodies = {"Ban Chấp hành Trung ương"};
    d.issuing_bodies = {"Ban Dân vận"};
    d.type_name = "Hướng dẫn";
    d.summary = "công tác dân vận năm 2015";
    d.notation = "HD/BDVTW";
    d.number = 127;
    d.place = "Hà Nội";
    d.issued_on = day(2015, 2, 5);
    d.written_on = day(2015, 2, 5);
    d.body = {words("Nội dung hướng dẫn.")};
    d.signatures = {{{"T/M BAN DÂN VẬN TRUNG ƯƠNG", "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"}}};
    d.recipients = {"Như trên", "Lưu"};
    return d;
}

}  // namespace phoihop::documents::sample
