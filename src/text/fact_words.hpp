// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/messages.hpp"

namespace phoihop::text {

/// The facts of a problem are words of the programs: "unit code", "evidenced". This is what a person reads in their
/// place; a word that is not known (a file's name, a code, what somebody typed) is said as it is.
[[nodiscard]] std::string fact_in_words(ProblemCode code, std::string_view fact, std::string_view value,
                                        Language language);

/// Whether the fact `what` may hold this word: a test holds every `{"what", "…"}` of src/ to it.
[[nodiscard]] bool is_known_what(std::string_view word);

}  // namespace phoihop::text
