// SPDX-License-Identifier: Apache-2.0
// A map as it is exported: one list of shapes, written as SVG or painted on a canvas. Always on light paper, always with
// the archipelagos and their names.
import { viewOf, type Box, type Land, type View } from './geometry';
import { tokenOf } from './fills';
import type { Fill, Legend } from './types';

export type Shape =
  | { kind: 'path'; d: string; view: View; fill?: string; hatch?: string; stroke?: string; width?: number }
  | { kind: 'dot'; x: number; y: number; r: number; fill: string; hatch?: string; stroke: string; width: number }
  | { kind: 'box'; x: number; y: number; width: number; height: number; fill?: string; hatch?: string; stroke?: string }
  | { kind: 'text'; x: number; y: number; text: string; size: number; fill: string; weight?: number; italic?: boolean; anchor?: 'start' | 'middle' | 'end' };
export interface Scene { width: number; height: number; shapes: Shape[] }

export interface SceneInput {
  land: Land;
  fillOf: (code: string) => Fill | undefined;
  scheme: string;
  /// Communes: points on the plane.
  dots: { code: string; at: [number, number] }[];
  level: string;
  legend: Legend;
  colours: Record<string, string>;
  words: { hoang_sa: string; truong_sa: string; sea: string; missing: string; state: (state: string) => string };
}
export const sceneTokens = [
  '--paper', '--surface', '--sunken', '--ink', '--ink-2', '--ink-3', '--line', '--line-strong', '--late-bg', '--returned-bg', '--claimed', '--claimed-bg',
  '--due-bg', '--done-late-bg', '--excused-bg', ...Array.from({ length: 7 }, (_, i) => `--seq-${i + 1}`), ...Array.from({ length: 9 }, (_, i) => `--div-${i + 1}`),
];

const width = 1200;
const margin = 32;
const headHeight = 92;

export function sceneOf(input: SceneInput): Scene {
  const { land, colours } = input;
  const colour = (token: string) => colours[token] ?? '#000000';
  const shapes: Shape[] = [];
  const mapWidth = width - 2 * margin;
  const view = viewOf({ left: 0, top: 0, right: land.width, bottom: land.height }, mapWidth, (mapWidth * land.height) / land.width, 0);
  view.x += margin;
  view.y += headHeight;
  const mapHeight = land.height * view.scale;
  const filled = (fill: Fill | undefined) => {
    const { token, hatch } = tokenOf(fill ?? { kind: 'missing', text: '' });
    return { fill: colour(token), ...(hatch ? { hatch: colour(fill?.kind === 'state' ? '--claimed' : '--line-strong') } : {}) };
  };

  shapes.push({ kind: 'text', x: margin, y: 44, text: input.legend.title, size: 26, fill: colour('--ink'), weight: 650 });
  if (input.legend.subtitle) shapes.push({ kind: 'text', x: margin, y: 72, text: input.legend.subtitle, size: 17, fill: colour('--ink-2') });
  const plain = input.level !== 'province';
  for (const province of land.provinces)
    shapes.push({ kind: 'path', d: province.path, view, ...(plain ? { fill: colour('--sunken') } : filled(input.fillOf(`${input.scheme}:${province.digits}`))) });
  shapes.push({ kind: 'path', d: land.borders, view, stroke: colour(plain ? '--line-strong' : '--surface'), width: 0.7 });
  shapes.push({ kind: 'path', d: land.coast, view, stroke: colour('--line-strong'), width: 0.8 });
  for (const dot of input.dots)
    shapes.push({ kind: 'dot', x: dot.at[0] * view.scale + view.x, y: dot.at[1] * view.scale + view.y, r: 3, stroke: colour('--ink-3'), width: 0.4, ...filled(input.fillOf(dot.code)) });
  for (const island of land.islands) {
    const own = input.dots.find((dot) => near(dot.at, island.box));
    const code = plain ? own?.code : `${input.scheme}:${island.digits}`;
    shapes.push({ kind: 'path', d: island.path, view, stroke: colour('--ink'), width: 1.6, ...filled(code ? input.fillOf(code) : undefined) });
    const x = ((island.box.left + island.box.right) / 2) * view.scale + view.x;
    shapes.push({ kind: 'text', x, y: island.box.bottom * view.scale + view.y + 22, text: input.words[island.key], size: 17, fill: colour('--ink'), weight: 600, anchor: 'middle' });
  }
  const [seaX, seaY] = land.place([112.6, 13.7]);
  shapes.push({ kind: 'text', x: seaX * view.scale + view.x, y: seaY * view.scale + view.y, text: input.words.sea, size: 22, fill: colour('--ink-2'), italic: true, anchor: 'middle' });

  let y = headHeight + mapHeight + 28;
  y = legendShapes(input, shapes, y, colour);
  for (const note of input.legend.notes ?? []) {
    y += 24;
    shapes.push({ kind: 'text', x: margin, y, text: note, size: 15, fill: colour('--ink-3') });
  }
  return { width, height: Math.ceil(y + 28), shapes };
}

