// SPDX-License-Identifier: Apache-2.0
#include "documents/docx_writer.hpp"
#include "documents/page_text.hpp"
#include "documents/pdf_writer.hpp"
#include "documents/zip_archive.hpp"
#include "support/golden.hpp"
#include "support/run_program.hpp"
#include "support/sample_documents.hpp"

#include <doctest/doctest.h>
#include <pugixml.hpp>

#include <algorithm>
#include <iterator>
#include <sstream>

using namespace phoihop;
using namespace phoihop::documents;

namespace {

struct Sample {
    std::string name;
    OfficialDocument document;
};

std::vector<Sample> samples()
{
    return {{"province_report", sample::province_report()},
            {"front_letter", sample::front_letter()},
            {"joint_programme", sample::joint_programme()},
            {"party_guide", sample::party_guide()}};
}

/// The words of a text, each once, in order of the alphabet.
std::vector<std::string> words_of(const std::string& text)
{
    std::istringstream stream(text);
    std::vector<std::string> words{std::istream_iterator<std::string>(stream), {}};
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

/// What the text says without blanks, so that line ends do not matter.
std::string squeezed(std::string_view text)
{
    std::string all;
    for (const char c : text)
        if (c != ' ' && c != '\n' && c != '\f' && c != '|') all += c;
    return all;
}

/// Every text of document.xml in order.
struct TextWalker : pugi::xml_tree_walker {
    std::string text;
    bool for_each(pugi::xml_node& node) override
    {
        if (std::string_view(node.name()) == "w:t") text += node.child_value();
        if (std::string_view(node.name()) == "w:br" || std::string_view(node.name()) == "w:p") text += ' ';
        return true;
    }
};

pugi::xml_document document_xml(const std::string& docx)
{
    const std::string xml = ZipReader::open(docx).value().read("word/document.xml").value();
    pugi::xml_document parsed;
    REQUIRE(parsed.load_string(xml.c_str(), pugi::parse_default | pugi::parse_ws_pcdata_single));
    return parsed;
}

std::string docx_text(const std::string& docx)
{
    pugi::xml_document parsed = document_xml(docx);
    TextWalker walker;
    parsed.traverse(walker);
    return walker.text;
}

std::string pdf_text(const std::string& pdf)
{
    const support::ScratchFolder folder;
    return support::output_of({"pdftotext", "-enc", "UTF-8", "-layout", folder.write("a.pdf", pdf), "-"});
}

}  // namespace

TEST_CASE("documents: equal documents give equal bytes, from one set of fonts or another")
{
    const Fonts fonts;
    for (const Sample& sample : samples()) {
        CHECK(write_docx(sample.document, fonts) == write_docx(sample.document));
        CHECK(write_pdf(sample.document, fonts) == write_pdf(sample.document));
    }
}

TEST_CASE("documents: DOCX says exactly what was composed, in its order")
{
    for (const Sample& sample : samples()) {
        OfficialDocument unmarked = sample.document;
        unmarked.mark.clear();  // it stands in the header, which is another part
        CHECK_MESSAGE(squeezed(docx_text(write_docx(unmarked))) == squeezed(plain_text(compose_page(unmarked))),
                      sample.name);
    }
}

TEST_CASE("documents: every word of the composed page can be found in the text of the PDF")
{
    for (const Sample& sample : samples()) {
        const std::string found = squeezed(pdf_text(write_pdf(sample.document)));
        for (const std::string& word : words_of(plain_text(compose_page(sample.document))))
            if (word != "|") CHECK_MESSAGE(found.find(word) != std::string::npos, sample.name << ": " << word);
    }
}

TEST_CASE("documents: pages look as they did, line by line")
{
    const Fonts fonts;
    for (const Sample& sample : samples()) {
        support::check_golden("documents/" + sample.name + ".pdf.txt", pdf_text(write_pdf(sample.document, fonts)));
        std::ostringstream xml;
        document_xml(write_docx(sample.document, fonts)).save(xml, " ");
        support::check_golden("documents/" + sample.name + ".document.xml", xml.str());
    }
}

TEST_CASE("documents: the PDF embeds Tinos and nothing else")
{
    const support::ScratchFolder folder;
    std::istringstream lines(
        support::output_of({"pdffonts", folder.write("a.pdf", write_pdf(sample::province_report()))}));
    std::string line;
    std::getline(lines, line);
    REQUIRE(line.find("name") == 0);
    std::getline(lines, line);
    int fonts = 0;
    while (std::getline(lines, line)) {
        ++fonts;
        CHECK_MESSAGE(line.find("+Tinos") != std::string::npos, line);
        CHECK_MESSAGE(line.find("yes yes yes") != std::string::npos,
                      line);  // embedded, subset, with its letters' names
    }
    CHECK(fonts >= 4);
}

TEST_CASE("documents: the report has A4 pages, its annex lies across, and its dates are its own")
{
    const support::ScratchFolder folder;
    const std::string said = support::output_of(
        {"pdfinfo", "-f", "1", "-l", "9", "-isodates", folder.write("a.pdf", write_pdf(sample::province_report()))});
    CHECK(said.find("Page    1 size:  595.276 x 841.89 pts (A4)") != std::string::npos);
    CHECK(said.find("Page    4 size:  841.89 x 595.276 pts (A4)") != std::string::npos);
    CHECK(said.find("CreationDate:    2015-07-05T00:00:00Z") != std::string::npos);
    CHECK(said.find("Title:           Báo cáo Kết quả thực hiện Chương trình phối hợp số 09/CTr-BCA-MTTW 6 tháng") !=
          std::string::npos);
}

TEST_CASE("documents: the mark of simulated data stands on every page, page numbers from the second on")
{
    const std::string text = pdf_text(write_pdf(sample::province_report()));
    std::istringstream pages(text);
    std::string page;
    int number = 0;
    while (std::getline(pages, page, '\f')) {
        const std::string first_line = page.substr(0, page.find('\n'));
        CHECK(first_line.find(simulated_mark) != std::string::npos);
        ++number;
        CHECK((first_line.find(std::to_string(number)) != std::string::npos) == (number > 1));
    }
    CHECK(number == 5);
}

TEST_CASE("documents: a row higher than a page is cut between its lines and loses no word")
{
    OfficialDocument d = sample::front_letter();
    std::string words;
    for (int i = 0; i < 1500; ++i) words += "từ" + std::to_string(i) + " ";
    d.body = {Table{.columns = {{"STT", 1}, {"Ghi chú", 4}}, .rows = {{{text_cell("1"), text_cell(words)}}}}};
    const std::string pdf = write_pdf(d);
    const std::string found = squeezed(pdf_text(pdf));
    for (const std::string& word : words_of(words)) CHECK_MESSAGE(found.find(word) != std::string::npos, word);
    CHECK(std::count(found.begin(), found.end(), 'G') >= 3);  // the head "Ghi chú" stands on each page
}

TEST_CASE("documents: letters outside the fonts and characters outside XML do no harm")
{
    OfficialDocument d = sample::front_letter();
    d.body = {sample::words("漢字 \x01 & <b> \"x\" 😀"), sample::words(std::string(3000, 'm')), Paragraph{}};
    CHECK(write_pdf(d).starts_with("%PDF-"));
    CHECK(docx_text(write_docx(d)).find("漢字  & <b> \"x\" 😀") != std::string::npos);
}
