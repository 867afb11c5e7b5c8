// SPDX-License-Identifier: Apache-2.0
#include "accounts/secret.hpp"

#include "accounts/account.hpp"
#include "accounts/password.hpp"
#include "accounts/sign_in_limiter.hpp"

#include <doctest/doctest.h>

#include <future>
#include <set>

using namespace phoihop;
using namespace phoihop::accounts;
using namespace std::chrono_literals;

namespace {

/// Says 0, 1, 2 …
class Counting final : public Random {
public:
    void fill(std::span<std::byte> bytes) override
    {
        for (std::byte& byte : bytes) byte = static_cast<std::byte>(m_next++);
    }

private:
    unsigned char m_next = 0;
};

constexpr PasswordCost cheap{1, 8192};
constexpr Instant start{day(2025, 7, 1)};

}  // namespace

TEST_CASE("accounts: tokens and drawn passwords have their form and use all their letters")
{
    Counting counting;
    CHECK(draw_token(counting) == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    Counting again;
    CHECK(draw_password(again) == "abcd-efgh-jkmn-pqrs");
    SystemRandom random;
    std::set<char> letters;
    std::set<std::string> passwords;
    for (int i = 0; i < 500; ++i) {
        const std::string password = draw_password(random);
        CHECK(password.size() == 19);
        passwords.insert(password);
        letters.insert(password.begin(), password.end());
    }
    CHECK(passwords.size() == 500);
    CHECK(letters.size() == 32);  // 31 and the hyphen
    CHECK(draw_token(random) != draw_token(random));
}

TEST_CASE("accounts: a page's token is made from its session and from nothing else")
{
    CHECK(csrf_token("a") == csrf_token("a"));
    CHECK(csrf_token("a") != csrf_token("b"));
    CHECK(token_hash("a") != token_hash("b"));
    CHECK(equal_secrets("abc", "abc"));
    CHECK_FALSE(equal_secrets("abc", "abd"));
    CHECK_FALSE(equal_secrets("abc", "ab"));
}

TEST_CASE("accounts: a password is known again by its hash, and nobody's hash fits nothing")
{
    PasswordHasher hasher(cheap);
    const std::string hash = hasher.hash("đúng là tôi").value();
    CHECK(hash.starts_with("$argon2id$"));
    CHECK(hasher.hash("đúng là tôi").value() != hash);
    CHECK(hasher.matches(hash, "đúng là tôi").value());
    CHECK_FALSE(hasher.matches(hash, "đúng là tôi ").value());
    CHECK_FALSE(hasher.matches("", "").value());
    CHECK_FALSE(hasher.matches("not a hash", "x").value());
}

TEST_CASE("accounts: no more passwords are hashed at once than the machine can bear")
{
    PasswordHasher none(cheap, 0, 0ms);
    CHECK(none.hash("x").error().code == ProblemCode::busy);
    CHECK(none.matches("", "x").error().code == ProblemCode::busy);
    PasswordHasher one(cheap, 1, 10s);
    std::vector<std::future<bool>> all;
    for (int i = 0; i < 8; ++i)
        all.push_back(std::async(std::launch::async, [&] { return one.hash("x").has_value(); }));
    for (auto& each : all) CHECK(each.get());
}

TEST_CASE("accounts: a new password is long, not the login and not everybody's")
{
    CHECK(check_password("mưa rơi trên mái", "hanoi").has_value());
    CHECK(check_password("đđđđđđđđđ", "hanoi").error().code == ProblemCode::out_of_range);  // nine letters, not 18
    CHECK(check_password("matkhau123", "hanoi").error().code == ProblemCode::inconsistent);
    CHECK(check_password("lao_cai_officer", "lao_cai_officer").error().code == ProblemCode::inconsistent);
    CHECK(check_password(std::string(257, 'a'), "x").error().code == ProblemCode::too_large);
}

TEST_CASE("accounts: a login is plain letters, whatever their case")
{
    CHECK(read_login("Lao_Cai.1@pct").value() == "lao_cai.1@pct");
    for (const std::string_view bad : {"", "ab", "a b c", "đặng", "a\nbc", "' or 1=1"})
        CHECK_FALSE(read_login(bad).has_value());
    CHECK_FALSE(read_login(std::string(65, 'a')).has_value());
}

TEST_CASE("accounts: after some failures each try must wait twice as long")
{
    SignInLimiter limiter({.free_failures = 2, .first_wait = 10s, .wait_max = 35s});
    Instant now = start;
    limiter.failed("a", "1.1.1.1", now);
    CHECK(limiter.wait("a", "1.1.1.1", now) == 0s);
    limiter.failed("a", "1.1.1.1", now);
    CHECK(limiter.wait("a", "1.1.1.1", now) == 10s);
    CHECK(limiter.wait("a", "1.1.1.1", now + 9500ms) == 1s);
    now += 10s;
    CHECK(limiter.wait("a", "1.1.1.1", now) == 0s);
    limiter.failed("a", "1.1.1.1", now);
    CHECK(limiter.wait("a", "1.1.1.1", now) == 20s);
    for (int i = 0; i < 40; ++i) limiter.failed("a", "1.1.1.1", now);
    CHECK(limiter.wait("a", "1.1.1.1", now) == 35s);
    CHECK(limiter.wait("b", "1.1.1.1", now) == 0s);
    CHECK(limiter.wait("a", "2.2.2.2", now) == 0s);  // a stranger elsewhere does not lock her out
    CHECK(limiter.wait("a", "1.1.1.1", now + 1h) == 0s);
    limiter.succeeded("a", "1.1.1.1");
    CHECK(limiter.wait("a", "1.1.1.1", now) == 0s);
}

TEST_CASE("accounts: one address that tries many logins is slowed down, and memory stays bounded")
{
    SignInLimiter limiter({.free_of_address = 10, .entries_max = 30});
    for (int i = 0; i < 10; ++i) limiter.failed("user" + std::to_string(i), "6.6.6.6", start);
    CHECK(limiter.wait("another", "6.6.6.6", start) > 0s);
    limiter.succeeded("user1", "6.6.6.6");
    CHECK(limiter.wait("another", "6.6.6.6", start) > 0s);
    for (int i = 0; i < 1000; ++i) limiter.failed("x", "7.7.7." + std::to_string(i), start);
    CHECK(limiter.entry_count() == 30);
}
