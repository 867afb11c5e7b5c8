// SPDX-License-Identifier: Apache-2.0
#include "rollup/snapshot_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <mutex>
#include <system_error>

namespace phoihop::rollup {
namespace {

/// Parts begin on pages of memory, so that looking at one never reads another.
constexpr std::uint64_t part_alignment = 4096;

[[noreturn]] void fail(const char* what)
{
    throw std::system_error(errno, std::generic_category(), what);
}

class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor()
    {
        if (m_number >= 0) ::close(m_number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

/// Opens the new file with a lock that any death releases; -1 when another process holds it. What a killed process
/// left there is written over.
int open_new(const std::string& path)
{
    for (;;) {
        const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (file < 0) fail("open");
        if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
            ::close(file);
            return -1;
        }
        // Between opening and locking, the one before may have put it into the place of the file that is used.
        struct stat mine{};
        struct stat there{};
        if (::fstat(file, &mine) == 0 && ::stat(path.c_str(), &there) == 0 && mine.st_ino == there.st_ino) return file;
        ::close(file);
    }
}

void write_at(int file, std::uint64_t offset, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const auto written = ::pwrite(file, bytes.data(), bytes.size(), static_cast<::off_t>(offset));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("write");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        offset += static_cast<std::uint64_t>(written);
    }
}

/// Writes one part after the other, and now and then to the disk: a database on the same disk never waits for much.
class PartWriter {
public:
    explicit PartWriter(int file) : m_file(file) {}

    FilePart write(std::span<const std::byte> bytes)
    {
        const FilePart part{m_end, bytes.size(), checksum(bytes)};
        write_at(m_file, m_end, bytes);
        m_unsynced += bytes.size();
        if (m_unsynced >= unsynced_max) {
            if (::fdatasync(m_file) != 0) fail("fdatasync");
            m_unsynced = 0;
        }
        m_end = (m_end + bytes.size() + part_alignment - 1) / part_alignment * part_alignment;
        return part;
    }

private:
    static constexpr std::uint64_t unsynced_max = 16U << 20U;
    int m_file;
    std::uint64_t m_unsynced = 0;
    std::uint64_t m_end = part_alignment;
};

void write_all(int file, const Snapshot& snapshot, const store::Digest& hash)
{
    PartWriter parts(file);
    SnapshotDirectory directory;
    directory.position = {snapshot.as_of(), hash};
    directory.today = snapshot.today();
    for (const auto& map : snapshot.kept_maps()) directory.maps.push_back(fingerprint(*map));
    for (const auto& [key, form] : snapshot.forms()) {
        auto& kept = directory.forms.emplace_back();
        kept.layout = *form->layout;
        for (const auto& [id, period] : form->periods)
            kept.periods.push_back({id, parts.write(PeriodFormat::encode_sums(*period).bytes()),
                                    parts.write(PeriodFormat::encode_leaves(*period->leaves).bytes())});
    }
    SnapshotHeader header;
    header.directory = parts.write(encode(directory).bytes());
    header.file_size = header.directory.offset + header.directory.size;
    write_at(file, 0, encode(header));
    if (::ftruncate(file, static_cast<::off_t>(header.file_size)) != 0) fail("ftruncate");
    if (::fsync(file) != 0) fail("fsync");
}

void sync_folder_of(const std::string& path)
{
    const auto slash = path.rfind('/');
    const auto folder = slash == std::string::npos ? std::string(".") : path.substr(0, slash + 1);
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.number() < 0 || ::fsync(opened.number()) != 0) fail("fsync of the folder");
}

/// What still lies in the file: made once, by `decode`, from bytes that were found whole.
template <class Part, class Decode>
class InFile final : public Source<Part> {
public:
    InFile(std::shared_ptr<const SnapshotFile> file, const FilePart& place, Decode decode)
        : m_file(std::move(file)), m_place(place), m_decode(std::move(decode))
    {
    }

