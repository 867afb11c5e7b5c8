// SPDX-License-Identifier: Apache-2.0
#include "rollup/cube.hpp"

#include "base/log.hpp"
#include "rollup/builder.hpp"
#include "rollup/recompute.hpp"
#include "rollup/scrub.hpp"
#include "rollup/snapshot_file.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <mutex>
#include <set>

namespace phoihop::rollup {
namespace {

constexpr std::int64_t reports_between_progress = 20'000;
constexpr std::int64_t journal_step = 10'000;
/// Reading everything is quicker than following more than this, report by report.
constexpr std::int64_t records_behind_max = 100'000;

/// The chain's hash at `sequence`; nothing when the journal does not go that far.
std::optional<store::Digest> hash_at(store::Connection& connection, std::int64_t sequence)
{
    if (sequence == 0) return store::Digest{};
    std::optional<store::Digest> hash;
    store::read_journal(connection, sequence - 1, 1, [&](const store::JournalRecord& record) { hash = record.hash; });
    return hash;
}

/// The first period that still lies in a file, or null.
const HeldPeriod* first_in_file(const Snapshot& snapshot)
{
    for (const auto& [key, form] : snapshot.forms())
        for (const auto& [id, period] : form->periods)
            if (!period.is_made()) return &period;
    return nullptr;
}

/// "period:3/26770" names the programme and the period whose register was drawn or changed.
std::optional<std::pair<ProgrammeId, PeriodId>> period_of_subject(std::string_view subject)
{
    constexpr std::string_view kind = "period:";
    if (!subject.starts_with(kind)) return std::nullopt;
    subject.remove_prefix(kind.size());
    const auto slash = subject.find('/');
    std::pair<ProgrammeId, PeriodId> found;
    const auto number = [](std::string_view text, std::int64_t& value) {
        const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc{} && stop == text.data() + text.size();
    };
    if (slash == std::string_view::npos || !number(subject.substr(0, slash), found.first.value) ||
        !number(subject.substr(slash + 1), found.second.value))
        return std::nullopt;
    return found;
}

}  // namespace

struct Cube::Impl {
    Impl(const store::Database& from, OwedReader register_reader) : database(from), owed(std::move(register_reader)) {}

    const store::Database& database;
    OwedReader owed;

    std::mutex building;  // held while the next snapshot is made
    CubeBuilder builder;

    mutable std::mutex publishing;  // held only to copy the pointer
    std::shared_ptr<const Snapshot> published = std::make_shared<Snapshot>();
    std::vector<std::shared_ptr<const programme::Programme>> versions;

    std::atomic<std::int64_t> filed = 0;  // the sequence of the last file

    mutable std::mutex scrubbing;
    Scrub scrubber;
    bool differs = false;

    [[nodiscard]] std::shared_ptr<const Snapshot> current() const
    {
        const std::lock_guard lock(publishing);
        return published;
    }

    void publish(std::shared_ptr<const Snapshot> next)
    {
        const std::lock_guard lock(publishing);
        published.swap(next);
    }

    void read_owed(store::Connection& connection, ProgrammeId programme, std::optional<PeriodId> period)
    {
        std::vector<Owed> all;
        owed(connection, programme, period, [&](const Owed& each) { all.push_back(each); });
        builder.set_owed(programme, period, std::move(all));
    }

    void read_reports(store::Connection& connection, const ReloadOptions& options)
    {
        std::int64_t reports = 0;
        for (const auto& programme : builder.programmes()) {
            read_owed(connection, programme->id, std::nullopt);
            facts::FactStore::each_stored(connection, programme->id, [&](const facts::StoredFact& fact) {
                builder.collect(fact);
                if (++reports % reports_between_progress == 0 && options.progress) options.progress(reports);
            });
        }
        builder.sum_all();
    }

    using Programmes = std::vector<std::shared_ptr<const programme::Programme>>;
    void load(const std::shared_ptr<const units::Territory>& territory, const Programmes& programmes,
              const ReloadOptions& options)
    {
        database.read([&](store::Connection& connection) {
            const auto position = store::journal_position(connection);
            builder.start(territory, programmes, options.today);
            read_reports(connection, options);
            publish(builder.finish(position.sequence));
        });
    }

    /// False when there is no file, or none that fits.
    bool load_file(const std::shared_ptr<const units::Territory>& territory, const Programmes& programmes,
                   const ReloadOptions& options);

    /// Keeps the maps of another day. False when the file that a period lies in is damaged.
    bool turn_to(Date today);

