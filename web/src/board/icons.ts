// SPDX-License-Identifier: Apache-2.0
// A state's icon as one path: thousands of them are drawn again while one scrolls, and a path costs least.
import check from 'lucide-static/icons/check.svg?raw';
import circleDashed from 'lucide-static/icons/circle-dashed.svg?raw';
import clock from 'lucide-static/icons/clock.svg?raw';
import clockCheck from 'lucide-static/icons/clock-check.svg?raw';
import corner from 'lucide-static/icons/corner-down-right.svg?raw';
import message from 'lucide-static/icons/message-square.svg?raw';
import minus from 'lucide-static/icons/minus.svg?raw';
import triangle from 'lucide-static/icons/triangle-alert.svg?raw';
import undo from 'lucide-static/icons/undo-2.svg?raw';
import type { State } from '../lib/types';

/// All shapes of an icon in one path; circles as two arcs.
export function pathOf(svg: string): string {
  const paths = [...svg.matchAll(/<path\s[^>]*?d="([^"]+)"/g)].map((found) => found[1]!);
  const circles = [...svg.matchAll(/<circle\s[^>]*?>/g)].map(([circle]) => {
    const [x, y, r] = ['cx', 'cy', 'r'].map((name) => Number(new RegExp(`\\s${name}="([\\d.]+)"`).exec(circle)![1])) as [number, number, number];
    return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  });
  // A first "m" stands for "M", and the pairs behind it go on relatively; behind another path it would not.
  return [...paths, ...circles].map((d) => d.replace(/^m\s*(-?[\d.]+)[\s,]*(-?[\d.]+)(?=([\s,]*-?[\d.])?)/, (_, x: string, y: string, more?: string) => `M${x} ${y}${more ? 'l' : ''}`)).join('');
}

export const iconOf: Record<State, string> = {
  late: pathOf(triangle), returned: pathOf(undo), due: pathOf(clock), claimed: pathOf(message), evidenced: pathOf(check), not_due: pathOf(circleDashed),
  excused: pathOf(minus), passed_on: pathOf(corner), done_late: pathOf(clockCheck),
};