export const near = ([x, y]: [number, number], box: Box) => x > box.left - 60 && x < box.right + 60 && y > box.top - 60 && y < box.bottom + 60;

function legendShapes(input: SceneInput, shapes: Shape[], top: number, colour: (token: string) => string): number {
  let y = top;
  const { scale, states, missing } = input.legend;
  let x = margin;
  if (scale) {
    const of = scale.cuts.length + 1;
    const step = Math.min(80, 560 / of);
    for (let i = 0; i < of; i++) {
      const fill: Fill = scale.kind === 'step' ? { kind: 'step', step: i, of, text: '' } : { kind: 'diverging', step: i - (of - 1) / 2, text: '' };
      shapes.push({ kind: 'box', x: x + i * step, y, width: step, height: 16, fill: colour(tokenOf(fill).token), stroke: colour('--line') });
      const cut = scale.cuts[i];
      if (cut) shapes.push({ kind: 'text', x: x + (i + 1) * step, y: y + 36, text: cut, size: 15, fill: colour('--ink-2'), anchor: 'middle' });
    }
    x += of * step + 12;
    if (scale.unit) shapes.push({ kind: 'text', x, y: y + 14, text: scale.unit, size: 15, fill: colour('--ink-2') });
    if (scale.centre) shapes.push({ kind: 'text', x: margin + (of * step) / 2, y: y + 56, text: scale.centre, size: 15, fill: colour('--ink-2'), anchor: 'middle' });
    y += scale.centre ? 66 : 46;
    x = margin;
  }
  const swatches = (states ?? []).map(({ state, count }) => ({ fill: { kind: 'state', state, text: '' } as Fill, text: `${input.words.state(state)}: ${count}` }));
  if (missing) swatches.push({ fill: { kind: 'missing', text: '' }, text: `${input.words.missing}: ${missing}` });
  for (const swatch of swatches) {
    const { token, hatch } = tokenOf(swatch.fill);
    const wide = 34 + swatch.text.length * 8.4 + 18;
    if (x + wide > width - margin) {
      x = margin;
      y += 28;
    }
    const lines = hatch ? { hatch: colour(swatch.fill.kind === 'state' ? '--claimed' : '--line-strong') } : {};
    shapes.push({ kind: 'box', x, y, width: 26, height: 16, fill: colour(token), stroke: colour('--line-strong'), ...lines });
    shapes.push({ kind: 'text', x: x + 34, y: y + 14, text: swatch.text, size: 15, fill: colour('--ink') });
    x += wide;
  }
  return y + (swatches.length ? 24 : 0);
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const family = "'Source Sans 3', 'Noto Sans', sans-serif";
const patternOf = (colour: string) => 'hatch-' + colour.replace(/[^0-9a-z]/gi, '');

export function svgOf(scene: Scene): string {
  const patterns = new Set(scene.shapes.flatMap((shape) => ('hatch' in shape && shape.hatch ? [shape.hatch] : [])));
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${scene.width}" height="${scene.height}" viewBox="0 0 ${scene.width} ${scene.height}" font-family="${family}">`,
    '<defs>',
    ...[...patterns].map((colour) => `<pattern id="${patternOf(colour)}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" stroke="${colour}" stroke-width="2"/></pattern>`),
    '</defs>',
    `<rect width="${scene.width}" height="${scene.height}" fill="#ffffff"/>`,
  ];
  const paint = (fill?: string, stroke?: string, thick?: number) => `fill="${fill ?? 'none'}"${stroke ? ` stroke="${stroke}" stroke-width="${thick ?? 1}" vector-effect="non-scaling-stroke" stroke-linejoin="round"` : ''}`;
  for (const shape of scene.shapes) {
    const twice = (draw: (fill?: string, stroke?: string) => string, fill?: string, stroke?: string) => {
      out.push(draw(fill, stroke));
      if ('hatch' in shape && shape.hatch) out.push(draw(`url(#${patternOf(shape.hatch)})`, stroke));
    };
    if (shape.kind === 'path') {
      // Numbers are moved into the window here: the pattern then keeps its size.
      const d = moved(shape.d, shape.view);
      twice((fill, stroke) => `<path d="${d}" ${paint(fill, stroke, shape.width)}/>`, shape.fill, shape.stroke);
    } else if (shape.kind === 'dot') {
      twice((fill, stroke) => `<circle cx="${shape.x.toFixed(1)}" cy="${shape.y.toFixed(1)}" r="${shape.r}" ${paint(fill, stroke, shape.width)}/>`, shape.fill, shape.stroke);
    } else if (shape.kind === 'box') {
      twice((fill, stroke) => `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" ${paint(fill, stroke, 1)}/>`, shape.fill, shape.stroke);
    } else {
      const look = `font-size="${shape.size}" fill="${shape.fill}"${shape.weight ? ` font-weight="${shape.weight}"` : ''}${shape.italic ? ' font-style="italic"' : ''} text-anchor="${shape.anchor ?? 'start'}"`;
      out.push(`<text x="${shape.x.toFixed(1)}" y="${shape.y.toFixed(1)}" ${look}>${escaped(shape.text)}</text>`);
    }
  }
  out.push('</svg>');
  return out.join('\n');
}

