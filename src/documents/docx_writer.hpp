// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/fonts.hpp"
#include "documents/official.hpp"

#include <string>

namespace phoihop::documents {

/// The document as DOCX (ECMA-376) for an officer to edit before it is signed: real styles for headings, body
/// and tables, table heads that repeat, page numbers as fields, annexes in sections of their own, Times New
/// Roman. It says the same as `write_pdf`, line breaks of the head included. Figures are bookmarked by their
/// names. Equal documents give equal bytes.
[[nodiscard]] std::string write_docx(const OfficialDocument& document, const Fonts& fonts);

/// For a single document.
[[nodiscard]] std::string write_docx(const OfficialDocument& document);

}  // namespace phoihop::documents
