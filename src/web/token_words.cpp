// SPDX-License-Identifier: Apache-2.0
#include "web/token_words.hpp"

#include "http/json.hpp"

namespace phoihop::web {

using http::JsonWriter;

Result<accounts::NewToken> read_token_wish(const http::Request& request)
{
    PHOIHOP_TRY(json, http::Json::parse(request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"label", "acts", "days"}));
    accounts::NewToken wanted;
    PHOIHOP_TRY(label, body.text("label"));
    wanted.label = label;
    PHOIHOP_TRY(acts, body.member("acts"));
    PHOIHOP_TRY(items, acts.items());
    for (const http::JsonView& item : items) {
        PHOIHOP_TRY(text, item.text());
        const auto act = accounts::act_from_word(text);
        if (!act) return refuse(ProblemCode::unknown_name, item.where(), {{"what", "token_act"}, {"found", text}});
        wanted.acts.add(*act);
    }
    PHOIHOP_TRY(days, body.integer("days", 1, accounts::token_days_max));
    wanted.days = static_cast<int>(days);
    return wanted;
}

http::Response token_answer(const accounts::DrawnToken& drawn)
{
    JsonWriter json;
    json.object().member("id", drawn.id.value).member("token", drawn.token);
    json.member("expires_at", format_instant(drawn.expires_at)).end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

void write_tokens(JsonWriter& json, const std::vector<accounts::ApiToken>& tokens)
{
    json.array();
    for (const accounts::ApiToken& token : tokens) {
        json.object().member("id", token.id.value).member("label", token.label).key("acts").array();
        for (const accounts::Act act : accounts::all_acts)
            if (token.acts.has(act)) json.text(word(act));
        json.end().member("created_at", format_instant(token.created_at));
        json.member("expires_at", format_instant(token.expires_at)).member("revoked", token.revoked).end();
    }
    json.end();
}

}  // namespace phoihop::web
