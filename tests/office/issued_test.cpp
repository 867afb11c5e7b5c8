// SPDX-License-Identifier: Apache-2.0
// The documents of a whole province, as the command line makes them from simulated reports, judged by other programs.
#include "documents/xlsx_reader.hpp"
#include "documents/zip_archive.hpp"
#include "support/office_suite.hpp"
#include "text/number_format.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using support::check_valid;
using support::converted;
using support::output_of;
using support::read_file;
using support::ScratchFolder;
using support::squeezed;
using support::words_of;

namespace {

const std::string sources = PHOIHOP_SOURCE_DIR;

/// Programme 09 with a year and a half of simulated reports of the whole country; made once.
const std::string& office()
{
    static const ScratchFolder kept;
    static const std::string path = [] {
        const std::string made = kept.file("office.db");
        const auto call = [&](std::vector<std::string> words) {
            words.insert(words.begin(), PHOIHOP_PROGRAM);
            words.insert(words.end(), {"--db", made});
            output_of(words);
        };
        call({"init"});
        call({"units", "import", sources + "/data/vn-units"});
        call({"programme", "load", "--simulated", sources + "/programmes/ctr-09"});
        call({"simulate", "--programme", "ctr-09", "--from", "2014-Q1", "--to", "2015-Q2", "--seed", "7"});
        return made;
    }();
    return path;
}

std::string run_for(const ScratchFolder& folder, std::vector<std::string> words)
{
    words.insert(words.begin(), PHOIHOP_PROGRAM);
    words.insert(words.end(), {"--db", office(), "--programme", "ctr-09", "--out", folder.file(".")});
    return output_of(words);
}

std::string pdf_text(const std::string& path)
{
    return output_of({"pdftotext", "-layout", path, "-"});
}

int pages(const std::string& pdf)
{
    const std::string said = output_of({"pdfinfo", pdf});
    return std::stoi(said.substr(said.find("Pages:") + 6));
}

/// How often a part of a DOCX has `what`.
std::size_t count(const std::string& xml, const std::string& what)
{
    std::size_t times = 0;
    for (std::size_t at = 0; (at = xml.find(what, at)) != std::string::npos; at += what.size()) ++times;
    return times;
}

std::string part_of(const std::string& docx, const std::string& name)
{
    const auto archive = documents::ZipReader::open(docx).value();
    return archive.contains(name) ? archive.read(name).value() : std::string{};
}

std::string headers_of(const std::string& docx)
{
    std::string all;
    for (int i = 1; i < 9; ++i) all += part_of(docx, "word/header" + std::to_string(i) + ".xml");
    return all;
}

/// What LibreOffice makes of our DOCX is our PDF: the same words on as many pages; and what it saves again has the same
/// tables, headings and running heads.
void check_round_trip(const ScratchFolder& folder, const std::string& stem)
{
    const std::string docx = folder.file(stem + ".docx");
    check_valid(docx);
    const std::string ours = folder.file(stem + ".pdf");
    const std::string theirs = converted(folder, docx, "pdf");
    CHECK(pages(theirs) == pages(ours));
    const std::string shown = squeezed(pdf_text(theirs));
    for (const std::string& word : words_of(pdf_text(ours)))
        CHECK_MESSAGE(shown.find(word) != std::string::npos, stem, ": ", word);

    const std::string odt = converted(folder, docx, "odt");
    const std::string again = read_file(converted(folder, odt, "docx"));
    const std::string before = read_file(docx);
    const std::string was = part_of(before, "word/document.xml");
    const std::string is = part_of(again, "word/document.xml");
    CHECK(count(is, "<w:tbl>") == count(was, "<w:tbl>"));
    CHECK(count(is, "<w:tr>") + count(is, "<w:tr ") == count(was, "<w:tr>") + count(was, "<w:tr "));
    for (const char* heading : {"\"Heading1\"", "\"Heading2\""})
        CHECK_MESSAGE(count(is, heading) == count(was, heading), heading);
    CHECK(headers_of(again).find("MÔ PHỎNG") != std::string::npos);
    CHECK(headers_of(again).find("PAGE") != std::string::npos);
}

}  // namespace

TEST_CASE("office: a province's half-year report is valid, survives LibreOffice and prints every figure of its annex")
{
    const ScratchFolder folder;
    run_for(folder, {"report", "--unit", "vn63:02", "--period", "2015-H1", "--on", "2016-02-05"});
    const std::string stem = "bao-cao-vn63-02-2015-H1";
    check_round_trip(folder, stem);
    const std::string text = pdf_text(folder.file(stem + ".pdf"));
    const std::string printed = squeezed(text);
    for (const std::string& words : std::initializer_list<std::string>{
             "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ỦY BAN NHÂN DÂN", "TỈNH HÀ GIANG",
             "/BC-BCĐ", "ngày 05 tháng 02 năm 2016", "Nơi nhận:", "TM. BAN CHỈ ĐẠO", "Phụ lục II"})
        CHECK_MESSAGE(printed.find(squeezed(words)) != std::string::npos, words);
    std::size_t figures = 0;
    const auto words = words_of(text);
    const auto annex = documents::read_xlsx(read_file(folder.file(stem + ".xlsx"))).value();
    for (const auto& sheet : annex)
        for (const auto& row : sheet.rows)
            for (const auto& cell : row.cells) {
                if (cell.kind != documents::CellKind::number) continue;
                ++figures;
                CHECK_MESSAGE(words.count(text::number_vi(cell.text)) == 1, cell.text);
            }
    CHECK(figures > 200);
}

TEST_CASE("office: the Front's report bears the Front's head and survives LibreOffice")
{
    const ScratchFolder folder;
    run_for(folder, {"report", "--unit", "vn63:02", "--period", "2015-H1", "--party", "front", "--on", "2015-07-20"});
    check_round_trip(folder, "bao-cao-vn63-02-2015-H1");
    const std::string printed = squeezed(pdf_text(folder.file("bao-cao-vn63-02-2015-H1.pdf")));
    for (const std::string& words :
         std::initializer_list<std::string>{"BAN THƯỜNG TRỰC", "/BC-MTTQ-BTT", "TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"})
        CHECK_MESSAGE(printed.find(squeezed(words)) != std::string::npos, words);
}

TEST_CASE("office: a yearly report of the nation survives LibreOffice")
{
    const ScratchFolder folder;
    run_for(folder, {"report", "--unit", "iso:VN", "--period", "2014", "--on", "2015-02-05"});
    check_round_trip(folder, "bao-cao-iso-VN-2014");
}

TEST_CASE("office: a letter to a late commune is valid and survives LibreOffice")
{
    const ScratchFolder folder;
    run_for(folder, {"nudge", "--level", "commune", "--kind", "report", "--under", "vn63:02", "--on", "2015-07-20"});
    std::string stem;
    for (const auto& file : std::filesystem::directory_iterator(folder.file(".")))
        if (file.path().extension() == ".docx" && (stem.empty() || file.path().stem().string() < stem))
            stem = file.path().stem().string();
    REQUIRE(stem.starts_with("don-doc-vn63-"));
    check_round_trip(folder, stem);
}
