// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Wording } from './types';

type Module = { t: { all: Record<string, Wording> } };
const modules = import.meta.glob<Module>('../**/texts.ts', { eager: true });
const texts = Object.entries(modules).flatMap(([file, { t }]) => (t ? Object.entries(t.all).map(([key, wording]) => ({ file, key, wording })) : []));
const values = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

test('every text of the desk is said in both languages, with the same values', () => {
  expect(texts.length).toBeGreaterThan(200);
  const faults = texts.filter(({ wording }) => !wording.vi.trim() || !wording.en.trim() || values(wording.vi).join() !== values(wording.en).join());
  expect(faults.map(({ file, key }) => `${file} ${key}`)).toEqual([]);
});

test('every text is composed Unicode, and Vietnamese ones use no words that the house avoids', () => {
  const avoided = /vui lòng|rất tiếc|thất bại|không xác định|người dùng|!/i;
  const faults = texts.filter(({ wording }) => wording.vi !== wording.vi.normalize('NFC') || avoided.test(wording.vi));
  expect(faults.map(({ file, key }) => `${file} ${key}`)).toEqual([]);
});
