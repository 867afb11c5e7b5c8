// SPDX-License-Identifier: Apache-2.0
#include "store/files.hpp"

#include <algorithm>
#include <array>

namespace phoihop::store {

namespace {

using namespace std::string_view_literals;

constexpr auto office = "application/vnd.openxmlformats-officedocument.";
constexpr auto open_text = "application/vnd.oasis.opendocument.text"sv;

std::size_t number(std::string_view bytes, std::size_t at, std::size_t length)
{
    std::size_t value = 0;
    for (std::size_t i = length; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

/// One member of a ZIP container, as its central directory names it.
struct Member {
    std::string_view name;
    std::size_t at;  ///< of its local header
};

/// The members of a ZIP container (PKWARE APPNOTE 4.3.12 and 4.3.16); empty when the directory cannot be read.
/// The directory rather than the local headers, because those may leave out their sizes.
std::vector<Member> members_of(std::string_view zip)
{
    constexpr std::size_t end_size = 22;
    constexpr std::size_t comment_max = 65535;
    constexpr std::size_t entry_size = 46;
    if (zip.size() < end_size) return {};
    const auto tail = zip.substr(zip.size() - std::min(zip.size(), end_size + comment_max));
    const auto found = tail.rfind("PK\5\6"sv);
    if (found == std::string_view::npos || tail.size() - found < end_size) return {};
    const auto end = tail.substr(found);
    std::vector<Member> members;
    std::size_t at = number(end, 16, 4);
    for (auto left = number(end, 10, 2); left > 0; --left) {
        if (at + entry_size > zip.size() || zip.substr(at, 4) != "PK\1\2"sv) return {};
        const auto name_size = number(zip, at + 28, 2);
        if (at + entry_size + name_size > zip.size()) return {};
        members.push_back({zip.substr(at + entry_size, name_size), number(zip, at + 42, 4)});
        at += entry_size + name_size + number(zip, at + 30, 2) + number(zip, at + 32, 2);
    }
    return members;
}

/// OpenDocument says its type in a first, uncompressed member (OpenDocument 1.2 part 3, section 3.3).
bool is_open_text(std::string_view zip, const Member& member)
{
    constexpr std::size_t header_size = 30;
    if (member.name != "mimetype" || member.at + header_size > zip.size()) return false;
    const auto data = member.at + header_size + number(zip, member.at + 26, 2) + number(zip, member.at + 28, 2);
    return data < zip.size() && zip.substr(data).starts_with(open_text);
}

std::string type_of_container(std::string_view zip)
{
    const auto members = members_of(zip);
    const auto has = [&](std::string_view name) {
        return std::ranges::any_of(members, [&](const Member& member) { return member.name == name; });
    };
    // A program inside a document is nothing to pass on to other offices.
    const bool macros = std::ranges::any_of(members, [](const Member& member) {
        return member.name.ends_with("vbaProject.bin") || member.name.starts_with("Basic/");
    });
    if (macros) return {};
    if (std::ranges::any_of(members, [&](const Member& member) { return is_open_text(zip, member); }))
        return std::string(open_text);
    if (!has("[Content_Types].xml")) return {};
    if (has("word/document.xml")) return std::string(office) + "wordprocessingml.document";
    if (has("xl/workbook.xml")) return std::string(office) + "spreadsheetml.sheet";
    return {};
}

}  // namespace

Result<std::string> media_type_of(BytesView content)
{
    const std::string_view bytes(reinterpret_cast<const char*>(content.data()), content.size());
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> by_start{{
        {"%PDF-", "application/pdf"},
        {"\x89PNG\r\n\x1a\n", "image/png"},
        {"\xff\xd8\xff", "image/jpeg"},
    }};
    for (const auto& [start, type] : by_start)
        if (bytes.starts_with(start)) return std::string(type);
    const bool container = bytes.starts_with("PK\3\4");
    if (container) {
        if (auto type = type_of_container(bytes); !type.empty()) return type;
    }
    return refuse(ProblemCode::wrong_type, {},
                  {{"expected", "PDF, DOCX, XLSX, ODT, PNG, JPEG"}, {"found", container ? "ZIP" : "?"}});
}

}  // namespace phoihop::store
