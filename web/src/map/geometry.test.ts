// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import of34 from '../../../data/vn-units/provinces34.topojson?raw';
import of63 from '../../../data/vn-units/provinces63.topojson?raw';
import { archipelagoAt, kept, labelsOf, landOf, plane, shown, viewOf, zoomed } from './geometry';
import { fillClass, stepOfSeven } from './fills';

const land = (text: string) => landOf(JSON.parse(text));

describe.each([['34', of34, 34], ['63', of63, 63]] as const)('the map of %s provinces', (_, text, count) => {
  const drawn = land(text);
  test('has every province, each with land and a centre on the plane', () => {
    expect(drawn.provinces.length).toBe(count);
    for (const province of drawn.provinces) {
      expect(province.path.length, province.name).toBeGreaterThan(50);
      expect(province.centre[0] > 0 && province.centre[0] < plane, province.name).toBe(true);
    }
  });
  test('keeps Hoàng Sa with Đà Nẵng and Trường Sa with Khánh Hòa as a layer of their own', () => {
    expect(drawn.islands.map(({ key, digits }) => [key, digits])).toEqual([['hoang_sa', '48'], ['truong_sa', '56']]);
    expect(drawn.islands[0]!.count).toBeGreaterThan(40);
    expect(drawn.islands[1]!.count).toBeGreaterThan(100);
    for (const island of drawn.islands) expect(shown(island.box, { scale: 1, x: 0, y: 0 }, drawn.width, drawn.height)).toBe(true);
  });
  test('no province reaches into the sea of the archipelagos once they are apart', () => {
    for (const province of drawn.provinces) expect(province.box.right, province.name).toBeLessThan(drawn.islands[0]!.box.right);
    expect(Math.max(...drawn.provinces.map((p) => p.box.right))).toBeLessThan(500);
  });
});

test('a point is told to be in an archipelago by where it lies', () => {
  expect(archipelagoAt([111.55, 16.18])).toBe('hoang_sa');
  expect(archipelagoAt([114.3, 10.2])).toBe('truong_sa');
  expect(archipelagoAt([108.95, 10.54])).toBeNull();
});

test('zooming keeps the point under the pointer, and never goes further out than the whole', () => {
  const view = zoomed({ scale: 1, x: 0, y: 0 }, 4, [100, 200], 0.5);
  expect(view).toEqual({ scale: 4, x: -300, y: -600 });
  expect(zoomed(view, 0.01, [0, 0], 0.5).scale).toBe(0.5);
  expect(kept({ scale: 1, x: 5000, y: -5000 }, { width: 1000, height: 1000 }, 100, 100)).toEqual({ scale: 1, x: 66, y: -966 });
});

test('names do not lie over each other, nor outside the window', () => {
  const drawn = land(of63);
  const labels = labelsOf(drawn.provinces, viewOf({ left: 0, top: 0, right: 1000, bottom: drawn.height }, 800, 860), 800, 860, (p) => p.name);
  expect(labels.length).toBeGreaterThan(5);
  expect(new Set(labels.map((label) => label.text)).size).toBe(labels.length);
});

test('five steps spread over the scale of seven, from its first to its last', () => {
  expect([0, 1, 2, 3, 4].map((step) => stepOfSeven(step, 5))).toEqual([0, 2, 3, 5, 6]);
  expect(fillClass({ kind: 'diverging', step: -4, text: '' })).toBe('div-1');
});