    /// A period of the file cannot be believed: everything again from the database. While `building` is held.
    void load_instead(const SnapshotRefused& why)
    {
        log::error("cube file damaged, reading the database instead", {{"why", why.what()}});
        filed = 0;
        const auto before = current();
        load(before->territory(), versions, {before->today(), {}, {}});
    }

    /// The same for who holds nothing; somebody else may have met the damage first.
    void mend(const SnapshotRefused& why)
    {
        const std::lock_guard lock(building);
        if (first_in_file(*current()) != nullptr) load_instead(why);
    }

    /// With `connection`, content that is not in a record is read there; else in a transaction of its own.
    void follow(std::span<const store::JournalRecord> records, store::Connection* connection);
    void take(std::span<const store::JournalRecord> records, store::Connection* connection);
    /// False for a record of another process, which has no content here.
    bool follow_fact(const store::JournalRecord& record, const facts::FactKey& key);
};

bool Cube::Impl::follow_fact(const store::JournalRecord& record, const facts::FactKey& key)
{
    const auto state = facts::fact_state_from_word(record.verb);
    const bool is_version = record.verb == "accepted" || record.verb == "corrected";
    if (!is_version || record.content.empty()) return state && builder.set_state(key, record.version, *state);
    builder.apply({key, record.version, facts::FactState::submitted, record.content});
    return true;
}

bool Cube::Impl::load_file(const std::shared_ptr<const units::Territory>& territory, const Programmes& programmes,
                           const ReloadOptions& options)
{
    try {
        const auto file = SnapshotFile::open(options.file);
        if (!file) return false;
        const auto& position = file->directory().position;
        database.read([&](store::Connection& connection) {
            // A database restored from an older copy, another one, or one whose journal went another way.
            if (hash_at(connection, position.sequence) != position.hash)
                throw SnapshotRefused("the file is of another journal");
            if (store::journal_position(connection).sequence - position.sequence > records_behind_max)
                throw SnapshotRefused("the file is too old");
        });
        builder.start(territory, programmes, file->directory().today);
        file->hand_over(builder);
        if (options.today != file->directory().today) builder.keep_maps(programmes, options.today);
        publish(builder.finish(position.sequence));
        filed = position.sequence;
        return true;
    } catch (const SnapshotRefused& why) {
        log::warning("cube file not used", {{"file", options.file}, {"why", why.what()}});
        return false;
    }
}

bool Cube::Impl::turn_to(Date today)
{
    const auto before = current();
    try {
        builder.go_on(*before);
        builder.keep_maps(versions, today);
        publish(builder.finish(before->as_of()));
        return true;
    } catch (const SnapshotRefused& why) {
        log::error("cube file damaged, reading the database instead", {{"why", why.what()}});
        return false;
    }
}

void Cube::Impl::follow(std::span<const store::JournalRecord> records, store::Connection* connection)
{
    const std::lock_guard lock(building);
    try {
        take(records, connection);
    } catch (const SnapshotRefused& why) {
        load_instead(why);
    }
}

void Cube::Impl::take(std::span<const store::JournalRecord> records, store::Connection* connection)
{
    const auto before = current();
    while (!records.empty() && records.front().sequence <= before->as_of()) records = records.subspan(1);
    if (records.empty() || !before->territory()) return;

    const auto reading = [&](const std::function<void(store::Connection&)>& read) {
        if (connection != nullptr) return read(*connection);
        database.read(read);
    };
    builder.go_on(*before);
    std::set<std::pair<ProgrammeId, PeriodId>> drawn;
    std::set<facts::FactKey> elsewhere;  // changed by other processes
    const auto take_one = [&](const store::JournalRecord& record) {
        if (const auto key = facts::key_from_subject(record.subject)) {
            if (!follow_fact(record, *key)) elsewhere.insert(*key);
        } else if (const auto period = period_of_subject(record.subject)) {
            drawn.insert(*period);
        }
    };
    // Another process, or an act between loading and following, may have left a gap before the first record.
    if (const auto missed = records.front().sequence - before->as_of() - 1; missed > 0)
        reading([&](store::Connection& each) { store::read_journal(each, before->as_of(), missed, take_one); });
    for (const auto& record : records) take_one(record);
    // Read together, because three processes bring each other two thirds of all that they follow. What is in the
    // database is at least as new as any of these records.
    if (!elsewhere.empty())
        reading([&](store::Connection& each) {
            const std::vector<facts::FactKey> keys(elsewhere.begin(), elsewhere.end());
            facts::FactStore::each_stored(each, keys, [&](const facts::StoredFact& fact) { builder.apply(fact); });
        });
    for (const auto& [programme, period] : drawn)
        reading([&](store::Connection& each) { read_owed(each, programme, period); });
    publish(builder.finish(records.back().sequence));
}

Cube::Cube(const store::Database& database, OwedReader owed) : m_impl(std::make_unique<Impl>(database, std::move(owed)))
{
}

Cube::~Cube() = default;

void Cube::reload(const std::shared_ptr<const units::Territory>& territory,
                  std::vector<std::shared_ptr<const programme::Programme>> programmes, const ReloadOptions& options)
{
    bool by_file = false;
    {
        const std::lock_guard lock(m_impl->building);
        const auto before = m_impl->current();
        const bool same_definitions = before->territory() == territory && m_impl->versions == programmes;
        if (same_definitions && before->today() == options.today) return;
        if (same_definitions && territory && m_impl->turn_to(options.today)) return;
        by_file = !before->territory() && !options.file.empty() && m_impl->load_file(territory, programmes, options);
        if (!by_file) m_impl->load(territory, programmes, options);
        m_impl->versions = std::move(programmes);
    }
    if (by_file) catch_up();
}

bool Cube::pack_cold(std::size_t most)
{
    const std::lock_guard lock(m_impl->building);
    const auto before = m_impl->current();
    if (!before->territory()) return false;
    m_impl->builder.go_on(*before);
    const auto packed = m_impl->builder.pack_cold(most);
    auto next = m_impl->builder.finish(before->as_of());
    if (packed > 0) m_impl->publish(std::move(next));
    return packed == most;
}

bool Cube::check_file()
{
    const auto held = snapshot();
    const auto* period = first_in_file(*held);
    if (period == nullptr) return false;
    try {
        static_cast<void>(*period->get()->leaves);
    } catch (const SnapshotRefused& why) {
        m_impl->mend(why);
    }
    return true;
}

void Cube::scrub()
{
    const auto held = snapshot();
    try {
        const std::lock_guard lock(m_impl->scrubbing);
        if (m_impl->differs) return;
        const auto found = m_impl->scrubber.step(*held);
        if (!found) return;
        m_impl->differs = true;
        // A figure is never logged.
        log::error("kept sums differ from the reports: run verify",
                   {{"where", found->place}, {"reports", found->reports}});
    } catch (const SnapshotRefused& why) {
        m_impl->mend(why);
    }
}

Scrubbed Cube::scrubbed() const
{
    const std::lock_guard lock(m_impl->scrubbing);
    return {m_impl->scrubber.rounds(), m_impl->scrubber.periods(), m_impl->differs};
}

std::int64_t Cube::save(const std::string& path)
{
    const auto held = snapshot();
    if (!held->territory() || scrubbed().differs) return 0;
    std::optional<store::Digest> hash;
    m_impl->database.read([&](store::Connection& connection) { hash = hash_at(connection, held->as_of()); });
    try {
        if (!hash || !write_snapshot_file(path, *held, *hash)) return 0;
        return m_impl->filed = held->as_of();
    } catch (const SnapshotRefused& why) {
        m_impl->mend(why);
        return 0;
    }
}

std::int64_t Cube::filed() const
{
    return m_impl->filed;
}

void Cube::follow(std::span<const store::JournalRecord> records)
{
    m_impl->follow(records, nullptr);
}

void Cube::catch_up()
{
    if (!snapshot()->territory()) return;  // never loaded: nothing is derived yet
    m_impl->database.read([&](store::Connection& connection) {
        for (;;) {
            std::vector<store::JournalRecord> records;
            store::read_journal(connection, snapshot()->as_of(), journal_step,
                                [&](const store::JournalRecord& record) { records.push_back(record); });
            if (records.empty()) return;
            m_impl->follow(records, &connection);
        }
    });
}

std::shared_ptr<const Snapshot> Cube::snapshot() const
{
    return m_impl->current();
}

std::vector<std::string> Cube::differences(std::size_t most)
{
    if (!snapshot()->territory()) return {};
    // Both sides must say the same sequence. A busy writer may be ahead again when we look; a few more tries
    // meet it between two batches.
    for (int attempt = 0;; ++attempt) {
        catch_up();
        std::optional<std::vector<std::string>> found;
        m_impl->database.read([&](store::Connection& connection) {
            const auto position = store::journal_position(connection);
            const auto held = snapshot();
            if (held->as_of() == position.sequence) found = compare(*held, connection, m_impl->owed, most);
        });
        if (found) return std::move(*found);
        if (attempt == 100) return {"the journal moved during all 100 attempts to compare"};
    }
}

}  // namespace phoihop::rollup
