// SPDX-License-Identifier: Apache-2.0
// A drawing as a file of its own: colours and letters of the page go into it, its title, what it is of and where it comes
// from stand around it. SVG as it is, PNG at twice the size.
import { save } from '../lib/save';
import latin from '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url';
import vietnamese from '@fontsource-variable/source-sans-3/files/source-sans-3-vietnamese-wght-normal.woff2?url';
import type { Caption } from './types';

const kept = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'paint-order'] as const;
const family = "'Source Sans 3', 'Noto Sans', sans-serif";
const space = 'http://www.w3.org/2000/svg';

let letters: Promise<string> | undefined;
async function encoded(address: string): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
function fontRules(): Promise<string> {
  letters ??= Promise.all([encoded(latin), encoded(vietnamese)]).then((files) =>
    files.map((file, i) => `@font-face{font-family:'Source Sans 3';font-weight:200 900;src:url(data:font/woff2;base64,${file}) format('woff2');unicode-range:${i === 0 ? 'U+0000-00FF,U+2000-206F,U+2212' : 'U+0102-01B0,U+0300-0329,U+1EA0-1EF9,U+20AB'}}`).join(''),
  );
  letters.catch(() => (letters = undefined));
  return letters;
}

/// Lines of a text that are no wider than `width`.
function wrapped(text: string, width: number, font: string): string[] {
  const pen = document.createElement('canvas').getContext('2d')!;
  pen.font = font;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (line && pen.measureText(longer).width > width) { lines.push(line); line = word; } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

function styled(from: Element, to: Element) {
  const style = getComputedStyle(from);
  if (to instanceof SVGElement && !['defs', 'pattern', 'clipPath'].includes(to.tagName)) for (const name of kept) { const v = style.getPropertyValue(name); if (v) to.setAttribute(name, v); }
  to.removeAttribute('class');
  to.removeAttribute('style');
  for (let i = 0; i < from.children.length; i++) styled(from.children[i]!, to.children[i]!);
}

/// A text of a picture, where it stands and how it looks.
interface Letters { text: string; x: number; y: number; size: number; weight: string; fill: string; anchor: string; halo: string }
interface Picture { text: string; width: number; height: number; letters: Letters[] }

/// The drawing and what stands around it, as the text of an SVG file; without letters where they are painted over it.
async function pictureOf(drawing: SVGSVGElement, caption: Caption, lettered = true): Promise<Picture> {
  const letters: Letters[] = [];
  const margin = 16;
  const box = drawing.getBoundingClientRect();
  const width = Math.max(360, Math.round(box.width)) + 2 * margin;
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => { const probe = document.createElement('span'); probe.style.color = `var(${name})`; document.body.append(probe); const found = getComputedStyle(probe).color; probe.remove(); return found; };
  const [ink, ink2, surface] = [colour('--ink'), colour('--ink-2'), colour('--surface')];
  const out = document.createElementNS(space, 'svg');
  const rules = document.createElementNS(space, 'style');
  if (lettered) {
    rules.textContent = await fontRules();
    out.append(rules);
  }
  const ground = document.createElementNS(space, 'rect');
  out.append(ground);
  let y = margin;
  const write = (text: string, size: number, weight: number, fill: string) => {
    for (const line of wrapped(text, width - 2 * margin, `${weight} ${size}px ${style.getPropertyValue('--font')}`)) {
      y += size * 1.35;
      const node = document.createElementNS(space, 'text');
      for (const [name, value] of Object.entries({ x: margin, y: Math.round(y), 'font-size': size, 'font-weight': weight, fill })) node.setAttribute(name, String(value));
      node.textContent = line;
      if (lettered) out.append(node);
      letters.push({ text: line, x: margin, y: Math.round(y), size, weight: String(weight), fill, anchor: 'start', halo: '' });
    }
  };
  write(caption.title, 18, 650, ink);
  write(caption.subtitle, 14, 400, ink2);
  y += 12;
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  styled(drawing, copy);
  const top = Math.round(y);
  for (const node of drawing.querySelectorAll('text')) {
    const place = node.getCTM();
    const look = getComputedStyle(node);
    const at = new DOMPoint(Number(node.getAttribute('x')), Number(node.getAttribute('y'))).matrixTransform(place ?? undefined);
    letters.push({ text: node.textContent ?? '', x: margin + at.x, y: top + at.y, size: parseFloat(look.fontSize), weight: look.fontWeight, fill: look.fill, anchor: look.textAnchor, halo: look.paintOrder.startsWith('stroke') ? look.stroke : '' });
  }
  if (!lettered) copy.querySelectorAll('text').forEach((node) => node.remove());
  copy.querySelectorAll('[data-pointer]').forEach((node) => node.remove());
  for (const name of ['role', 'tabindex', 'aria-label', 'aria-describedby']) copy.removeAttribute(name);
  copy.setAttribute('x', String(margin));
  copy.setAttribute('y', String(Math.round(y)));
  copy.setAttribute('width', String(Math.round(box.width)));
  copy.setAttribute('height', String(Math.round(box.height)));
  out.append(copy);
  y += box.height + 6;
  for (const line of caption.origin) write(line, 13, 400, ink2);
  const height = Math.round(y + margin);
  for (const [name, value] of Object.entries({ width, height, fill: surface })) ground.setAttribute(name, String(value));
  for (const [name, value] of Object.entries({ xmlns: space, width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': family, lang: document.documentElement.lang })) out.setAttribute(name, String(value));
  return { text: new XMLSerializer().serializeToString(out), width, height, letters };
}

export async function saveSvg(drawing: SVGSVGElement, caption: Caption) {
  const { text } = await pictureOf(drawing, caption);
  save(new Blob([text], { type: 'image/svg+xml' }), `${caption.file}.svg`);
}

/// Letters are painted with the page's own face: an SVG that is drawn as an image does not wait for the one inside it.
export async function savePng(drawing: SVGSVGElement, caption: Caption) {
  const { text, width, height, letters } = await pictureOf(drawing, caption, false);
  const image = new Image();
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  const pen = canvas.getContext('2d')!;
  pen.scale(2, 2);
  pen.drawImage(image, 0, 0, width, height);
  for (const one of letters) {
    pen.font = `${one.weight} ${one.size}px ${family}`;
    pen.fillStyle = one.fill;
    pen.textAlign = one.anchor === 'middle' ? 'center' : one.anchor === 'end' ? 'right' : 'left';
    if (one.halo && one.halo !== 'none') {
      pen.strokeStyle = one.halo;
      pen.lineWidth = 3;
      pen.lineJoin = 'round';
      pen.strokeText(one.text, one.x, one.y);
    }
    pen.fillText(one.text, one.x, one.y);
  }
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob) save(blob, `${caption.file}.png`);
}
