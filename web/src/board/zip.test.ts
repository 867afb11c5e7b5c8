// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { joined, namesOf } from './zip';

/// A zip file of one stored entry, as small as one can be.
function zipOf(name: string, text: string): Uint8Array {
  const [n, t] = [new TextEncoder().encode(name), new TextEncoder().encode(text)];
  const out = new Uint8Array(30 + n.length + t.length + 46 + n.length + 22);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x04034b50, true);
  view.setUint32(18, t.length, true);
  view.setUint32(22, t.length, true);
  view.setUint16(26, n.length, true);
  out.set(n, 30);
  out.set(t, 30 + n.length);
  const directory = 30 + n.length + t.length;
  view.setUint32(directory, 0x02014b50, true);
  view.setUint16(directory + 28, n.length, true);
  out.set(n, directory + 46);
  const end = directory + 46 + n.length;
  view.setUint32(end, 0x06054b50, true);
  view.setUint16(end + 8, 1, true);
  view.setUint16(end + 10, 1, true);
  view.setUint32(end + 12, 46 + n.length, true);
  view.setUint32(end + 16, directory, true);
  return out;
}

test('pieces become one file with all entries, each found where it lies', () => {
  const all = joined([zipOf('a.txt', 'một'), zipOf('công-văn.pdf', 'hai'), zipOf('c.docx', 'ba')]);
  expect(namesOf(all)).toEqual(['a.txt', 'công-văn.pdf', 'c.docx']);
  const view = new DataView(all.buffer);
  const directory = view.getUint32(all.length - 22 + 16, true);
  let at = directory;
  for (let i = 0; i < 3; i++) {
    expect(view.getUint32(view.getUint32(at + 42, true), true)).toBe(0x04034b50);
    at += 46 + view.getUint16(at + 28, true);
  }
});

test('what is no zip file is refused', () => {
  expect(() => joined([new TextEncoder().encode('{"code": "broken", "message": "no letters here"}')])).toThrow();
});
