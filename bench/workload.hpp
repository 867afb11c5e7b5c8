// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace phoihop::bench {

/// Part of the name of the folder in which loaded peers are kept: raise it when any value changes.
inline constexpr int generator_version = 1;

inline constexpr std::int32_t indicator_count = 60;  ///< 48 small counts, 6 up to 65,535, 6 of money up to 2e9
inline constexpr std::int32_t period_count = 40;     ///< the quarters of 2016 to 2025
inline constexpr std::int32_t province_count = 63;
inline constexpr std::int32_t new_province_count = 34;

/// No figure: what is not filled, and the sum of nothing.
inline constexpr std::int64_t empty = INT64_MIN;

/// One report: the figures in the order of the indicators.
using ReportRow = std::array<std::int64_t, indicator_count>;

/// Ten years of a national programme, drawn: who reports what, as a pure function of (area, period, indicator), so that
/// every engine holds the same figures. Everything counts from 0. Areas, communes and districts are numbered in the
/// order of the tree, so that what is below a node is a range. `scale` 1 has 100,000 residential areas in 10,600
/// communes, 700 districts, 63 provinces; a smaller one has fewer districts, communes and areas, and as many provinces.
class Workload {
public:
    explicit Workload(double scale);

    [[nodiscard]] std::int32_t districts() const { return m_districts; }
    [[nodiscard]] std::int32_t communes() const { return m_communes; }
    [[nodiscard]] std::int32_t areas() const { return m_areas; }

    [[nodiscard]] std::int32_t commune_of(std::int32_t area) const { return scaled(area, m_communes, m_areas); }
    [[nodiscard]] std::int32_t district_of(std::int32_t commune) const
    {
        return scaled(commune, m_districts, m_communes);
    }
    [[nodiscard]] std::int32_t province_of(std::int32_t district) const
    {
        return scaled(district, province_count, m_districts);
    }
    [[nodiscard]] std::int32_t province_of_commune(std::int32_t commune) const
    {
        return province_of(district_of(commune));
    }
    [[nodiscard]] std::int32_t province_of_area(std::int32_t area) const
    {
        return province_of_commune(commune_of(area));
    }

    /// The second map: the first 58 provinces merge in pairs, sixteen communes of one province become five.
    [[nodiscard]] static std::int32_t new_province_of(std::int32_t province)
    {
        return province < 58 ? province / 2 : 29 + province - 58;
    }
    [[nodiscard]] std::int32_t new_commune_of(std::int32_t commune) const
    {
        return m_new_commune[static_cast<std::size_t>(commune)];
    }
    [[nodiscard]] std::int32_t new_communes() const { return m_new_commune.back() + 1; }

    /// The communes of a province: [first, last).
    struct Range {
        std::int32_t first = 0;
        std::int32_t last = 0;
    };
    [[nodiscard]] Range communes_in(std::int32_t province) const
    {
        return m_communes_in[static_cast<std::size_t>(province)];
    }

    /// The nodes of the first map in the order of levels: the nation is 0, provinces 1 to 63, then districts, communes.
    [[nodiscard]] std::int32_t nodes() const { return 1 + province_count + m_districts + m_communes; }
    [[nodiscard]] static std::int32_t node_of_province(std::int32_t province) { return 1 + province; }
    [[nodiscard]] std::int32_t node_of_district(std::int32_t district) const { return 1 + province_count + district; }
    [[nodiscard]] std::int32_t node_of_commune(std::int32_t commune) const
    {
        return 1 + province_count + m_districts + commune;
    }

    [[nodiscard]] static bool reports(std::int32_t area, std::int32_t period);  ///< 93 % do
    [[nodiscard]] static std::int64_t value(std::int32_t area, std::int32_t period, std::int32_t indicator);
    /// False when the area did not report in that period. The first indicator is always filled, 96.8 % of all are.
    [[nodiscard]] static bool fill(std::int32_t area, std::int32_t period, ReportRow& row);

    [[nodiscard]] static std::string area_name(std::int32_t area);

    /// Calls `each(area, row)` for every report of a period, in the order of areas.
    template <class Each>
    void each_report(std::int32_t period, const Each& each) const
    {
        ReportRow row{};
        for (std::int32_t area = 0; area < m_areas; ++area)
            if (fill(area, period, row)) each(area, row);
    }

    /// The sums of every node of the first map in one period: [node][indicator], `empty` where nobody reported.
    [[nodiscard]] std::vector<std::int64_t> sums(std::int32_t period) const;

private:
    [[nodiscard]] static std::int32_t scaled(std::int32_t index, std::int32_t to, std::int32_t from)
    {
        return static_cast<std::int32_t>(std::int64_t{index} * to / from);
    }

    std::int32_t m_districts;
    std::int32_t m_communes;
    std::int32_t m_areas;
    std::vector<std::int32_t> m_new_commune;
    std::vector<Range> m_communes_in;
};

/// `empty` is nothing, not a very small number.
inline void add_to(std::int64_t& sum, std::int64_t value)
{
    if (value != empty) sum = sum == empty ? value : sum + value;
}

}  // namespace phoihop::bench
