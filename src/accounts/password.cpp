// SPDX-License-Identifier: Apache-2.0
#include "accounts/password.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>

namespace phoihop::accounts {

/// One of the places at the hasher.
class PasswordHasher::Turn {
public:
    explicit Turn(PasswordHasher& hasher) : m_hasher(hasher)
    {
        std::unique_lock lock(hasher.m_mutex);
        m_taken = hasher.m_freed.wait_for(lock, hasher.m_wait_max, [&] { return hasher.m_free > 0; });
        if (m_taken) --hasher.m_free;
    }
    ~Turn()
    {
        if (!m_taken) return;
        const std::lock_guard lock(m_hasher.m_mutex);
        ++m_hasher.m_free;
        m_hasher.m_freed.notify_one();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    [[nodiscard]] bool taken() const { return m_taken; }

private:
    PasswordHasher& m_hasher;
    bool m_taken;
};

namespace {

tl::unexpected<Problem> busy()
{
    return refuse(ProblemCode::busy, "password", {{"retry_s", "5"}});
}

std::string hashed(std::string_view password, const PasswordCost& cost)
{
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (crypto_pwhash_str(out.data(), password.data(), password.size(), cost.passes, cost.memory) != 0)
        throw std::bad_alloc();
    return out.data();
}

}  // namespace

PasswordHasher::PasswordHasher(PasswordCost cost, int parallel_max, std::chrono::milliseconds wait_max)
    : m_cost(cost), m_free(parallel_max), m_wait_max(wait_max)
{
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
    m_nobody = hashed("", cost);
}

Result<std::string> PasswordHasher::hash(std::string_view password)
{
    const Turn turn(*this);
    if (!turn.taken()) return busy();
    return hashed(password, m_cost);
}

Result<bool> PasswordHasher::matches(std::string_view hash, std::string_view password)
{
    const Turn turn(*this);
    if (!turn.taken()) return busy();
    const std::string known(hash.empty() ? m_nobody : hash);
    const bool same = crypto_pwhash_str_verify(known.c_str(), password.data(), password.size()) == 0;
    return same && !hash.empty();
}

Result<void> check_password(std::string_view password, std::string_view login)
{
    static constexpr std::string_view most_used[] = {
        "1234567890",  "0123456789",  "0987654321",   "12345678910", "123456789a",    "1234567891",
        "1111111111",  "0000000000",  "qwertyuiop",   "1q2w3e4r5t",  "password12",    "password123",
        "matkhau123",  "matkhau1234", "matkhau12345", "anhyeuem123", "iloveyou123",   "vietnam123",
        "vietnam2025", "conganviet",  "mattranvn1",   "admin12345",  "administrator", "abcdefghij",
        "abcd123456",  "abc1234567",  "asdfghjkl1",   "motconvit1",  "motconvit123",  "khongbiet1",
    };
    if (password.size() > password_size_max)
        return refuse(ProblemCode::too_large, "password", {{"limit", std::to_string(password_size_max)}});
    const auto letters = static_cast<std::size_t>(std::count_if(
        password.begin(), password.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
    if (letters < password_length_min)
        return refuse(ProblemCode::out_of_range, "password",
                      {{"min", std::to_string(password_length_min)}, {"found", std::to_string(letters)}});
    if (password == login || std::find(std::begin(most_used), std::end(most_used), password) != std::end(most_used))
        return refuse(ProblemCode::inconsistent, "password", {{"rule", "not_guessable"}});
    return {};
}

}  // namespace phoihop::accounts
