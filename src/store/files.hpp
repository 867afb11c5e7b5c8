// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/writer.hpp"

namespace phoihop::store {

/// The largest attachment, bytes.
inline constexpr std::int64_t file_size_max = 20LL * 1024 * 1024;
/// Files are kept in pieces of this size.
inline constexpr std::int64_t file_piece_size = 256LL * 1024;

/// A file kept in the database, known by the SHA-256 of its bytes (so the same file is kept once).
struct StoredFile {
    FileId id;
    Digest sha256{};
    std::int64_t size = 0;
    std::string media_type;  ///< found from the content, never taken from the sender
};

/// The media type of a document that may be attached (PDF, DOCX, XLSX, ODT, PNG, JPEG), judged by its first
/// bytes; `wrong_type` for anything else.
[[nodiscard]] Result<std::string> media_type_of(BytesView content);

/// Keeps `content` before the transaction that refers to it. `too_large` past `file_size_max`.
[[nodiscard]] Result<StoredFile> keep_file(Writer& writer, BytesView content);

/// The file's bytes; `not_found` when it is not kept (any more).
[[nodiscard]] Result<Bytes> read_file(Connection& connection, FileId id);

}  // namespace phoihop::store
