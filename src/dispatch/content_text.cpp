// SPDX-License-Identifier: Apache-2.0
#include "dispatch/content_text.hpp"

#include "store/database.hpp"

#include <charconv>

namespace phoihop::dispatch {

namespace {

using namespace documents;

[[noreturn]] void broken()
{
    throw store::StoreError("a kept document cannot be read");
}

template <class Number>
Number number_of(std::string_view text)
{
    Number number{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) broken();
    return number;
}

template <class Number>
std::string text_of(Number number)
{
    char buffer[64];
    const auto written = std::to_chars(buffer, buffer + sizeof buffer, number);
    return {buffer, written.ptr};
}

/// Writes parts.
class Out {
public:
    static constexpr bool reads = false;
    std::string text;

    void string(std::string& part) { text += std::to_string(part.size()) + ":" + part + ","; }
    template <class Number>
    void number(Number& part)
    {
        std::string digits = text_of(part);
        string(digits);
    }
    std::size_t size(std::size_t present)
    {
        number(present);
        return present;
    }
};

/// Reads the same parts in the same order.
class In {
public:
    static constexpr bool reads = true;
    explicit In(std::string_view text) : m_rest(text) {}

    void string(std::string& part)
    {
        const auto colon = m_rest.find(':');
        if (colon == std::string_view::npos) broken();
        const auto length = number_of<std::size_t>(m_rest.substr(0, colon));
        m_rest.remove_prefix(colon + 1);
        if (length >= m_rest.size() || m_rest[length] != ',') broken();
        part = m_rest.substr(0, length);
        m_rest.remove_prefix(length + 1);
    }
    template <class Number>
    void number(Number& part)
    {
        std::string digits;
        string(digits);
        part = number_of<Number>(digits);
    }
    std::size_t size(std::size_t)
    {
        std::size_t count = 0;
        number(count);
        if (count > m_rest.size()) broken();
        return count;
    }
    void end() const
    {
        if (!m_rest.empty()) broken();
    }

private:
    std::string_view m_rest;
};

template <class Archive, class Enumeration>
void choice(Archive& archive, Enumeration& part)
{
    int value = static_cast<int>(part);
    archive.number(value);
    part = static_cast<Enumeration>(value);
}

template <class Archive>
void flag(Archive& archive, bool& part)
{
    int value = part ? 1 : 0;
    archive.number(value);
    part = value != 0;
}

template <class Archive, class Value, class Each>
void list(Archive& archive, std::vector<Value>& values, const Each& each)
{
    values.resize(archive.size(values.size()));
    for (Value& value : values) each(archive, value);
}

template <class Archive>
void strings(Archive& archive, std::vector<std::string>& values)
{
    list(archive, values, [](auto& a, std::string& value) { a.string(value); });
}

template <class Archive>
void carry_day(Archive& archive, Date& day)
{
    std::int64_t days = day.time_since_epoch().count();
    archive.number(days);
    day = Date{std::chrono::days{days}};
}

template <class Archive>
void carry(Archive& archive, Run& run)
{
    archive.string(run.text);
    choice(archive, run.emphasis);
    archive.string(run.figure);
}

template <class Archive>
void runs(Archive& archive, std::vector<Run>& values)
{
    list(archive, values, [](auto& a, Run& run) { carry(a, run); });
}

template <class Archive>
void carry(Archive& archive, Paragraph& paragraph)
{
    runs(archive, paragraph.runs);
}

template <class Archive>
void carry(Archive& archive, Item& item)
{
    runs(archive, item.runs);
}

template <class Archive>
void carry(Archive& archive, Heading& heading)
{
    archive.number(heading.level);
    archive.string(heading.text);
    flag(archive, heading.numbered);
}

template <class Archive>
void carry(Archive& archive, TableColumn& column)
{
    archive.string(column.head);
    archive.number(column.width);
    choice(archive, column.kind);
    archive.string(column.group);
}

template <class Archive>
void carry(Archive& archive, TableRow& row)
{
    choice(archive, row.role);
    list(archive, row.cells, [](auto& a, Cell& cell) {
        choice(a, cell.kind);
        a.string(cell.text);
        flag(a, cell.percent);
    });
}

template <class Archive>
void carry(Archive& archive, Table& table)
{
    archive.string(table.caption);
    archive.string(table.unit_note);
    list(archive, table.columns, [](auto& a, TableColumn& column) { carry(a, column); });
    list(archive, table.rows, [](auto& a, TableRow& row) { carry(a, row); });
    archive.number(table.points);
    flag(archive, table.column_numbers);
}

template <class Archive>
void carry(Archive&, PageBreak&)
{
}

template <class Archive>
void carry(Archive& archive, Block& block)
{
    std::size_t kind = block.index();
    archive.number(kind);
    if constexpr (Archive::reads) {
        switch (kind) {
            case 0: block = Paragraph{}; break;
            case 1: block = Item{}; break;
            case 2: block = Heading{}; break;
            case 3: block = Table{}; break;
            case 4: block = PageBreak{}; break;
            default: broken();
        }
    }
    std::visit([&](auto& held) { carry(archive, held); }, block);
}

template <class Archive>
void blocks(Archive& archive, std::vector<Block>& values)
{
    list(archive, values, [](auto& a, Block& block) { carry(a, block); });
}

/// Number, day of issue and names of signers are the record's, given when the document is issued.
template <class Archive>
void carry(Archive& archive, OfficialDocument& document)
{
    choice(archive, document.family);
    strings(archive, document.governing_bodies);
    strings(archive, document.issuing_bodies);
    for (std::string* part : {&document.type_name, &document.summary, &document.notation, &document.place,
                              &document.urgency, &document.mark})
        archive.string(*part);
    archive.number(document.year);
    carry_day(archive, document.written_on);
    strings(archive, document.addressees);
    strings(archive, document.recipients);
    list(archive, document.signatures, [](auto& a, Signature& signature) { strings(a, signature.capacity); });
    blocks(archive, document.body);
    list(archive, document.annexes, [](auto& a, Annex& annex) {
        a.string(annex.title);
        flag(a, annex.landscape);
        blocks(a, annex.blocks);
    });
}

template <class Archive>
void carry(Archive& archive, Composed& composed)
{
    std::string form = "1";  // of this text
    archive.string(form);
    if (form != "1") broken();
    carry(archive, composed.document);
    list(archive, composed.passages, [](auto& a, Passage& passage) {
        a.string(passage.key);
        a.number(passage.block);
    });
}

}  // namespace

std::string content_text(const Composed& composed)
{
    Out out;
    Composed copy = composed;
    carry(out, copy);
    return std::move(out.text);
}

Composed read_content(std::string_view text)
{
    In in(text);
    Composed composed;
    carry(in, composed);
    in.end();
    return composed;
}

std::string edits_text(const Edits& edits)
{
    Out out;
    for (const auto& [key, words] : edits) {
        std::string parts[]{key, words};
        for (std::string& part : parts) out.string(part);
    }
    return std::move(out.text);
}

Edits read_edits(std::string_view text)
{
    // Pairs until the end.
    Edits edits;
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto colon = text.find(':');
        if (colon == std::string_view::npos) broken();
        const auto length = number_of<std::size_t>(text.substr(0, colon));
        if (text.size() < colon + length + 2) broken();
        parts.emplace_back(text.substr(colon + 1, length));
        text.remove_prefix(colon + length + 2);
    }
    if (parts.size() % 2 != 0) broken();
    for (std::size_t i = 0; i < parts.size(); i += 2) edits[parts[i]] = parts[i + 1];
    return edits;
}

}  // namespace phoihop::dispatch
