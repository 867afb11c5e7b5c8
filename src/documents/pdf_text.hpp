// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/page_text.hpp"
#include "documents/pango_handles.hpp"

#include <cairo.h>

#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace phoihop::documents {

/// How a text is set. Lengths in points.
struct Setting {
    double width = 0;
    double points = 14;
    bool bold = false;
    bool italic = false;
    Alignment alignment = Alignment::left;
    double first_line = 0;
    double line_spacing = 1;
};

/// A text broken into lines, ready to be drawn line by line.
class SetText {
public:
    SetText(const Fonts& fonts, std::span<const Run> runs, const Setting& setting);
    SetText(const Fonts& fonts, std::string_view text, const Setting& setting);

    [[nodiscard]] std::size_t lines() const { return m_left.size(); }
    [[nodiscard]] double line_height() const { return m_line_height; }
    [[nodiscard]] double height() const { return m_line_height * static_cast<double>(lines()); }
    /// Of the longest line.
    [[nodiscard]] double width() const { return m_width; }
    /// Of the last line.
    [[nodiscard]] double last_width() const { return m_last_width; }

    void draw_line(cairo_t* page, std::size_t line, double x, double top) const;
    void draw(cairo_t* page, double x, double top) const;

private:
    std::shared_ptr<PangoLayout> m_layout;  // shared by the strips that draw its lines
    std::vector<double> m_left;             // of each line
    double m_line_height = 0;
    double m_baseline = 0;  // below the top of a line
    double m_width = 0;
    double m_last_width = 0;
};

/// A thin drawn line: official rules are neither underlines nor rows of dashes.
void draw_rule(cairo_t* page, double x, double y, double length);

}  // namespace phoihop::documents
