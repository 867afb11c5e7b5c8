// SPDX-License-Identifier: Apache-2.0
#include "reporting/finding_text.hpp"

namespace phoihop::reporting {

namespace {

text::Message message_of(FindingCode code)
{
    switch (code) {
        case FindingCode::malformed:
            return {
                "“{found}” không phải là số. Viết số bằng chữ số, dấu chấm cho phần thập phân, không dấu phân cách "
                "hàng nghìn.",
                "“{found}” is not a number. Write digits, a point before decimals, no thousands separator."};
        case FindingCode::not_whole:
            return {
                "“{found}” có phần lẻ, chỉ tiêu này ghi đến {scale} chữ số thập phân. Nếu dấu chấm ngăn hàng nghìn thì "
                "bỏ dấu chấm.",
                "“{found}” has a fraction; this indicator has {scale} decimal places. If the point separates "
                "thousands, leave it out."};
        case FindingCode::out_of_range:
            return {"{found} nằm ngoài khoảng cho phép[ (từ {min}][ đến {max})].",
                    "{found} is outside the limits[ (from {min}][ to {max})]."};
        case FindingCode::required:
            return {"Còn trống. Không có thì ghi 0; cả kỳ không phát sinh thì chọn “Không phát sinh”.",
                    "Empty. Write 0 when there was none; send a nil report when nothing happened at all."};
        case FindingCode::unknown:
            return {"Biểu {form} không có chỉ tiêu “{found}”.", "Form {form} has no indicator “{found}”."};
        case FindingCode::machine:
            return {"Chỉ tiêu {indicator} do hệ thống tính, không nhập.",
                    "Indicator {indicator} is computed and cannot be typed."};
        case FindingCode::duplicate:
            return {"Chỉ tiêu bị ghi hai lần[ (lần đầu ở {first})].",
                    "The indicator is given twice[ (first at {first})]."};
        case FindingCode::rule: return {"{text_vi}", "{text_en}"};
        case FindingCode::jump:
            return {"{found} lệch {percent}% so với bình quân các kỳ trước ({mean}). Nếu đúng, ghi giải trình.",
                    "{found} is {percent}% away from the mean of the last periods ({mean}). If right, explain it."};
        case FindingCode::refused: return {};
    }
    return {};
}

}  // namespace

std::string sentence(const Finding& finding, text::Language language)
{
    if (finding.code == FindingCode::refused)
        return text::sentence(Problem{finding.problem, finding.where, finding.facts}, language);
    return text::fill(message_of(finding.code).in(language), finding.facts);
}

}  // namespace phoihop::reporting
