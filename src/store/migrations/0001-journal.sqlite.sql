-- SPDX-License-Identifier: Apache-2.0
insert into journal_head (one, sequence, hash) values (1, 0, zeroblob(32));
