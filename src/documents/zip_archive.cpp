// SPDX-License-Identifier: Apache-2.0
#include "documents/zip_archive.hpp"

#include <zip.h>

#include <stdexcept>

namespace phoihop::documents {

namespace {

// 1 January 1980, midnight: the first day that a zip file can name.
constexpr std::uint16_t dos_date = (0 << 9) | (1 << 5) | 1;
constexpr std::uint16_t dos_time = 0;

[[noreturn]] void broken(const char* what)
{
    throw std::runtime_error(std::string("zip: ") + what);
}

tl::unexpected<Problem> no_zip()
{
    return refuse(ProblemCode::malformed, {}, {{"expected", "zip file"}, {"found", "damaged or another kind"}});
}

Result<void> judge_entry(const zip_stat_t& entry, const ZipLimits& limits)
{
    constexpr zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_NAME;
    if ((entry.valid & needed) != needed) return no_zip();
    const auto too_large = [&](const std::string& limit, const std::string& found) {
        return refuse(ProblemCode::too_large, entry.name, {{"limit", limit}, {"found", found}});
    };
    if (entry.size > limits.entry_bytes)
        return too_large(std::to_string(limits.entry_bytes) + " bytes", std::to_string(entry.size) + " bytes");
    if (entry.size > (1U << 20) && entry.size / limits.ratio > entry.comp_size)
        return too_large("packed " + std::to_string(limits.ratio) + " to 1",
                         "packed " + std::to_string(entry.size / (entry.comp_size + 1)) + " to 1");
    return {};
}

}  // namespace

struct ZipReader::Archive {
    zip_t* zip = nullptr;
    ZipLimits limits;

    Archive(zip_t* opened, const ZipLimits& kept) : zip(opened), limits(kept) {}
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
    ~Archive() { zip_discard(zip); }
};

ZipReader::ZipReader(std::unique_ptr<Archive> archive) : m_archive(std::move(archive)) {}
ZipReader::ZipReader(ZipReader&&) noexcept = default;
ZipReader& ZipReader::operator=(ZipReader&&) noexcept = default;
ZipReader::~ZipReader() = default;

Result<ZipReader> ZipReader::open(std::string_view bytes, const ZipLimits& limits)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source == nullptr) broken("no memory");
    zip_t* zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (zip == nullptr) {
        zip_source_free(source);
        zip_error_fini(&error);
        return no_zip();
    }
    auto archive = std::make_unique<Archive>(zip, limits);
    const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(zip, 0));
    if (count > limits.entries)
        return refuse(
            ProblemCode::too_large, {},
            {{"limit", std::to_string(limits.entries) + " parts"}, {"found", std::to_string(count) + " parts"}});
    std::uint64_t total = 0;
    for (zip_uint64_t i = 0; i < count; ++i) {
        zip_stat_t entry;
        if (zip_stat_index(zip, i, 0, &entry) != 0) return no_zip();
        PHOIHOP_CHECK_OK(judge_entry(entry, limits));
        total += entry.size;
        if (total > limits.total_bytes)
            return refuse(ProblemCode::too_large, {}, {{"limit", std::to_string(limits.total_bytes) + " bytes"}});
    }
    return ZipReader(std::move(archive));
}

bool ZipReader::contains(const std::string& name) const
{
    return zip_name_locate(m_archive->zip, name.c_str(), 0) >= 0;
}

std::vector<std::string> ZipReader::names() const
{
    std::vector<std::string> all;
    const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(m_archive->zip, 0));
    for (zip_uint64_t i = 0; i < count; ++i)
        if (const char* name = zip_get_name(m_archive->zip, i, 0)) all.emplace_back(name);
    return all;
}

Result<std::string> ZipReader::read(const std::string& name) const
{
    zip_stat_t entry;
    if (zip_stat(m_archive->zip, name.c_str(), 0, &entry) != 0)
        return refuse(ProblemCode::missing, {}, {{"what", name}});
    const auto damaged = [&] {
        return refuse(ProblemCode::malformed, name, {{"expected", "readable part"}, {"found", "damaged or encrypted"}});
    };
    zip_file_t* file = zip_fopen_index(m_archive->zip, entry.index, 0);
    if (file == nullptr) return damaged();
    // One byte more than claimed shows a part that lies about its size; the checksum is judged at its end.
    std::string content(entry.size + 1, '\0');
    std::size_t filled = 0;
    zip_int64_t got = 0;
    while (filled < content.size() && (got = zip_fread(file, content.data() + filled, content.size() - filled)) > 0)
        filled += static_cast<std::size_t>(got);
    const int closed = zip_fclose(file);
    if (got < 0 || closed != 0 || filled != entry.size) return damaged();
    content.resize(filled);
    return content;
}

std::string write_zip(const std::vector<std::pair<std::string, std::string>>& parts)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    if (target == nullptr) broken("no memory");
    zip_source_keep(target);  // what has been written is read from it after the archive is closed
    zip_t* zip = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (zip == nullptr) broken("cannot begin an archive");
    for (const auto& [name, content] : parts) {
        zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
        const zip_int64_t index = source == nullptr ? -1 : zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) broken("cannot add a part");
        const auto at = static_cast<zip_uint64_t>(index);
        if (zip_set_file_compression(zip, at, ZIP_CM_DEFLATE, 6) != 0 ||
            zip_file_set_dostime(zip, at, dos_time, dos_date, 0) != 0)
            broken("cannot describe a part");
    }
    if (zip_close(zip) != 0) broken("cannot finish an archive");

    zip_stat_t stat;
    if (zip_source_stat(target, &stat) != 0 || zip_source_open(target) != 0) broken("cannot read an archive back");
    std::string bytes(stat.size, '\0');
    const zip_int64_t got = zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    if (got != static_cast<zip_int64_t>(bytes.size())) broken("cannot read an archive back");
    return bytes;
}

}  // namespace phoihop::documents
