// SPDX-License-Identifier: Apache-2.0
#include "text/fold.hpp"

#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include <memory>
#include <stdexcept>

namespace phoihop::text {
namespace {

struct Close {
    void operator()(UCollator* collator) const { ucol_close(collator); }
};

/// Opened once; ICU's reading functions on an opened collator are safe in many threads.
const UCollator* vietnamese()
{
    static const std::unique_ptr<UCollator, Close> collator = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<UCollator, Close> opened(ucol_open("vi", &status));
        if (U_FAILURE(status)) throw std::runtime_error(std::string("icu: collation vi: ") + u_errorName(status));
        return opened;
    }();
    return collator.get();
}

}  // namespace

std::string sort_key(std::string_view text)
{
    std::u16string wide(text.size(), u'\0');
    std::int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(wide.data(), static_cast<std::int32_t>(wide.size()), &length, text.data(),
                         static_cast<std::int32_t>(text.size()), 0xFFFD, nullptr, &status);
    if (U_FAILURE(status)) throw std::runtime_error(std::string("icu: from UTF-8: ") + u_errorName(status));
    std::string key(text.size() * 3 + 16, '\0');
    for (;;) {
        const std::int32_t needed =
            ucol_getSortKey(vietnamese(), wide.data(), length, reinterpret_cast<std::uint8_t*>(key.data()),
                            static_cast<std::int32_t>(key.size()));
        const auto size = static_cast<std::size_t>(needed);
        const bool fits = size <= key.size();
        key.resize(size);
        if (!fits) continue;
        if (!key.empty()) key.pop_back();  // the closing zero says nothing
        return key;
    }
}

std::string sort_key_version()
{
    UVersionInfo version;
    ucol_getVersion(vietnamese(), version);
    std::string text;
    for (const std::uint8_t part : version) {
        if (!text.empty()) text += '.';
        text += std::to_string(part);
    }
    return text;
}

}  // namespace phoihop::text
