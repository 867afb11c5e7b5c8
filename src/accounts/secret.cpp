// SPDX-License-Identifier: Apache-2.0
#include "accounts/secret.hpp"

#include "store/digest.hpp"

#include <array>

namespace phoihop::accounts {
namespace {

std::string base64url(std::span<const std::byte> bytes)
{
    static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const std::byte byte : bytes) {
        bits = (bits << 8U) | static_cast<std::uint32_t>(byte);
        count += 8;
        while (count >= 6) {
            count -= 6;
            out += letters[(bits >> static_cast<unsigned>(count)) & 63U];
        }
    }
    if (count > 0) out += letters[(bits << static_cast<unsigned>(6 - count)) & 63U];
    return out;
}

store::Salt purpose(std::string_view word)
{
    store::Salt salt{};
    for (std::size_t i = 0; i < word.size() && i < salt.size(); ++i) salt[i] = static_cast<std::byte>(word[i]);
    return salt;
}

}  // namespace

void SystemRandom::fill(std::span<std::byte> bytes)
{
    store::fill_random(bytes);
}

std::string draw_token(Random& random)
{
    std::array<std::byte, 32> bytes{};
    random.fill(bytes);
    return base64url(bytes);
}

std::string draw_password(Random& random)
{
    static constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
    std::string out;
    while (out.size() < 19) {
        if (out.size() % 5 == 4) out += '-';
        std::byte byte{};
        random.fill({&byte, 1});
        const auto number = static_cast<std::size_t>(byte);
        if (number < 256 / letters.size() * letters.size()) out += letters[number % letters.size()];
    }
    return out;
}

store::Digest token_hash(std::string_view token)
{
    return store::digest_of(purpose("token"), std::as_bytes(std::span(token)));
}

std::string csrf_token(std::string_view session_token)
{
    return base64url(store::digest_of(purpose("csrf"), std::as_bytes(std::span(session_token))));
}

bool equal_secrets(std::string_view left, std::string_view right)
{
    if (left.size() != right.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i)
        difference |= static_cast<unsigned>(static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]));
    return difference == 0;
}

}  // namespace phoihop::accounts
