// SPDX-License-Identifier: Apache-2.0
#include "store/digest.hpp"

#include <sodium.h>

namespace phoihop::store {

namespace {

/// libsodium wants to be woken once per process; doing it twice is harmless.
void wake_sodium()
{
    static const int ready = sodium_init();
    if (ready < 0) throw StoreError("libsodium cannot start");
}

unsigned char* raw(std::byte* bytes)
{
    return reinterpret_cast<unsigned char*>(bytes);
}
const unsigned char* raw(const std::byte* bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes);
}

class Blake2b {
public:
    Blake2b()
    {
        wake_sodium();
        crypto_generichash_init(&m_state, nullptr, 0, std::tuple_size_v<Digest>);
    }
    Blake2b& add(BytesView bytes)
    {
        crypto_generichash_update(&m_state, raw(bytes.data()), bytes.size());
        return *this;
    }
    Blake2b& add(std::int64_t number)
    {
        std::array<std::byte, 8> bytes{};
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<std::byte>(static_cast<std::uint64_t>(number) >> (8 * i));
        return add(BytesView(bytes));
    }
    Blake2b& add(std::string_view text)
    {
        return add(static_cast<std::int64_t>(text.size())).add(std::as_bytes(std::span(text)));
    }
    [[nodiscard]] Digest finish()
    {
        Digest digest;
        crypto_generichash_final(&m_state, raw(digest.data()), digest.size());
        return digest;
    }

private:
    crypto_generichash_state m_state;
};

}  // namespace

void fill_random(std::span<std::byte> bytes)
{
    wake_sodium();
    randombytes_buf(bytes.data(), bytes.size());
}

Digest digest_of(const Salt& salt, BytesView content)
{
    return Blake2b().add(BytesView(salt)).add(content).finish();
}

Digest chain_hash(const Digest& before, const JournalRecord& record)
{
    return Blake2b()
        .add(BytesView(before))
        .add(record.sequence)
        .add(record.at.time_since_epoch().count())
        .add(record.actor.value)
        .add(record.version)
        .add(BytesView(record.digest))
        .add(std::string_view(record.verb))
        .add(std::string_view(record.subject))
        .finish();
}

Digest sha256_of(BytesView content)
{
    wake_sodium();
    Digest digest;
    crypto_hash_sha256(raw(digest.data()), raw(content.data()), content.size());
    return digest;
}

}  // namespace phoihop::store
