// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/run_program.hpp"

#include <doctest/doctest.h>

#include <iterator>
#include <set>
#include <sstream>

/// The Open XML SDK's validator, LibreOffice and poppler as judges of documents.
namespace phoihop::support {

/// What the validator prints about a file. Its exit status says nothing: only its JSON does.
inline std::string judgement(const std::string& path)
{
    return output_of({PHOIHOP_OOXML_VALIDATOR, path});
}

inline constexpr std::string_view found_good = "\"ok\": true";

inline void check_valid(const std::string& path)
{
    const std::string said = judgement(path);
    CHECK_MESSAGE(said.find(found_good) != std::string::npos, said);
}

/// Converted by LibreOffice, which keeps its own settings in the scratch folder.
inline std::string converted(const ScratchFolder& folder, const std::string& path, const std::string& kind)
{
    const auto said = output_of({"soffice", "--headless", "-env:UserInstallation=file://" + folder.file("profile"),
                                 "--convert-to", kind, "--outdir", folder.file("out"), path});
    const std::string name = std::filesystem::path(path).stem().string() + "." + kind.substr(0, kind.find(':'));
    REQUIRE_MESSAGE(std::filesystem::exists(folder.file("out/" + name)), said);
    return folder.file("out/" + name);
}

inline std::set<std::string> words_of(const std::string& text)
{
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

inline std::string squeezed(const std::string& text)
{
    std::string all;
    for (const char c : text)
        if (c != ' ' && c != '\n' && c != '\f') all += c;
    return all;
}

}  // namespace phoihop::support
