// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/table.hpp"

namespace phoihop::documents {

/// Reads every sheet of an XLSX workbook, in the workbook's order, hidden ones marked.
///
/// Takes shared and inline strings, rich text (its runs joined, readings left out), both date systems, and
/// dates by their number format. A number is given as people see it at full length: at most 15 significant
/// digits, as spreadsheets show and keep them, so that 0.1 + 0.2 is "0.3"; whole numbers below 2^53 are
/// exact. A formula counts with the value that was stored with it; one without, and #REF! and the like,
/// are cells of kind `error`. Of a merged range only the first cell holds something. Text comes out in NFC.
///
/// Refuses with `wrong_type` what is another kind of file (XLS, ODS, DOCX, with a password), with
/// `too_large` what breaks `limits` — before unpacking it —, with `malformed` what is damaged or declares a
/// document type. Problems of one cell stand at "Sheet1!D7".
[[nodiscard]] Result<std::vector<Sheet>> read_xlsx(std::string_view bytes, const TableLimits& limits = {});

/// Whether these bytes look like a zip-packed file, as XLSX and DOCX are: how an upload is told from CSV.
[[nodiscard]] bool looks_zipped(std::string_view bytes);

}  // namespace phoihop::documents
