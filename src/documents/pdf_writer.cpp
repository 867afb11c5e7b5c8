// SPDX-License-Identifier: Apache-2.0
#include "documents/pdf_writer.hpp"

#include "documents/line_balance.hpp"
#include "documents/pdf_blocks.hpp"

#include <cairo-pdf.h>

#include <stdexcept>

namespace phoihop::documents {

namespace {

void check(cairo_status_t status)
{
    if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(std::string("pdf: ") + cairo_status_to_string(status));
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned length)
{
    static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

class PdfFile {
public:
    explicit PdfFile(const Fonts& fonts) : m_fonts(fonts)
    {
        m_surface = cairo_pdf_surface_create_for_stream(append, &m_bytes, page_width, page_height);
        check(cairo_surface_status(m_surface));
        m_page = cairo_create(m_surface);
    }
    PdfFile(const PdfFile&) = delete;
    PdfFile& operator=(const PdfFile&) = delete;
    ~PdfFile()
    {
        cairo_destroy(m_page);
        cairo_surface_destroy(m_surface);
    }

    void describe(const PageText& text)
    {
        const auto set = [&](cairo_pdf_metadata_t key, const std::string& value) {
            cairo_pdf_surface_set_metadata(m_surface, key, value.c_str());
        };
        set(CAIRO_PDF_METADATA_TITLE, text.title);
        set(CAIRO_PDF_METADATA_AUTHOR, text.author);
        set(CAIRO_PDF_METADATA_CREATOR, "Phối Hợp");
        set(CAIRO_PDF_METADATA_CREATE_DATE, format_date(text.written_on) + "T00:00:00Z");
        set(CAIRO_PDF_METADATA_MOD_DATE, format_date(text.written_on) + "T00:00:00Z");
    }

    void add_section(const std::vector<DrawnStrip>& strips, double width, double height, const std::string& mark)
    {
        std::vector<Strip> plain;
        for (const DrawnStrip& strip : strips) plain.push_back(strip.strip);
        for (const PlacedPage& page : paginate(plain, height - margin_top - margin_bottom)) {
            begin_page(width, height, mark);
            for (const PlacedStrip& placed : page) {
                const DrawnStrip& strip = strips[placed.strip];
                const double top = margin_top + placed.top;
                strip.draw(m_page, margin_left, top);
                if (!strip.bookmark.empty()) add_bookmark(strip.bookmark, top);
            }
            cairo_show_page(m_page);
        }
    }

    std::string finish()
    {
        check(cairo_status(m_page));
        cairo_surface_finish(m_surface);
        check(cairo_surface_status(m_surface));
        return std::move(m_bytes);
    }

private:
    void begin_page(double width, double height, const std::string& mark)
    {
        cairo_pdf_surface_set_size(m_surface, width, height);
        cairo_set_source_rgb(m_page, 0, 0, 0);
        const double text_width = width - margin_left - margin_right;
        const double top = 10 * points_per_mm;
        if (++m_number > 1) {
            const SetText number(m_fonts, std::to_string(m_number),
                                 {.width = text_width, .points = page_number_points, .alignment = Alignment::centre});
            number.draw(m_page, margin_left, top);
        }
        if (mark.empty()) return;
        const SetText text(m_fonts, mark,
                           {.width = text_width, .points = 11, .bold = true, .alignment = Alignment::right});
        cairo_set_source_rgb(m_page, 0.75, 0, 0);
        text.draw(m_page, margin_left, top);
        cairo_set_source_rgb(m_page, 0, 0, 0);
    }

    void add_bookmark(const std::string& name, double top)
    {
        const std::string place =
            "page=" + std::to_string(m_number) + " pos=[0 " + std::to_string(static_cast<int>(top)) + "]";
        cairo_pdf_surface_add_outline(m_surface, CAIRO_PDF_OUTLINE_ROOT, name.c_str(), place.c_str(),
                                      CAIRO_PDF_OUTLINE_FLAG_OPEN);
    }

    const Fonts& m_fonts;
    std::string m_bytes;
    cairo_surface_t* m_surface = nullptr;
    cairo_t* m_page = nullptr;
    int m_number = 0;
};

}  // namespace

std::string write_pdf(const OfficialDocument& document, const Fonts& fonts)
{
    PageText text = compose_page(document);
    balance_lines(text, fonts);
    PdfFile file(fonts);
    file.describe(text);
    StripMaker main_part(fonts, page_width - margin_left - margin_right);
    main_part.add_head(text);
    main_part.add_blocks(text.blocks);
    main_part.add_end(text);
    file.add_section(main_part.take(), page_width, page_height, text.mark);
    for (const AnnexText& annex : text.annexes) {
        const double width = annex.landscape ? page_height : page_width;
        const double height = annex.landscape ? page_width : page_height;
        StripMaker part(fonts, width - margin_left - margin_right);
        part.add_blocks(annex.blocks);
        file.add_section(part.take(), width, height, text.mark);
    }
    return file.finish();
}

std::string write_pdf(const OfficialDocument& document)
{
    return write_pdf(document, Fonts());
}

}  // namespace phoihop::documents
