// SPDX-License-Identifier: Apache-2.0
#include "bench/workload.hpp"

#include <algorithm>
#include <cmath>

namespace phoihop::bench {
namespace {

constexpr std::int32_t money_from = 54;
constexpr std::int32_t middle_from = 48;

/// splitmix64's finisher: every bit of the key moves every bit of the answer.
std::uint64_t mix(std::uint64_t key)
{
    key += 0x9e3779b97f4a7c15;
    key = (key ^ (key >> 30)) * 0xbf58476d1ce4e5b9;
    key = (key ^ (key >> 27)) * 0x94d049bb133111eb;
    return key ^ (key >> 31);
}

std::uint64_t drawn(std::int32_t area, std::int32_t period, std::int32_t what)
{
    return mix((static_cast<std::uint64_t>(area) * 64 + static_cast<std::uint64_t>(period)) * 64 +
               static_cast<std::uint64_t>(what));
}

std::int32_t at_least(std::int32_t least, double wanted)
{
    return std::max(least, static_cast<std::int32_t>(std::lround(wanted)));
}

}  // namespace

Workload::Workload(double scale)
    : m_districts(at_least(province_count, 700 * scale)),
      m_communes(at_least(m_districts, 10'600 * scale)),
      m_areas(at_least(m_communes, 100'000 * scale)),
      m_communes_in(province_count)
{
    for (std::int32_t commune = 0; commune < m_communes; ++commune) {
        auto& range = m_communes_in[static_cast<std::size_t>(province_of_commune(commune))];
        if (range.last == 0) range.first = commune;
        range.last = commune + 1;
    }
    std::int32_t next = 0;
    for (const auto& [first, last] : m_communes_in) {
        for (std::int32_t commune = first; commune < last; ++commune)
            m_new_commune.push_back(next + (commune - first) * 5 / 16);
        next = m_new_commune.back() + 1;
    }
}

bool Workload::reports(std::int32_t area, std::int32_t period)
{
    return drawn(area, period, 63) % 1000 < 930;
}

std::int64_t Workload::value(std::int32_t area, std::int32_t period, std::int32_t indicator)
{
    const auto bits = drawn(area, period, indicator);
    if (indicator > 0 && (bits >> 44) % 1000 >= 968) return empty;
    if (indicator >= money_from) return static_cast<std::int64_t>(bits % 2'000'000 + 1) * 1000;  // whole thousands
    if (indicator >= middle_from) return static_cast<std::int64_t>(bits % 65'536);
    return static_cast<std::int64_t>((bits & 31) * ((bits >> 5) & 3));
}

bool Workload::fill(std::int32_t area, std::int32_t period, ReportRow& row)
{
    if (!reports(area, period)) return false;
    for (std::int32_t indicator = 0; indicator < indicator_count; ++indicator)
        row[static_cast<std::size_t>(indicator)] = value(area, period, indicator);
    return true;
}

std::string Workload::area_name(std::int32_t area)
{
    return "Tổ dân phố " + std::to_string(area + 1);
}

std::vector<std::int64_t> Workload::sums(std::int32_t period) const
{
    constexpr auto width = static_cast<std::size_t>(indicator_count);
    std::vector<std::int64_t> sums(static_cast<std::size_t>(nodes()) * width, empty);
    const auto add = [&](std::int32_t from, std::int32_t to) {
        for (std::size_t i = 0; i < width; ++i)
            add_to(sums[static_cast<std::size_t>(to) * width + i], sums[static_cast<std::size_t>(from) * width + i]);
    };
    each_report(period, [&](std::int32_t area, const ReportRow& row) {
        const auto node = static_cast<std::size_t>(node_of_commune(commune_of(area)));
        for (std::size_t i = 0; i < width; ++i) add_to(sums[node * width + i], row[i]);
    });
    for (std::int32_t commune = 0; commune < m_communes; ++commune)
        add(node_of_commune(commune), node_of_district(district_of(commune)));
    for (std::int32_t district = 0; district < m_districts; ++district)
        add(node_of_district(district), node_of_province(province_of(district)));
    for (std::int32_t province = 0; province < province_count; ++province) add(node_of_province(province), 0);
    return sums;
}

}  // namespace phoihop::bench
