// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import test from 'node:test'
import {bars, judge, key, regressions} from './bars.mjs'

const asked = ms => ({answer_ms: [ms, ms, ms], json_ms: [0, 0, 0]})
const run = (ours, theirs) => ({
    run: 'r1', scale: 1, communes: 10600, writes: {}, limits: {},
    peers: {
        ours: {queries: {Q1: asked(ours)}, extras: {}},
        'duckdb-wide': {queries: {Q1: asked(theirs)}, extras: {}}
    }
})

test('bench: a bar that a run did not measure has no row', () => {
    assert.deepEqual(judge(run(0.05, 20)).map(row => row.against), ['duckdb-wide'])
})

test('bench: a bar holds by the ratio of one run', () => {
    assert.equal(judge(run(0.05, 20))[0].holds, true)
    assert.equal(judge(run(0.05, 14))[0].holds, false)
})

test('bench: the gate compares ratios, so a machine of half the speed is no regression', () => {
    const kept = Object.fromEntries(judge(run(0.05, 20)).map(row => [key(row), row.ratio]))
    assert.deepEqual(regressions(judge(run(0.1, 40)), kept), [])
    assert.equal(regressions(judge(run(0.1, 20)), kept).length, 1)
})

test('bench: a ratio that should be small regresses when it grows', () => {
    const waiting = us => ({run: 'r1', scale: 1, peers: {}, writes: {ours_sqlite_one_p50_us: us, ours_sqlite_one_fdatasync_us: 100}, limits: {}})
    const kept = Object.fromEntries(judge(waiting(200)).map(row => [key(row), row.ratio]))
    assert.deepEqual(regressions(judge(waiting(250)), kept), [])
    assert.equal(regressions(judge(waiting(400)), kept).length, 1)
})

test('bench: every bar has a key of its own', () => {
    assert.equal(new Set(bars.map(key)).size, bars.length)
})
