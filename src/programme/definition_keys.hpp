// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace phoihop::programme {

/// Every key that a definition may have, by the kind of object it stands in, and the words that a key takes.
/// The reader knows no others, and a test holds `programmes/schema/programme.schema.json` to the same tables.
struct DefinitionKey {
    std::string_view key;
    bool required = false;
    std::span<const std::string_view> words = {};  ///< the allowed words; empty = free text, number, list or map
};

struct DefinitionObject {
    std::string_view name;  ///< "indicator": the schema's $defs
    std::span<const DefinitionKey> keys;

    [[nodiscard]] const DefinitionKey* key(std::string_view name) const;
};

[[nodiscard]] std::span<const DefinitionObject> definition_objects();
[[nodiscard]] const DefinitionObject& definition_object(std::string_view name);

}  // namespace phoihop::programme
