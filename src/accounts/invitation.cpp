// SPDX-License-Identifier: Apache-2.0
#include "accounts/invitation.hpp"

#include "text/fold.hpp"

#include <algorithm>

namespace phoihop::accounts {

namespace {

constexpr InvitationState all_states[] = {InvitationState::open, InvitationState::accepted, InvitationState::withdrawn,
                                          InvitationState::expired};

/// "Xã Phố Bảng" → "xa-pho-bang"; letters that a login may not have are left out.
std::string login_of(std::string_view name)
{
    constexpr std::size_t longest = 40;  // a login may have 64, and a number may come behind
    std::string login;
    for (const char c : text::fold(name)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) login += c;
        if (c == ' ' && !login.empty() && login.back() != '-') login += '-';
    }
    login.resize(std::min(login.size(), longest));
    while (!login.empty() && login.back() == '-') login.pop_back();
    return login;
}

}  // namespace

std::string_view word(InvitationState state)
{
    switch (state) {
        case InvitationState::open: return "open";
        case InvitationState::accepted: return "accepted";
        case InvitationState::withdrawn: return "withdrawn";
        case InvitationState::expired: return "expired";
    }
    return "";
}

std::optional<InvitationState> invitation_state_from_word(std::string_view text)
{
    for (const InvitationState state : all_states)
        if (word(state) == text) return state;
    return std::nullopt;
}

InvitationState state_on(const Invitation& invitation, Instant now)
{
    const bool late = invitation.state == InvitationState::open && now >= invitation.expires_at;
    return late ? InvitationState::expired : invitation.state;
}

std::vector<std::string> proposed_logins(std::string_view path, std::string_view party)
{
    const std::string front = party.empty() ? std::string() : login_of(party) + '-';
    const std::size_t comma = path.find(", ");
    const std::string unit = front + login_of(path.substr(0, comma));
    std::vector<std::string> all{unit};
    if (comma != std::string_view::npos) {
        const std::string_view above = path.substr(comma + 2);
        all.push_back(unit + '-' + login_of(above.substr(0, above.find(", "))));
    }
    const std::string longest = all.back();
    for (int number = 2; number <= 9; ++number) all.push_back(longest + '-' + std::to_string(number));
    std::erase_if(all, [](const std::string& login) { return !read_login(login); });
    return all;
}

std::string office_name(std::string_view body, std::string_view unit_name)
{
    if (body.empty()) return std::string(unit_name);
    std::string name(unit_name);
    if (name.starts_with("Đ"))
        name.replace(0, std::string_view("Đ").size(), "đ");
    else if (!name.empty() && name.front() >= 'A' && name.front() <= 'Z')
        name.front() = static_cast<char>(name.front() - 'A' + 'a');
    return std::string(body) + ' ' + name;
}

}  // namespace phoihop::accounts
