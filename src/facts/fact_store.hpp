// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.hpp"
#include "store/together.hpp"
#include "store/writer.hpp"

#include <functional>

namespace phoihop::facts {

/// The current version of a key and its state.
struct CurrentFact {
    FactVersion fact;
    FactState state = FactState::submitted;
};

/// The current version of a key as it is stored; `content` lives only during the call that hands it over.
struct StoredFact {
    FactKey key;
    std::int64_t version = 0;
    FactState state = FactState::submitted;
    std::span<const std::byte> content;  ///< facts::encode
};

/// Which version of a report counts, and where it stands.
struct FactStanding {
    std::int64_t version = 0;  ///< 0 = nothing yet
    FactState state = FactState::submitted;
};

/// A step of a report's life after acceptance.
struct FactEvent {
    FactKey key;
    std::int64_t version = 0;
    FactState state{};
    Instant at{};
    UserId actor;
    std::string note;
};

/// Versions and states of reports. The only writer is `reporting`; a module that fills a machine-filled form
/// writes through it too. Journal verbs: "accepted" (version 1), "corrected" (later ones), and the state's word
/// for state changes; the record's subject is facts::subject(key), its version the fact's version, its content
/// encode(fact) for versions and the state's word for state changes.
class FactStore {
public:
    /// Keeps `fact` as the next version (fact.version is ignored and answered) in state submitted, whatever
    /// the state of the version before.
    static std::int64_t append(store::WriteContext& context, const FactVersion& fact);

    /// What says which version counts goes from where it stood when the caller read it to `to`. Where another process
    /// has moved it meanwhile, it fails with a ConstraintError. These rows are what processes compete for: asked for
    /// before anything else of their reports, new ones first and then by key, they make no circle of waiting.
    static void advance(store::Together& together, const FactKey& key, const FactStanding& from,
                        const FactStanding& to);

    /// The version itself, among other statements, after advance().
    static void append(store::Together& together, store::WriteContext& context, const FactVersion& fact);

    /// What is kept of a change of state, among other statements, after advance().
    static void note_state(store::Together& together, store::WriteContext& context, const FactEvent& event);

    [[nodiscard]] static std::optional<CurrentFact> current(store::Connection& connection, const FactKey& key);
    static void current(store::Together& together, const FactKey& key, std::optional<CurrentFact>& found);
    [[nodiscard]] static std::vector<FactVersion> versions(store::Connection& connection, const FactKey& key);
    [[nodiscard]] static std::vector<FactEvent> events(store::Connection& connection, const FactKey& key);

    /// True when a version that says these figures (facts::same_figures) was ever accepted for the key.
    [[nodiscard]] static bool seen_before(store::Connection& connection, const FactKey& key,
                                          std::span<const std::byte> encoded);
    static void seen_before(store::Together& together, const FactKey& key, std::span<const std::byte> encoded,
                            bool& seen);

    /// The current facts of some keys as they are stored; nothing for a key that has none.
    static void each_stored(store::Connection& connection, std::span<const FactKey> keys,
                            const std::function<void(const StoredFact&)>& each);

    /// Every current fact as it is stored, ordered by form, period, unit: what the cube is built from.
    static void each_stored(store::Connection& connection, ProgrammeId programme,
                            const std::function<void(const StoredFact&)>& each);

    /// The same, decoded and with all that is known of the version.
    static void each_current(store::Connection& connection, ProgrammeId programme,
                             const std::function<void(const CurrentFact&)>& each);
};

}  // namespace phoihop::facts
