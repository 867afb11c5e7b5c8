// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/writer.hpp"

namespace phoihop::store {

/// The largest attachment, bytes.
inline constexpr std::int64_t file_size_max = 20LL * 1024 * 1024;
/// Files are kept in pieces of this size.
inline constexpr std::int64_t file_piece_size = 256LL * 1024;
/// A file that nothing has referred to for this long goes in the next sweep.
inline constexpr std::chrono::hours file_unreferenced_max{24};

/// A file kept in the database, known by the SHA-256 of its bytes (so the same file is kept once).
struct StoredFile {
    FileId id;
    Digest sha256{};
    std::int64_t size = 0;
    std::string media_type;  ///< found from the content, never taken from the sender
};

/// The media type of a document that may be attached (PDF, DOCX, XLSX, ODT, PNG, JPEG), judged by its
/// content; `wrong_type` for anything else, documents with macros included.
[[nodiscard]] Result<std::string> media_type_of(BytesView content);

/// Keeps `content` before the transaction that refers to it, a job per piece so that other jobs need not wait for
/// the whole. Keeping the same file again gives it another day. `too_large` past `file_size_max`.
[[nodiscard]] Result<StoredFile> keep_file(Writer& writer, BytesView content);

/// What is known of a file; `not_found` when it is not kept (any more).
[[nodiscard]] Result<StoredFile> find_file(Connection& connection, FileId id);

/// The file's bytes; `not_found` when it is not kept (any more).
[[nodiscard]] Result<Bytes> read_file(Connection& connection, FileId id);

/// Removes the files that no column of any table refers to and that were last kept over a day ago, uploads that
/// were broken off included; one journal record ("swept", "file:7") each. Answers how many went.
[[nodiscard]] Result<std::int64_t> sweep_files(Writer& writer);

}  // namespace phoihop::store
