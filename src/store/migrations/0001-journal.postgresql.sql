-- SPDX-License-Identifier: Apache-2.0
insert into journal_head (one, sequence, hash) values (1, 0, decode(repeat('00', 32), 'hex'));
