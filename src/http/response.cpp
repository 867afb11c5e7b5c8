// SPDX-License-Identifier: Apache-2.0
#include "http/response.hpp"

#include "http/gzip.hpp"
#include "http/json_writer.hpp"
#include "http/request.hpp"
#include "text/messages.hpp"

namespace phoihop::http {
namespace {

constexpr std::size_t compress_from = 512;  // below one packet nothing is won

Response answer_of(int status, std::string bytes, std::string type)
{
    Response response;
    response.status = status;
    response.content = std::make_shared<const Content>(std::move(bytes), std::move(type));
    return response;
}

/// The name for programs that know only ASCII: other letters become '_'.
std::string ascii_name(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) == 0x80U) continue;
        out += byte < 0x20 || byte >= 0x7F || c == '"' || c == '\\' || c == '/' ? '_' : c;
    }
    return out;
}

}  // namespace

const std::string* Content::gzip() const
{
    std::call_once(m_compressed_once, [this] {
        if (m_bytes.size() >= compress_from && is_compressible(m_type)) m_compressed = http::gzip(m_bytes);
        if (m_compressed.size() >= m_bytes.size()) m_compressed.clear();
        m_is_compressed.store(true, std::memory_order_release);
    });
    return m_compressed.empty() ? nullptr : &m_compressed;
}

Response& Response::with(std::string name, std::string value) &
{
    headers.push_back({std::move(name), std::move(value)});
    return *this;
}

Response&& Response::with(std::string name, std::string value) &&
{
    headers.push_back({std::move(name), std::move(value)});
    return std::move(*this);
}

std::string_view Response::header(std::string_view name) const
{
    for (const Field& field : headers)
        if (equal_ignoring_case(field.name, name)) return field.value;
    return {};
}

Response json_answer(int status, std::string json)
{
    return answer_of(status, std::move(json), "application/json");
}

Response text_answer(int status, std::string text)
{
    return answer_of(status, std::move(text), "text/plain; charset=utf-8");
}

Response html_answer(int status, std::string html)
{
    return answer_of(status, std::move(html), "text/html; charset=utf-8");
}

Response empty_answer(int status)
{
    Response response;
    response.status = status;
    return response;
}

Response see_other(std::string location)
{
    return empty_answer(303).with("Location", std::move(location));
}

Response cached_answer(std::shared_ptr<const Content> content)
{
    Response response;
    response.content = std::move(content);
    return std::move(response).with("Cache-Control", "private, no-cache");
}

Response download(std::string bytes, std::string type, std::string_view name, std::string etag)
{
    Response response;
    response.content = std::make_shared<const Content>(std::move(bytes), std::move(type), std::move(etag));
    return std::move(response)
        .with("Content-Disposition",
              "attachment; filename=\"" + ascii_name(name) + "\"; filename*=UTF-8''" + percent_encode(name))
        .with("Cache-Control", "private, no-cache");
}

Response problem_answer(int status, const Problem& problem)
{
    JsonWriter json;
    json.object();
    json.member("code", word(problem.code)).member("where", problem.where);
    json.key("facts").object();
    for (const auto& [key, value] : problem.facts) json.member(key, value);
    json.end().key("message").object();
    json.member("vi", text::sentence(problem, text::Language::vi));
    json.member("en", text::sentence(problem, text::Language::en));
    json.end().end();
    return json_answer(status, json.take());
}

}  // namespace phoihop::http
