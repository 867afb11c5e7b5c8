// SPDX-License-Identifier: Apache-2.0
#include "documents/fonts.hpp"

#include "documents/pango_handles.hpp"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <mutex>
#include <stdexcept>
#include <string>

namespace phoihop::documents {

namespace {

struct DestroyConfig {
    void operator()(FcConfig* config) const { FcConfigDestroy(config); }
};
using ConfigHandle = std::unique_ptr<FcConfig, DestroyConfig>;

/// Pango starts a thread that would read all font rules of the machine, though none is asked: an empty configuration
/// put in their place keeps that thread, and whatever is installed, out of the program.
void forget_fonts_of_the_machine()
{
    static std::once_flag once;
    std::call_once(once, [] {
        const ConfigHandle nothing(FcConfigCreate());
        FcConfigSetCurrent(nothing.get());
    });
}

/// A private font configuration that knows four files and no rule, folder or cache of the machine.
ConfigHandle load_configuration()
{
    forget_fonts_of_the_machine();
    ConfigHandle config(FcConfigCreate());
    for (const char* face : {"Regular", "Bold", "Italic", "BoldItalic"}) {
        const std::string path = std::string(PHOIHOP_FONT_FOLDER "/") + Fonts::family + "-" + face + ".ttf";
        if (FcConfigAppFontAddFile(config.get(), reinterpret_cast<const FcChar8*>(path.c_str())) == FcFalse)
            throw std::runtime_error("fonts: cannot read " + path);
    }
    return config;
}

}  // namespace

struct Fonts::Held {
    ConfigHandle config = load_configuration();
    GHandle<PangoFontMap> map{pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)};
    GHandle<PangoContext> context;

    Held()
    {
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), config.get());
        context.reset(pango_font_map_create_context(map.get()));
        // Lengths must not depend on a screen: no hinting, no rounding.
        cairo_font_options_t* options = cairo_font_options_create();
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(context.get(), options);
        cairo_font_options_destroy(options);
        pango_context_set_round_glyph_positions(context.get(), FALSE);
        pango_context_set_language(context.get(), pango_language_from_string("vi"));
    }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    ~Held()
    {
        context.reset();
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), nullptr);
    }
};

Fonts::Fonts() : m_held(std::make_unique<Held>()) {}
Fonts::~Fonts() = default;
Fonts::Fonts(Fonts&&) noexcept = default;
Fonts& Fonts::operator=(Fonts&&) noexcept = default;

PangoContext* Fonts::context() const
{
    return m_held->context.get();
}

double Fonts::width(std::string_view text, double points, bool bold) const
{
    const GHandle<PangoLayout> layout(pango_layout_new(context()));
    const FontHandle font = font_of(points, bold, false);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    int width = 0;
    pango_layout_get_size(layout.get(), &width, nullptr);
    return static_cast<double>(width) / PANGO_SCALE;
}

}  // namespace phoihop::documents
