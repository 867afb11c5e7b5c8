// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/fonts.hpp"

#include <pango/pango.h>

#include <memory>

namespace phoihop::documents {

struct Unreference {
    void operator()(void* object) const { g_object_unref(object); }
};
/// Owns one reference to a GObject.
template <class T>
using GHandle = std::unique_ptr<T, Unreference>;

struct FreeFont {
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
using FontHandle = std::unique_ptr<PangoFontDescription, FreeFont>;

/// The page's family at a size in points. Named by `set_family`: in a font string, "Roman" would be read as
/// a style. The size is absolute, because one unit of a PDF page is one point.
[[nodiscard]] inline FontHandle font_of(double points, bool bold, bool italic)
{
    FontHandle font(pango_font_description_new());
    pango_font_description_set_family(font.get(), Fonts::family);
    pango_font_description_set_absolute_size(font.get(), points * PANGO_SCALE);
    pango_font_description_set_weight(font.get(), bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font.get(), italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    return font;
}

}  // namespace phoihop::documents
