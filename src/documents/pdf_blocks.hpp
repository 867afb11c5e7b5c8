// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/pagination.hpp"
#include "documents/pdf_text.hpp"

#include <memory>

namespace phoihop::documents {

/// A strip and how it is drawn, its left edge at `x` and its upper one at `top`.
struct DrawnStrip {
    Strip strip;
    std::function<void(cairo_t* page, double x, double top)> draw;
    std::string bookmark = {};  // this line begins a chapter of that name
};

struct SetRow;

/// The strips of one section, in order; all are `width` wide.
class StripMaker {
public:
    StripMaker(const Fonts& fonts, double width) : m_fonts(fonts), m_width(width) {}

    void add_head(const PageText& page);
    void add_blocks(const std::vector<TextBlock>& blocks);
    /// Signatures and recipients, which stay together.
    void add_end(const PageText& page);

    [[nodiscard]] std::vector<DrawnStrip> take() { return std::move(m_strips); }

private:
    void add_paragraph(const TextParagraph& paragraph);
    void add_table(const TextTable& table);
    void add_row_in_lines(const std::shared_ptr<SetRow>& row, std::size_t head);

    const Fonts& m_fonts;
    double m_width;
    double m_room = 0;  // asked for below the strip before
    bool m_page_break = false;
    std::vector<DrawnStrip> m_strips;
};

}  // namespace phoihop::documents
