// SPDX-License-Identifier: Apache-2.0
#include "documents/pdf_text.hpp"

#include <pango/pangocairo.h>

#include <algorithm>

namespace phoihop::documents {

namespace {

PangoAlignment pango_alignment(Alignment alignment)
{
    switch (alignment) {
        case Alignment::centre: return PANGO_ALIGN_CENTER;
        case Alignment::right: return PANGO_ALIGN_RIGHT;
        case Alignment::left:
        case Alignment::justified: return PANGO_ALIGN_LEFT;
    }
    return PANGO_ALIGN_LEFT;
}

/// How long the text is without the spaces at its end.
std::size_t trimmed(std::string_view text)
{
    const std::size_t last = text.find_last_not_of(' ');
    return last == std::string_view::npos ? 0 : last + 1;
}

/// Weight and slope of the runs that differ from the setting; `text` takes their words. The spaces between two
/// runs belong to the later one: Pango 1.50 sets a justified line too short when it ends with a space and a run.
PangoAttrList* attributes_of(std::span<const Run> runs, std::string& text)
{
    PangoAttrList* list = pango_attr_list_new();
    // A letter that the family lacks shows as a box instead of coming from another font.
    pango_attr_list_insert(list, pango_attr_fallback_new(FALSE));
    // Vietnamese is not hyphenated: a word too long for its cell is cut without a mark that nobody wrote.
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
    const auto insert = [&](PangoAttribute* attribute, std::size_t from) {
        attribute->start_index = static_cast<guint>(from);
        attribute->end_index = static_cast<guint>(trimmed(text));
        pango_attr_list_insert(list, attribute);
    };
    for (const Run& run : runs) {
        const std::size_t from = trimmed(text);
        text += run.text;
        if (run.emphasis == Emphasis::bold || run.emphasis == Emphasis::bold_italic)
            insert(pango_attr_weight_new(PANGO_WEIGHT_BOLD), from);
        if (run.emphasis == Emphasis::italic || run.emphasis == Emphasis::bold_italic)
            insert(pango_attr_style_new(PANGO_STYLE_ITALIC), from);
    }
    return list;
}

double points_of(int units)
{
    return static_cast<double>(units) / PANGO_SCALE;
}

}  // namespace

SetText::SetText(const Fonts& fonts, std::span<const Run> runs, const Setting& setting)
    : m_layout(pango_layout_new(fonts.context()), Unreference{})
{
    PangoLayout* layout = m_layout.get();
    const FontHandle font = font_of(setting.points, setting.bold, setting.italic);
    pango_layout_set_font_description(layout, font.get());
    std::string text;
    PangoAttrList* attributes = attributes_of(runs, text);
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_width(layout, static_cast<int>(setting.width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, pango_alignment(setting.alignment));
    pango_layout_set_justify(layout, setting.alignment == Alignment::justified ? TRUE : FALSE);
    pango_layout_set_indent(layout, static_cast<int>(setting.first_line * PANGO_SCALE));
    pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));

    m_line_height = setting.points * Fonts::line_height * setting.line_spacing;
    m_baseline = setting.points * Fonts::ascent + (m_line_height - setting.points * Fonts::line_height) / 2;
    PangoLayoutIter* at = pango_layout_get_iter(layout);
    do {
        PangoRectangle line;
        pango_layout_iter_get_line_extents(at, nullptr, &line);
        m_left.push_back(points_of(line.x));
        m_last_width = points_of(line.width);
        m_width = std::max(m_width, m_last_width);
    } while (pango_layout_iter_next_line(at) != FALSE);
    pango_layout_iter_free(at);
}

SetText::SetText(const Fonts& fonts, std::string_view text, const Setting& setting)
    : SetText(fonts, std::vector<Run>{{std::string(text)}}, setting)
{
}

void SetText::draw_line(cairo_t* page, std::size_t line, double x, double top) const
{
    cairo_move_to(page, x + m_left[line], top + m_baseline);
    pango_cairo_show_layout_line(page, pango_layout_get_line_readonly(m_layout.get(), static_cast<int>(line)));
}

void SetText::draw(cairo_t* page, double x, double top) const
{
    for (std::size_t line = 0; line < lines(); ++line)
        draw_line(page, line, x, top + m_line_height * static_cast<double>(line));
}

void draw_rule(cairo_t* page, double x, double y, double length)
{
    cairo_set_line_width(page, 0.75);
    cairo_move_to(page, x, y);
    cairo_line_to(page, x + length, y);
    cairo_stroke(page);
}

}  // namespace phoihop::documents
