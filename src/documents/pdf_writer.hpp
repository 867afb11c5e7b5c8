// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/fonts.hpp"
#include "documents/official.hpp"

#include <string>

namespace phoihop::documents {

/// The document as PDF: A4, fonts embedded, text selectable and searchable, chapters as bookmarks. Pages are
/// numbered in the upper margin from the second on (Nghị định 30/2020/NĐ-CP, Annex I, II.9). Equal documents
/// give equal bytes: the file's dates are the document's.
[[nodiscard]] std::string write_pdf(const OfficialDocument& document, const Fonts& fonts);

/// For a single document.
[[nodiscard]] std::string write_pdf(const OfficialDocument& document);

}  // namespace phoihop::documents
