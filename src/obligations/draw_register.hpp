// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/obligation.hpp"
#include "programme/programme.hpp"
#include "units/territory.hpp"

namespace phoihop::obligations {

/// Who owes what for `period`: every form of its frequency and every standing obligation that falls in it, for the
/// units that are valid on the last day of the window, in the programme's order of subjects and the map's order of
/// units. Pure; the rows have no ids yet.
///
/// - A unit that ended inside the window owes nothing: its successor answers for the whole window, and its row names
///   the predecessors. A unit that began inside the window owes the whole window too.
/// - A duty marked `or_lowest` falls on a district without communes as well.
/// - Frequency::once has the whole programme as its window; its register is drawn for the first day instead, and the
///   reforms of later years pass its rows on.
/// - Reports can be answered until the period closes; standing obligations (a committee, a review) as long as the
///   programme lasts.
///
/// `out_of_range` for a period outside the programme's validity, `unknown_name` for a deadline that the calendar lacks
/// (`programme check` finds both earlier).
[[nodiscard]] Result<std::vector<Obligation>> draw_register(const programme::Programme& programme,
                                                            const units::Territory& territory,
                                                            const programme::PeriodName& period);

/// Whether anything at all is asked for such a period.
[[nodiscard]] bool asks_anything(const programme::Programme& programme, const programme::PeriodName& period);

/// The periods whose register opens on a day of [from, to], in the order of opening: what a daily sweep opens.
[[nodiscard]] std::vector<programme::PeriodName> periods_opening(const programme::Programme& programme, Date from,
                                                                 Date to);

}  // namespace phoihop::obligations