/// The path with its numbers on the window: d3 writes absolute M and L alone.
const moved = (d: string, view: View) =>
  d.replace(/(-?[\d.]+),(-?[\d.]+)/g, (_, x: string, y: string) => `${(Number(x) * view.scale + view.x).toFixed(1)},${(Number(y) * view.scale + view.y).toFixed(1)}`);

function hatch(context: CanvasRenderingContext2D, colour: string): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 8;
  const inside = tile.getContext('2d');
  if (!inside) return colour;
  inside.strokeStyle = colour;
  inside.lineWidth = 1.6;
  inside.beginPath();
  for (const at of [-8, 0, 8]) {
    inside.moveTo(at - 1, 9);
    inside.lineTo(at + 9, -1);
  }
  inside.stroke();
  return context.createPattern(tile, 'repeat') ?? colour;
}

/// Twice the size, for print and slides.
export async function pngOf(scene: Scene): Promise<Blob> {
  await document.fonts.load("600 16px 'Source Sans 3'", 'Quần đảo');
  const sharp = 2;
  const canvas = document.createElement('canvas');
  canvas.width = scene.width * sharp;
  canvas.height = scene.height * sharp;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.scale(sharp, sharp);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, scene.width, scene.height);
  context.lineJoin = 'round';
  const paint = (path: Path2D, shape: { fill?: string; hatch?: string; stroke?: string; width?: number }) => {
    for (const style of [shape.fill, shape.hatch ? hatch(context, shape.hatch) : undefined]) {
      if (!style) continue;
      context.fillStyle = style;
      context.fill(path);
    }
    if (!shape.stroke) return;
    context.strokeStyle = shape.stroke;
    context.lineWidth = shape.width ?? 1;
    context.stroke(path);
  };
  for (const shape of scene.shapes) {
    if (shape.kind === 'path') paint(new Path2D(moved(shape.d, shape.view)), shape);
    else if (shape.kind === 'dot') {
      const path = new Path2D();
      path.arc(shape.x, shape.y, shape.r, 0, 2 * Math.PI);
      paint(path, shape);
    } else if (shape.kind === 'box') {
      const path = new Path2D();
      path.rect(shape.x, shape.y, shape.width, shape.height);
      paint(path, { fill: shape.fill, hatch: shape.hatch, stroke: shape.stroke });
    } else {
      context.font = `${shape.italic ? 'italic ' : ''}${shape.weight ?? 400} ${shape.size}px ${family}`;
      context.fillStyle = shape.fill;
      context.textAlign = shape.anchor === 'middle' ? 'center' : (shape.anchor ?? 'start');
      context.fillText(shape.text, shape.x, shape.y);
    }
  }
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'));
}
