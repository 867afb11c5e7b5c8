// SPDX-License-Identifier: Apache-2.0
#include "documents/line_balance.hpp"

#include <algorithm>

namespace phoihop::documents {

namespace {

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

/// Words put into lines one after the other, none longer than `width` where a word allows it.
struct Filled {
    std::string text;
    std::size_t lines = 1;
};

Filled fill(const std::vector<std::string_view>& words, const std::vector<double>& widths, double space, double width)
{
    Filled filled;
    double used = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool fits = i == 0 || used + space + widths[i] <= width;
        if (i > 0) filled.text += fits ? ' ' : '\n';
        if (!fits) ++filled.lines;
        used = i == 0 || !fits ? widths[i] : used + space + widths[i];
        filled.text += words[i];
    }
    return filled;
}

std::string balance_one(const Fonts& fonts, std::string_view text, double points, bool bold, double width)
{
    if (fonts.width(text, points, bold) <= width) return std::string(text);
    const auto words = split(text, ' ');
    std::vector<double> widths;
    for (const std::string_view word : words) widths.push_back(fonts.width(word, points, bold));
    const double space = fonts.width(" ", points, bold);
    Filled best = fill(words, widths, space, width);
    double low = *std::max_element(widths.begin(), widths.end());
    double high = width;
    while (high - low > 1) {
        const double middle = (low + high) / 2;
        Filled tried = fill(words, widths, space, middle);
        if (tried.lines > best.lines) {
            low = middle;
        } else {
            high = middle;
            best = std::move(tried);
        }
    }
    return best.text;
}

void balance_title(TextParagraph& paragraph, const Fonts& fonts, double width)
{
    const Look& look = look_of(paragraph.style);
    for (Run& run : paragraph.runs) run.text = balance(fonts, run.text, look.points, look.bold, width);
}

}  // namespace

std::string balance(const Fonts& fonts, std::string_view text, double points, bool bold, double width)
{
    std::string balanced;
    for (const std::string_view part : split(text, '\n')) {
        if (!balanced.empty()) balanced += '\n';
        balanced += balance_one(fonts, part, points, bold, width);
    }
    return balanced;
}

double longest_line(const Fonts& fonts, std::string_view text, double points, bool bold)
{
    double longest = 0;
    for (const std::string_view part : split(text, '\n')) longest = std::max(longest, fonts.width(part, points, bold));
    return longest;
}

void balance_lines(PageText& page, const Fonts& fonts)
{
    constexpr double text_width = page_width - margin_left - margin_right;
    constexpr double title_width = text_width * 0.88;
    constexpr double left_width = text_width * head_left_share - 6;
    for (auto* lines : {&page.left, &page.under_number})
        for (HeadLine& line : *lines) line.text = balance(fonts, line.text, line.points, line.bold, left_width);
    for (TextBlock& block : page.blocks)
        if (auto* paragraph = std::get_if<TextParagraph>(&block);
            paragraph != nullptr && paragraph->style == ParagraphStyle::summary)
            balance_title(*paragraph, fonts, title_width);
    for (AnnexText& annex : page.annexes) {
        const double width = annex.landscape ? page_height - margin_left - margin_right : text_width;
        for (TextBlock& block : annex.blocks)
            if (auto* paragraph = std::get_if<TextParagraph>(&block);
                paragraph != nullptr &&
                (paragraph->style == ParagraphStyle::annex_title || paragraph->style == ParagraphStyle::annex_source))
                balance_title(*paragraph, fonts, width * 0.92);
    }
    const auto count = static_cast<double>(page.signatures.size());
    for (SignatureText& signature : page.signatures)
        for (std::string& line : signature.capacity)
            line = balance(fonts, line, signature_points, true,
                           text_width * (count > 1 ? 1 / count : 1 - recipients_share) - 6);
}

}  // namespace phoihop::documents
