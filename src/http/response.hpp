// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/url.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::http {

class Subscription;

/// Bytes that are ready to be sent, maybe to many callers at once: a cache keeps them by shared pointer. The
/// compressed form is made once, when the first caller asks for it. Immutable otherwise; thread-safe.
class Content {
public:
    Content(std::string bytes, std::string type, std::string etag = {})
        : m_bytes(std::move(bytes)), m_type(std::move(type)), m_etag(std::move(etag))
    {
    }
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }
    [[nodiscard]] const std::string& type() const { return m_type; }  ///< "application/json"

    /// What names this version, without quotes ("seq-1042"); "" when the answer cannot be asked for again.
    [[nodiscard]] const std::string& etag() const { return m_etag; }

    /// The bytes as gzip, or null where that saves nothing (short, or an already compressed type).
    [[nodiscard]] const std::string* gzip() const;
    /// Whether gzip() answers at once.
    [[nodiscard]] bool compressed() const { return m_is_compressed.load(std::memory_order_acquire); }

private:
    std::string m_bytes;
    std::string m_type;
    std::string m_etag;
    mutable std::once_flag m_compressed_once;
    mutable std::string m_compressed;
    mutable std::atomic<bool> m_is_compressed = false;
};

/// One answer. What every answer carries (length, request id, safety headers, compression, 304, ranges) is added
/// by `Site`, never by a handler.
struct Response {
    int status = 200;
    std::vector<Field> headers;
    std::shared_ptr<const Content> content;  ///< null: no body
    std::shared_ptr<Subscription> events;    ///< set: the answer is an event stream
    std::int64_t actor = 0;                  ///< the user's number, for the access log only

    Response& with(std::string name, std::string value) &;
    Response&& with(std::string name, std::string value) &&;
    [[nodiscard]] std::string_view header(std::string_view name) const;
    [[nodiscard]] std::string_view body() const
    {
        return content ? std::string_view(content->bytes()) : std::string_view();
    }
};

[[nodiscard]] Response json_answer(int status, std::string json);
[[nodiscard]] Response text_answer(int status, std::string text);
[[nodiscard]] Response html_answer(int status, std::string html);
[[nodiscard]] Response empty_answer(int status = 204);
/// 303: what a form's POST answers, so that reloading does not send it twice.
[[nodiscard]] Response see_other(std::string location);
/// Kept bytes, for as long as their ETag says so: callers ask again each time and get a 304.
[[nodiscard]] Response cached_answer(std::shared_ptr<const Content> content);
/// A file to be saved under `name` (any letters; both forms of RFC 6266 are sent).
[[nodiscard]] Response download(std::string bytes, std::string type, std::string_view name, std::string etag = {});

/// A refusal as callers read it: {"code": …, "where": …, "facts": {…}, "message": {"vi": …, "en": …}}.
[[nodiscard]] Response problem_answer(int status, const Problem& problem);

}  // namespace phoihop::http
