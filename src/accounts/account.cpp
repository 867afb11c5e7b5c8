// SPDX-License-Identifier: Apache-2.0
#include "accounts/account.hpp"

namespace phoihop::accounts {

Actor the_program()
{
    return {UserId{}, Grants{{Grant{Role::central, {}, "", {}}, Grant{Role::operator_, {}, "", {}}}}, false};
}

Result<std::string> read_login(std::string_view text)
{
    static constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789._-@";
    std::string login(text);
    for (char& c : login)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool good = login.size() >= 3 && login.size() <= 64 && login.find_first_not_of(letters) == std::string::npos;
    if (!good)
        return refuse(ProblemCode::malformed, "login",
                      {{"expected", "3-64 × a-z 0-9 . _ - @"}, {"found", login.substr(0, 64)}});
    return login;
}

}  // namespace phoihop::accounts
