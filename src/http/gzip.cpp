// SPDX-License-Identifier: Apache-2.0
#include "http/gzip.hpp"

#include "http/request.hpp"

#include <libdeflate.h>

#include <memory>
#include <new>

namespace phoihop::http {
namespace {

struct FreeCompressor {
    void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

/// q=0, q=0.0, q=0.000: the caller wants it not.
bool is_refused(std::string_view parameters)
{
    const std::size_t q = parameters.find("q=");
    if (q == std::string_view::npos) return false;
    const std::string_view weight = trimmed(parameters.substr(q + 2));
    return !weight.empty() && weight.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

std::string gzip(std::string_view bytes, int level)
{
    const std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(libdeflate_alloc_compressor(level));
    if (!compressor) throw std::bad_alloc();
    std::string out(libdeflate_gzip_compress_bound(compressor.get(), bytes.size()), '\0');
    out.resize(libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(), out.data(), out.size()));
    return out;
}

std::uint32_t checksum(std::string_view bytes)
{
    return libdeflate_crc32(0, bytes.data(), bytes.size());
}

bool accepts_gzip(std::string_view accept_encoding)
{
    bool any = false;
    while (!accept_encoding.empty()) {
        const std::size_t comma = accept_encoding.find(',');
        const std::string_view item = accept_encoding.substr(0, comma);
        accept_encoding.remove_prefix(comma == std::string_view::npos ? accept_encoding.size() : comma + 1);
        const std::size_t semicolon = item.find(';');
        const std::string_view coding = trimmed(item.substr(0, semicolon));
        const bool refused = semicolon != std::string_view::npos && is_refused(item.substr(semicolon + 1));
        if (equal_ignoring_case(coding, "gzip")) return !refused;
        if (coding == "*") any = !refused;
    }
    return any;
}

bool is_compressible(std::string_view type)
{
    return type.starts_with("text/") || type.starts_with("application/json") ||
           type.starts_with("application/javascript") || type.starts_with("application/xml") ||
           type.starts_with("image/svg") || type.starts_with("application/manifest") ||
           type.starts_with("application/problem") || type.starts_with("application/topo") ||
           type.starts_with("application/geo") || type.ends_with("+json");
}

}  // namespace phoihop::http
