// SPDX-License-Identifier: Apache-2.0
// Letters come some at a time; the officer gets one file. The pieces are zip files of our own server (no zip64, no
// comments): their entries are taken over as they are, only the directory at the end is written anew.

const endMark = 0x06054b50;
const entryMark = 0x02014b50;

interface Piece { bytes: Uint8Array; body: number; directory: Uint8Array; count: number }

function open(bytes: Uint8Array): Piece {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== endMark) end -= 1;
  if (end < 0) throw new Error('no zip file');
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  return { bytes, body: start, directory: bytes.slice(start, start + size), count: view.getUint16(end + 10, true) };
}

/// The names in the directory, in its order.
export function namesOf(bytes: Uint8Array): string[] {
  const { directory } = open(bytes);
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  const names: string[] = [];
  for (let at = 0; at + 46 <= directory.length && view.getUint32(at, true) === entryMark; ) {
    const [length, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    names.push(new TextDecoder().decode(directory.subarray(at + 46, at + 46 + length)));
    at += 46 + length + extra + comment;
  }
  return names;
}

export function joined(files: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const pieces = files.map(open);
  const body = pieces.reduce((sum, piece) => sum + piece.body, 0);
  const directory = pieces.reduce((sum, piece) => sum + piece.directory.length, 0);
  const count = pieces.reduce((sum, piece) => sum + piece.count, 0);
  if (count > 0xfffe || body + directory > 0xfffffffe) throw new Error('too many letters for one file');
  const out = new Uint8Array(body + directory + 22);
  const view = new DataView(out.buffer);
  let at = 0;
  let entries = body;
  for (const piece of pieces) {
    out.set(piece.bytes.subarray(0, piece.body), at);
    out.set(piece.directory, entries);
    for (let entry = entries; entry < entries + piece.directory.length; ) {
      view.setUint32(entry + 42, view.getUint32(entry + 42, true) + at, true);
      entry += 46 + view.getUint16(entry + 28, true) + view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true);
    }
    at += piece.body;
    entries += piece.directory.length;
  }
  view.setUint32(entries, endMark, true);
  view.setUint16(entries + 8, count, true);
  view.setUint16(entries + 10, count, true);
  view.setUint32(entries + 12, directory, true);
  view.setUint32(entries + 16, body, true);
  return out;
}
