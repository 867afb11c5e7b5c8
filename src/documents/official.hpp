// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/table.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace phoihop::documents {

/// Whose rules the page follows. The families differ in the head of the page, in how the number is
/// written and in a few sizes, and in nothing else.
enum class Family : std::uint8_t {
    state,  // Nghị định 30/2020/NĐ-CP, Annex I
    front,  // Hướng dẫn 91/HD-MTTW-BTT: the state's form with the Front's own head
    joint,  // several bodies in one head, each with its signature
    party,  // Hướng dẫn 36-HD/VPTW, Annex 3
};

enum class Emphasis : std::uint8_t { plain, bold, italic, bold_italic };

/// A stretch of text in one style. `figure` names the figure that it prints, so that a reader can ask where
/// it comes from; empty for ordinary words.
struct Run {
    std::string text = {};
    Emphasis emphasis = Emphasis::plain;
    std::string figure = {};

    friend bool operator==(const Run&, const Run&) = default;
};

/// A paragraph of the body: justified, first line indented.
struct Paragraph {
    std::vector<Run> runs = {};
};

/// A point of a list: "- " and the text.
struct Item {
    std::vector<Run> runs = {};
};

/// A heading: level 1 is "I.", level 2 "1.", level 3 "a)". The numbers are given when the page is composed;
/// an unnumbered heading takes none.
struct Heading {
    int level = 1;
    std::string text = {};
    bool numbered = true;
};

enum class ColumnKind : std::uint8_t { text, number, centred };

struct TableColumn {
    std::string head = {};
    double width = 1;  // relative to the other columns
    ColumnKind kind = ColumnKind::text;
    std::string group = {};  // neighbours of the same group stand under one common head
};

/// What a row is: `section` runs across the table in bold ("A. Tổ chức, chỉ đạo"); `total` is bold.
enum class TableRowRole : std::uint8_t { body, total, section };

/// Numbers are plain decimals and are printed in the Vietnamese way; texts in a number column
/// ("không phát sinh") are centred.
struct TableRow {
    std::vector<Cell> cells = {};
    TableRowRole role = TableRowRole::body;
};

struct Table {
    std::string caption = {};    // above, centred, bold
    std::string unit_note = {};  // above, at the right, italic: "Đơn vị tính: …"
    std::vector<TableColumn> columns = {};
    std::vector<TableRow> rows = {};
    double points = 12;
    bool column_numbers = false;  // a row (1) (2) (3) under the heads
};

struct PageBreak {};

using Block = std::variant<Paragraph, Item, Heading, Table, PageBreak>;

/// An annex on its own page. Its name ("Phụ lục", or "Phụ lục I" when there are several) and the line
/// "(Kèm theo Báo cáo số …)" are given when the page is composed.
struct Annex {
    std::string title = {};
    bool landscape = true;
    std::vector<Block> blocks = {};
};

/// Who signs, as printed: {"TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"}. The name is blank until
/// somebody signs; titles are not printed before it (Nghị định 30/2020/NĐ-CP, Annex I, II.7).
struct Signature {
    std::vector<std::string> capacity = {};
    std::string name = {};
};

/// An official document as a plain value: everything that its reader sees, and nothing that must be worked
/// out. Both writers print exactly this, so that DOCX and PDF never say different things.
struct OfficialDocument {
    Family family = Family::state;
    std::vector<std::string> governing_bodies = {};  // above the issuer: "Bộ Công an"; printed in capitals
    std::vector<std::string> issuing_bodies = {};    // several in a joint document; "\n" breaks a long name
    std::string type_name = {};                      // "Báo cáo"; empty for a letter (công văn)
    std::string summary = {};                        // "Kết quả …"; of a letter without its "V/v"
    std::string notation = {};                       // "BC-BCĐ"
    std::optional<int> number = {};                  // room to write it is left until it is given
    std::string place = {};                          // "Hà Nội"
    std::optional<Date> issued_on = {};              // room for day and month is left until it is given
    int year = 0;                                    // of the date line while `issued_on` is unknown
    std::string urgency = {};                        // "KHẨN": boxed under the number
    std::vector<std::string> addressees = {};        // "Kính gửi"
    std::vector<Block> body = {};
    std::vector<Signature> signatures = {};
    std::vector<std::string> recipients = {};  // "Nơi nhận", without dashes and stops: "Như trên", "Lưu: VT"
    std::vector<Annex> annexes = {};
    std::string mark = {};  // on every page, e.g. simulated_mark
    Date written_on = {};   // what the file says about when it was made
};

/// What every page of a simulated programme says.
inline constexpr std::string_view simulated_mark = "DỮ LIỆU MÔ PHỎNG";

}  // namespace phoihop::documents
