-- SPDX-License-Identifier: Apache-2.0
-- What PostgreSQL alone needs for the rows of 200,000 reports: version, current version, event of the obligation and two
-- journal records, by COPY from files of its own, with nobody to judge, chain or send anything. Beside it one row a report.
-- Whoever keeps these rows cannot be faster on one connection.
--
--   PHOIHOP_POSTGRESQL_DURABLE=1 script/with-postgresql sh -c 'psql "$PHOIHOP_TEST_POSTGRESQL" -f bench/rows_alone.sql'
\set ON_ERROR_STOP 1
\set QUIET 1
set client_min_messages = warning;
drop schema if exists rows_alone cascade;
create schema rows_alone;
set search_path = rows_alone;
create table fact_version (programme bigint not null, form bigint not null, period bigint not null, unit bigint not null,
    version bigint not null, programme_version bigint not null, received_on bigint not null, at bigint not null,
    actor bigint not null, reason text not null, content bytea not null,
    primary key (programme, form, period, unit, version));
create table fact_current (programme bigint not null, form bigint not null, period bigint not null, unit bigint not null,
    version bigint not null, state text not null, primary key (programme, form, period, unit));
create table obligation_event (unit bigint not null, obligation bigint not null, number bigint not null,
    kind text not null, on_day bigint not null, at bigint not null, actor bigint not null, note text not null,
    version bigint not null, primary key (unit, obligation, number));
create table journal (sequence bigint primary key, at bigint not null, actor bigint not null, verb text not null,
    subject text not null, version bigint not null, salt bytea, digest bytea not null, hash bytea not null);
create table one_row (seq bigserial primary key, period bigint, unit bigint, content bytea);
select format('copy (select 1::bigint,1::bigint,(20240000+i/100000)::bigint,(i%%100000)::bigint,1::bigint,1::bigint,19000::bigint,1700000000000::bigint,1::bigint,''''::text,decode(repeat(''5a'',112),''hex'') from generate_series(0, 199999) i) to %L (format binary)', current_setting('data_directory') || '/rows_alone_fact_version') \gexec
select format('copy (select 1::bigint,1::bigint,(20240000+i/100000)::bigint,(i%%100000)::bigint,1::bigint,''submitted''::text from generate_series(0, 199999) i) to %L (format binary)', current_setting('data_directory') || '/rows_alone_fact_current') \gexec
select format('copy (select (i%%100000)::bigint,i::bigint,1::bigint,''claimed''::text,19000::bigint,1700000000000::bigint,1::bigint,''''::text,1::bigint from generate_series(0, 199999) i) to %L (format binary)', current_setting('data_directory') || '/rows_alone_obligation_event') \gexec
select format('copy (select i::bigint,1700000000000::bigint,1::bigint,''accepted''::text,''fact:1/1/20240000/12345''::text,1::bigint,decode(repeat(''5a'',16),''hex''),decode(repeat(''5a'',32),''hex''),decode(repeat(''5a'',32),''hex'') from generate_series(1, 400000) i) to %L (format binary)', current_setting('data_directory') || '/rows_alone_journal') \gexec
select format('copy (select (20240000+i/100000)::bigint,(i%%100000)::bigint,decode(repeat(''5a'',112),''hex'') from generate_series(0, 199999) i) to %L (format binary)', current_setting('data_directory') || '/rows_alone_one_row') \gexec
checkpoint;
select clock_timestamp() as began \gset
begin;
select format('copy fact_version from %L (format binary)', current_setting('data_directory') || '/rows_alone_fact_version') \gexec
select format('copy fact_current from %L (format binary)', current_setting('data_directory') || '/rows_alone_fact_current') \gexec
select format('copy obligation_event from %L (format binary)', current_setting('data_directory') || '/rows_alone_obligation_event') \gexec
select format('copy journal from %L (format binary)', current_setting('data_directory') || '/rows_alone_journal') \gexec
commit;
select round(200000 / extract(epoch from clock_timestamp() - :'began')) as "reports/s, five rows each";
select clock_timestamp() as began \gset
select format('copy one_row (period, unit, content) from %L (format binary)', current_setting('data_directory') || '/rows_alone_one_row') \gexec
select round(200000 / extract(epoch from clock_timestamp() - :'began')) as "reports/s, one row each";
drop schema rows_alone cascade;
