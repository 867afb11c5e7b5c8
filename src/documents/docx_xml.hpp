// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/page_text.hpp"

#include <string>
#include <string_view>

namespace phoihop::documents::docx {

/// The id of a paragraph style, as document.xml names it and styles.xml defines it.
[[nodiscard]] std::string_view style_id(ParagraphStyle style);

/// Styles of the parts that are not running text.
inline constexpr std::string_view head_style = "PageHead";
inline constexpr std::string_view rule_style = "Rule";
inline constexpr std::string_view table_text_style = "TableText";
inline constexpr std::string_view recipients_head_style = "RecipientsHead";
inline constexpr std::string_view recipients_style = "Recipients";
inline constexpr std::string_view signature_style = "Signature";
inline constexpr std::string_view break_style = "SectionEnd";
inline constexpr std::string_view data_table_style = "DataTable";

/// Twentieths of a point, the unit of most lengths in a DOCX.
[[nodiscard]] std::string twips(double points);

/// Text for an XML element or attribute; characters that XML cannot carry are dropped.
[[nodiscard]] std::string escape(std::string_view text);

[[nodiscard]] std::string_view word(Alignment alignment);

/// The parts that hold no text of the document.
[[nodiscard]] std::string styles_xml();
[[nodiscard]] std::string settings_xml();
[[nodiscard]] std::string font_table_xml();
[[nodiscard]] std::string content_types_xml();
[[nodiscard]] std::string package_relations_xml();
[[nodiscard]] std::string document_relations_xml();
[[nodiscard]] std::string app_properties_xml();
[[nodiscard]] std::string core_properties_xml(const PageText& page);

/// The upper margin: the page's number in its middle, the mark at its right.
enum class HeaderKind : std::uint8_t { first, portrait, landscape };
[[nodiscard]] std::string header_xml(HeaderKind kind, std::string_view mark);

}  // namespace phoihop::documents::docx
