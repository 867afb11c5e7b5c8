// SPDX-License-Identifier: Apache-2.0
#include "rollup/snapshot_format.hpp"

#include <xxhash.h>

#include <algorithm>
#include <map>

namespace phoihop::rollup {
namespace {

constexpr std::array<char, 8> magic{'P', 'H', 'C', 'U', 'B', 'E', '\r', '\n'};
constexpr std::uint32_t byte_order = 0x0102'0304;
constexpr std::size_t header_checked = SnapshotHeader::bytes - sizeof(std::uint64_t);

template <class T>
T value_at(std::span<const std::byte> bytes, std::size_t at)
{
    T value{};
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

void put(ByteWriter& out, const FormLayout& layout)
{
    out.number(layout.programme.value);
    out.number(std::int64_t{layout.form});
    out.number(std::uint64_t{layout.columns.size()});
    for (const auto& column : layout.columns) {
        out.text(column.indicator);
        out.number(std::uint64_t{column.wide ? 1U : 0U});
    }
    out.number(std::uint64_t{layout.versions.size()});
    for (const auto& version : layout.versions) {
        out.number(version.programme_version);
        out.list(std::span(version.columns));
    }
}

FormLayout layout(ByteReader& in)
{
    FormLayout layout;
    layout.programme.value = in.signed_number();
    layout.form = static_cast<std::int32_t>(in.signed_number());
    layout.columns.resize(in.size());
    for (auto& column : layout.columns) {
        column.indicator = in.text();
        column.wide = in.number() != 0;
    }
    layout.versions.resize(in.size());
    for (auto& version : layout.versions) {
        version.programme_version = in.signed_number();
        const auto columns = in.list<std::int32_t>();
        version.columns.assign(columns.begin(), columns.end());
    }
    layout.place_slots();
    return layout;
}

void put(ByteWriter& out, const FilePart& part)
{
    out.number(part.offset);
    out.number(part.size);
    out.number(part.checksum);
}

FilePart part(ByteReader& in)
{
    FilePart part;
    part.offset = in.number();
    part.size = in.number();
    part.checksum = in.number();
    return part;
}

/// A checksum of numbers that are told one after the other: each lot of them seeded with what came before, so that
/// they need not be kept.
class Fingerprint {
public:
    void tell(std::int64_t number)
    {
        if (m_count == m_lot.size()) take();
        m_lot[m_count++] = number;
    }
    [[nodiscard]] std::uint64_t finish()
    {
        take();
        return m_before;
    }

private:
    void take()
    {
        m_before = XXH3_64bits_withSeed(m_lot.data(), m_count * sizeof m_lot[0], m_before);
        m_count = 0;
    }
    std::array<std::int64_t, 1024> m_lot{};
    std::size_t m_count = 0;
    std::uint64_t m_before = 0;
};

}  // namespace

std::uint64_t checksum(std::span<const std::byte> bytes)
{
    return XXH3_64bits(bytes.data(), bytes.size());
}

std::array<std::byte, SnapshotHeader::bytes> encode(const SnapshotHeader& header)
{
    ByteWriter out;
    out.raw(magic.data(), magic.size());
    out.raw(&snapshot_format, sizeof snapshot_format);
    out.raw(&byte_order, sizeof byte_order);
    out.number(header.file_size);
    put(out, header.directory);
    out.number(std::uint64_t{0});
    out.number(checksum(out.bytes()));
    std::array<std::byte, SnapshotHeader::bytes> bytes{};
    std::ranges::copy(out.bytes(), bytes.begin());
    return bytes;
}

SnapshotHeader decode_header(std::span<const std::byte> file)
{
    if (file.size() < SnapshotHeader::bytes) throw SnapshotRefused("the file is cut");
    if (std::memcmp(file.data(), magic.data(), magic.size()) != 0) throw SnapshotRefused("this is no cube file");
    const auto format = value_at<std::uint32_t>(file, 8);
    if (format != snapshot_format) throw SnapshotRefused("the file has format " + std::to_string(format));
    if (value_at<std::uint32_t>(file, 12) != byte_order) throw SnapshotRefused("the file is of another machine");
    if (checksum(file.first(header_checked)) != value_at<std::uint64_t>(file, header_checked))
        throw SnapshotRefused("the file's head is damaged");
    ByteReader in(file.subspan(16, header_checked - 16));
    SnapshotHeader header;
    header.file_size = in.number();
    header.directory = part(in);
    if (header.file_size != file.size()) throw SnapshotRefused("the file is cut");
    return header;
}

std::uint64_t fingerprint(const MapRows& map)
{
    Fingerprint told;
    told.tell(static_cast<std::int64_t>(map.rows()));
    told.tell(static_cast<std::int64_t>(map.units()));
    for (const auto& node : map.map().nodes()) {
        told.tell(node.unit.value);
        told.tell((std::int64_t{node.parent} << 8) ^ static_cast<std::int64_t>(node.level));
    }
    for (std::size_t i = 0; i < map.units(); ++i) {
        const auto place = map.place(UnitId{static_cast<std::int64_t>(i) + 1});
        const auto home = map.home(UnitId{static_cast<std::int64_t>(i) + 1});
        told.tell((std::int64_t{place.node} << 1) | (place.undivided ? 1 : 0));
        told.tell((std::int64_t{home.row} << 32) ^ home.undivided);
    }
    return told.finish();
}

ByteWriter encode(const SnapshotDirectory& directory)
{
    ByteWriter out;
    out.number(directory.position.sequence);
    out.list(std::span(directory.position.hash));
    out.number(std::int64_t{directory.today.time_since_epoch().count()});
    out.list(std::span(directory.maps));
    out.number(std::uint64_t{directory.forms.size()});
    for (const auto& form : directory.forms) {
        put(out, form.layout);
        out.number(std::uint64_t{form.periods.size()});
        for (const auto& period : form.periods) {
            out.number(period.period.value);
            put(out, period.sums);
            put(out, period.leaves);
        }
    }
    return out;
}

SnapshotDirectory decode_directory(std::span<const std::byte> bytes)
{
    ByteReader in(bytes);
    SnapshotDirectory directory;
    directory.position.sequence = in.signed_number();
    const auto hash = in.list<std::byte>();
    if (hash.size() != directory.position.hash.size()) throw SnapshotRefused("the directory is damaged");
    std::ranges::copy(hash, directory.position.hash.begin());
    directory.today = Date(std::chrono::days{in.signed_number()});
    const auto maps = in.list<std::uint64_t>();
    directory.maps.assign(maps.begin(), maps.end());
    directory.forms.resize(in.size());
    for (auto& form : directory.forms) {
        form.layout = layout(in);
        form.periods.resize(in.size());
        for (auto& period : form.periods) {
            period.period.value = in.signed_number();
            period.sums = part(in);
            period.leaves = part(in);
        }
    }
    return directory;
}

bool same_columns(const FormLayout& one, const FormLayout& other)
{
    const auto same_version = [](const FormLayout::Version& a, const FormLayout::Version& b) {
        return a.programme_version == b.programme_version && a.columns == b.columns;
    };
    return one.programme == other.programme && one.form == other.form &&
           std::ranges::equal(one.columns, other.columns, {}, &FormLayout::Column::indicator,
                              &FormLayout::Column::indicator) &&
           std::ranges::equal(one.versions, other.versions, same_version);
}

void PeriodFormat::put(ByteWriter& out, const SumBlock& block)
{
    std::vector<std::uint32_t> places;
    std::uint32_t count = 0;
    for (std::size_t index = 0; index < block.m_pages.size(); ++index)
        places.push_back(block.page(index).sums == nullptr ? SumBlock::FilePages::none : count++);
    out.list(std::span(places));
    out.number(std::uint64_t{count * block.page_bytes()});
    for (std::size_t index = 0; index < block.m_pages.size(); ++index) {
        const auto page = block.page(index);
        if (page.sums == nullptr) continue;
        out.raw(page.sums, block.page_sums() * sizeof *page.sums);
        if (page.short_counts != nullptr) {
            const std::vector<std::int32_t> counts(page.short_counts, page.short_counts + block.page_counts());
            out.raw(counts.data(), counts.size() * sizeof counts[0]);
        } else {
            out.raw(page.counts, block.page_counts() * sizeof *page.counts);
        }
    }
}

std::shared_ptr<const SumBlock> PeriodFormat::sums(ByteReader& in, const std::shared_ptr<const FormLayout>& layout,
                                                   const MapRows& map, const std::shared_ptr<const void>& file)
{
    auto block = std::make_shared<SumBlock>(layout, map.rows());
    auto pages = std::make_shared<SumBlock::FilePages>();
    pages->file = file;
    pages->places = in.list<std::uint32_t>();
    const auto bytes = in.list<std::byte>();
    pages->bytes = bytes.data();
    const auto kept =
        pages->places.size() - static_cast<std::size_t>(std::ranges::count(pages->places, SumBlock::FilePages::none));
    if (pages->places.size() != block->m_pages.size() || bytes.size() != kept * block->page_bytes())
        throw SnapshotRefused("sums of other rows");
    block->m_file = std::move(pages);
    block->keep_upper(map.upper_rows());
    return block;
}

void PeriodFormat::put(ByteWriter& out, const OwedReports& owed)
{
    out.list(std::span(owed.bits));
    for (const auto& counts : owed.counts) out.list(std::span(counts));
}

std::shared_ptr<const OwedReports> PeriodFormat::owed(ByteReader& in, std::size_t maps)
{
    auto owed = std::make_shared<OwedReports>();
    const auto bits = in.list<std::uint64_t>();
    owed->bits.assign(bits.begin(), bits.end());
    for (std::size_t map = 0; map < maps; ++map) {
        const auto counts = in.list<std::int32_t>();
        owed->counts.emplace_back(counts.begin(), counts.end());
    }
    return owed;
}

void PeriodFormat::put(ByteWriter& out, const LeafPage& page)
{
    out.number(page.m_present);
    for (const auto counted : page.m_counted) out.number(counted);
    out.number(page.m_loose);
    out.number(std::uint64_t{page.m_unlike ? 1U : 0U});
    out.list(std::span(page.m_heads));
    out.list(std::span(page.m_bytes));
    const auto* packed = page.m_packed.get();
    out.number(std::uint64_t{packed != nullptr ? 1U : 0U});
    if (packed == nullptr) return;
    out.number(packed->m_present);
    out.number(packed->m_nil);
    out.number(packed->m_programme_version);
    for (const auto each : {packed->m_cells, packed->m_numbers_at, packed->m_rows_at, packed->m_row_bytes})
        out.number(std::uint64_t{each});
    out.list(packed->m_bytes);
}

std::shared_ptr<const LeafPage> PeriodFormat::page(ByteReader& in, const std::shared_ptr<const void>& file)
{
    auto page = std::make_shared<LeafPage>();
    page->m_present = in.number();
    for (auto& counted : page->m_counted) counted = in.number();
    page->m_loose = in.number();
    page->m_unlike = in.number() != 0;
    const auto heads = in.list<LeafPage::Head>();
    page->m_heads.assign(heads.begin(), heads.end());
    const auto bytes = in.list<std::byte>();
    page->m_bytes.assign(bytes.begin(), bytes.end());
    if (in.number() == 0) return page;
    auto packed = std::make_shared<PackedPage>();
    packed->m_present = in.number();
    packed->m_nil = in.number();
    packed->m_programme_version = in.signed_number();
    for (auto* each : {&packed->m_cells, &packed->m_numbers_at, &packed->m_rows_at, &packed->m_row_bytes})
        *each = static_cast<std::uint32_t>(in.number());
    packed->m_bytes = in.list<std::byte>();
    packed->m_file = file;
    page->m_packed = std::move(packed);
    return page;
}

ByteWriter PeriodFormat::encode_sums(const PeriodBlock& block)
{
    ByteWriter out;
    // Sums that several measures share stand once.
    std::map<const SumBlock*, std::int64_t> numbers;
    std::vector<std::pair<const SumBlock*, std::size_t>> blocks;  // with their place in `sums`
    std::vector<std::int64_t> which;
    for (std::size_t i = 0; i < block.sums.size(); ++i) {
        const auto* each = block.sums[i].get();
        const auto [found, is_new] = numbers.emplace(each, each == nullptr ? -1 : std::int64_t(blocks.size()));
        if (is_new && each != nullptr) blocks.emplace_back(each, i);
        which.push_back(found->second);
    }
    out.list(std::span(which));
    for (const auto& [each, place] : blocks) {
        out.number(std::uint64_t{place});
        put(out, *each);
    }
    out.number(std::uint64_t{block.owed ? 1U : 0U});
    if (block.owed) put(out, *block.owed);
    return out;
}

std::shared_ptr<PeriodBlock> PeriodFormat::decode_sums(std::span<const std::byte> bytes,
                                                       const std::shared_ptr<const FormLayout>& layout,
                                                       std::span<const std::shared_ptr<const MapRows>> maps,
                                                       const std::shared_ptr<const void>& file)
{
    ByteReader in(bytes);
    auto block = std::make_shared<PeriodBlock>();
    const auto which = in.list<std::int64_t>();
    if (which.size() != measure_count * maps.size()) throw SnapshotRefused("sums of other maps");
    const auto count = which.empty() ? 0 : *std::ranges::max_element(which) + 1;
    std::vector<std::shared_ptr<const SumBlock>> blocks;
    for (std::int64_t i = 0; i < count; ++i) {
        const auto place = in.number();
        if (place >= which.size()) throw SnapshotRefused("sums of other maps");
        blocks.push_back(sums(in, layout, *maps[place % maps.size()], file));
    }
    for (const auto number : which)
        block->sums.push_back(number < 0 ? nullptr : blocks.at(static_cast<std::size_t>(number)));
    if (in.number() != 0) block->owed = owed(in, maps.size());
    return block;
}

ByteWriter PeriodFormat::encode_leaves(const LeafBlock& leaves)
{
    ByteWriter out;
    out.number(std::uint64_t{leaves.m_pages.size()});
    for (const auto& page : leaves.m_pages) {
        out.number(std::uint64_t{page ? 1U : 0U});
        if (page) put(out, *page);
    }
    return out;
}

std::shared_ptr<const LeafBlock> PeriodFormat::decode_leaves(std::span<const std::byte> bytes,
                                                             const std::shared_ptr<const void>& file)
{
    ByteReader in(bytes);
    auto leaves = std::make_shared<LeafBlock>();
    leaves->m_pages.resize(in.size());
    for (auto& each : leaves->m_pages)
        if (in.number() != 0) each = page(in, file);
    return leaves;
}

}  // namespace phoihop::rollup