    [[nodiscard]] bool is_made() const override { return m_ready.load(std::memory_order_acquire) != nullptr; }
    [[nodiscard]] const Part& get() const override
    {
        if (const auto* ready = m_ready.load(std::memory_order_acquire)) return *ready;
        const std::lock_guard lock(m_making);
        if (!m_made) m_made = m_decode(m_file->checked(m_place));
        m_ready.store(m_made.get(), std::memory_order_release);
        return *m_made;
    }

private:
    std::shared_ptr<const SnapshotFile> m_file;
    FilePart m_place;
    Decode m_decode;
    mutable std::mutex m_making;
    mutable std::shared_ptr<const Part> m_made;
    mutable std::atomic<const Part*> m_ready = nullptr;
};

template <class Part, class Decode>
std::shared_ptr<const Source<Part>> in_file(std::shared_ptr<const SnapshotFile> file, const FilePart& place,
                                            Decode decode)
{
    return std::make_shared<const InFile<Part, Decode>>(std::move(file), place, std::move(decode));
}

HeldPeriod held_in(const std::shared_ptr<const SnapshotFile>& file, const SnapshotDirectory::Period& period,
                   const std::shared_ptr<const FormLayout>& layout,
                   const std::vector<std::shared_ptr<const MapRows>>& maps)
{
    const HeldLeaves leaves(in_file<LeafBlock>(file, period.leaves, [file](std::span<const std::byte> bytes) {
        return PeriodFormat::decode_leaves(bytes, file);
    }));
    return HeldPeriod(in_file<PeriodBlock>(file, period.sums, [=](std::span<const std::byte> bytes) {
        auto made = PeriodFormat::decode_sums(bytes, layout, maps, file);
        made->leaves = leaves;
        return made;
    }));
}

}  // namespace

bool write_snapshot_file(const std::string& path, const Snapshot& snapshot, const store::Digest& hash)
{
    const auto new_path = path + ".new";
    const Descriptor file(open_new(new_path));
    if (file.number() < 0) return false;
    try {
        write_all(file.number(), snapshot, hash);
        if (::rename(new_path.c_str(), path.c_str()) != 0) fail("rename");
    } catch (...) {
        ::unlink(new_path.c_str());
        throw;
    }
    sync_folder_of(path);
    return true;
}

std::shared_ptr<const SnapshotFile> SnapshotFile::open(const std::string& path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0 && errno == ENOENT) return nullptr;
    struct stat state{};
    if (file.number() < 0 || ::fstat(file.number(), &state) != 0)
        throw SnapshotRefused("the file cannot be opened: " + std::generic_category().message(errno));
    if (!S_ISREG(state.st_mode) || state.st_size < static_cast<::off_t>(SnapshotHeader::bytes))
        throw SnapshotRefused("the file is cut");
    const auto size = static_cast<std::size_t>(state.st_size);
    auto* data = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.number(), 0);
    if (data == MAP_FAILED) throw SnapshotRefused("the file cannot be mapped");
    const std::shared_ptr<SnapshotFile> opened(new SnapshotFile(static_cast<const std::byte*>(data), size));
    const auto header = decode_header(opened->m_bytes);
    opened->m_directory = decode_directory(opened->checked(header.directory));
    return opened;
}

SnapshotFile::~SnapshotFile()
{
    ::munmap(const_cast<std::byte*>(m_bytes.data()), m_bytes.size());
}

std::span<const std::byte> SnapshotFile::checked(const FilePart& part) const
{
    const bool inside =
        part.offset % part_alignment == 0 && part.offset <= m_bytes.size() && part.size <= m_bytes.size() - part.offset;
    if (inside) {
        const auto bytes = m_bytes.subspan(part.offset, part.size);
        // One call instead of a fault every 16 pages. Only an advice: where it is not known, pages come one by one.
        static_cast<void>(::madvise(const_cast<std::byte*>(bytes.data()), bytes.size(), MADV_POPULATE_READ));
        if (checksum(bytes) == part.checksum) return bytes;
    }
    m_damaged = true;
    throw SnapshotRefused("the file is damaged at byte " + std::to_string(part.offset));
}

void SnapshotFile::hand_over(CubeBuilder& builder) const
{
    const auto kept = builder.next().kept_maps();
    const std::vector<std::shared_ptr<const MapRows>> maps(kept.begin(), kept.end());
    if (!std::ranges::equal(maps, m_directory.maps, {}, [](const auto& map) { return fingerprint(*map); }))
        throw SnapshotRefused("the file is of another territory");
    const auto& forms = builder.next().forms();
    const auto same = [](const auto& form, const auto& filed) {
        return same_columns(*form.second->layout, filed.layout);
    };
    if (!std::ranges::equal(forms, m_directory.forms, same)) throw SnapshotRefused("the file is of other programmes");
    for (const auto& form : m_directory.forms) {
        const auto layout = std::make_shared<const FormLayout>(form.layout);
        std::vector<std::pair<PeriodId, HeldPeriod>> periods;
        for (const auto& period : form.periods)
            periods.emplace_back(period.period, held_in(shared_from_this(), period, layout, maps));
        builder.hold(layout, std::move(periods));
    }
}

}  // namespace phoihop::rollup
