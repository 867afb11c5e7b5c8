// SPDX-License-Identifier: Apache-2.0
#include "dispatch/files.hpp"

#include "documents/annex_sheet.hpp"
#include "documents/docx_writer.hpp"
#include "documents/pdf_writer.hpp"

#include <algorithm>

namespace phoihop::dispatch {

namespace {

/// "vn63:02" as part of a file's name.
std::string code_of(const units::Territory& territory, UnitId unit, Date day)
{
    std::string code = territory.code_text(unit, day);
    std::replace(code.begin(), code.end(), ':', '-');
    return code;
}

Files written(const documents::OfficialDocument& document, std::string stem, const documents::Fonts& fonts)
{
    return {std::move(stem), documents::write_docx(document, fonts), documents::write_pdf(document, fonts),
            documents::write_annexes_xlsx(document).value_or("")};
}

}  // namespace

Files files_of(const documents::OfficialDocument& document, std::string stem)
{
    return written(document, std::move(stem), documents::Fonts());
}

Result<Composed> compose_report(const LiveSources& sources, const ReportOrder& order)
{
    Result<Composed> composed = refuse(ProblemCode::not_found);
    sources.books.read([&](const obligations::Books& books, std::int64_t) {
        composed = compose_report(Sources{sources.snapshot, sources.territory, sources.programme, books}, order);
    });
    return composed;
}

Result<Files> report_files(const LiveSources& sources, const ReportOrder& order, const Edits& edits)
{
    PHOIHOP_TRY(composed, compose_report(sources, order));
    PHOIHOP_CHECK_OK(apply_edits(composed, edits));
    const Date cut_off = sources.programme.calendar.dates(order.period).cut_off();
    return files_of(composed.document,
                    "bao-cao-" + code_of(sources.territory, order.unit, cut_off) + "-" + order.period.text());
}

Result<std::vector<Files>> nudge_files(const obligations::Register& live, const units::Territory& territory,
                                       const programme::Programme& programme, const NudgeOrder& order)
{
    Result<std::vector<Nudge>> nudges = refuse(ProblemCode::not_found);
    live.read([&](const obligations::Books& books, std::int64_t) {
        nudges = compose_nudges(books, territory, programme, order);
    });
    if (!nudges) return tl::make_unexpected(std::move(nudges).error());
    const documents::Fonts fonts;
    std::vector<Files> files;
    for (const Nudge& nudge : *nudges)
        files.push_back(written(nudge.document,
                                "don-doc-" + code_of(territory, nudge.unit, order.on) + "-" + format_date(order.on),
                                fonts));
    return files;
}

}  // namespace phoihop::dispatch
