// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/official.hpp"

namespace phoihop::documents {

/// The styles of an official page. One table of looks (`look_of`) serves both writers.
enum class ParagraphStyle : std::uint8_t {
    body,
    item,
    heading1,
    heading2,
    heading3,
    type_name,     // "BÁO CÁO"
    summary,       // under it
    address_one,   // "Kính gửi: …"
    address_head,  // "Kính gửi:" before a list
    address_item,
    address_last,
    annex_name,
    annex_title,
    annex_source,  // "(Kèm theo …)"
    caption,
    unit_note,
};

enum class Alignment : std::uint8_t { left, centre, right, justified };

/// Lengths in points. Between two paragraphs the larger of the two rooms is left, as word processors do.
struct Look {
    Alignment alignment = Alignment::justified;
    double points = 14;
    bool bold = false;
    bool italic = false;
    double first_line = 0;
    double left = 0;
    double before = 0;
    double after = 6;
    double line_spacing = 1.1;  // times the font's own line
    bool keep_with_next = false;
    double rule = 0;  // a rule below, as a part of the text's length
};

[[nodiscard]] const Look& look_of(ParagraphStyle style);

/// A line of the page's head or of the signature.
struct HeadLine {
    std::string text;
    double points = 13;
    bool bold = false;
    bool italic = false;
};

struct TextParagraph {
    ParagraphStyle style = ParagraphStyle::body;
    std::vector<Run> runs;
    bool keep_with_next = false;
};

/// A cell of a table, as printed.
struct TextCell {
    std::string text;
    Alignment alignment = Alignment::left;
    bool bold = false;
    std::size_t columns = 1;  // spanned
    std::size_t rows = 1;     // spanned; 0 for a place that the cell above covers
};

struct TextTable {
    double points = 12;
    std::vector<double> widths;                // parts of the whole, sum 1
    std::vector<std::vector<TextCell>> heads;  // repeated on every page
    std::vector<std::vector<TextCell>> rows;
};

using TextBlock = std::variant<TextParagraph, TextTable, PageBreak>;

struct SignatureText {
    std::vector<std::string> capacity;
    std::string name;
};

struct AnnexText {
    bool landscape = true;
    std::vector<TextBlock> blocks;
};

/// Every text of the document as it will stand on the page, in order: numbers given, capitals made,
/// stops and dashes set, "./." at the end. Both writers print this and add no word of their own.
struct PageText {
    std::vector<HeadLine> left;
    std::vector<HeadLine> right;
    double left_rule = 0;  // parts of the last line's length; 0 for none
    double right_rule = 0;
    HeadLine number;
    HeadLine date;
    std::vector<HeadLine> under_number;  // "V/v …" of a letter
    std::string urgency;
    std::vector<TextBlock> blocks;
    std::vector<SignatureText> signatures;
    std::vector<std::string> recipients;
    std::vector<AnnexText> annexes;
    std::string mark;
    std::string title;  // for the file's properties
    std::string author;
    Date written_on;
};

[[nodiscard]] PageText compose_page(const OfficialDocument& document);

/// The composed page as plain lines of text: for search, for tests, and for a reader without a viewer.
[[nodiscard]] std::string plain_text(const PageText& page);

/// A4 and the margins of Nghị định 30/2020/NĐ-CP, Annex I, I.4 (top and bottom 20, left 30, right 15 mm),
/// in points.
inline constexpr double points_per_mm = 72 / 25.4;
inline constexpr double page_width = 210 * points_per_mm;
inline constexpr double page_height = 297 * points_per_mm;
inline constexpr double margin_top = 20 * points_per_mm;
inline constexpr double margin_bottom = 20 * points_per_mm;
inline constexpr double margin_left = 30 * points_per_mm;
inline constexpr double margin_right = 15 * points_per_mm;

/// The left column of the head; the right one must hold "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in one line.
inline constexpr double head_left_share = 0.44;
inline constexpr double recipients_share = 0.48;
inline constexpr double end_room = 12;      // between the body and the signature
inline constexpr double signing_room = 66;  // between capacity and name
inline constexpr double page_number_points = 13;
inline constexpr double recipients_head_points = 12;
inline constexpr double recipients_points = 11;
inline constexpr double signature_points = 14;

}  // namespace phoihop::documents
