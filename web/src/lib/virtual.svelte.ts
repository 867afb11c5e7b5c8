// SPDX-License-Identifier: Apache-2.0
// Long lists show only the rows in sight: rows of one height inside one box that scrolls.

export interface Slice { first: number; last: number; before: number; after: number }

/// Rows `first` to `last` (not `last` itself) are drawn, with room of `before` and `after` pixels around them.
export function sliceOf(count: number, row: number, top: number, height: number, over = 10): Slice {
  const first = Math.max(0, Math.min(count, Math.floor(top / row)) - over);
  const last = Math.min(count, Math.ceil((top + height) / row) + over);
  return { first, last: Math.max(first, last), before: first * row, after: Math.max(0, count - Math.max(first, last)) * row };
}

/// `<div class="scroll" {@attach list.attach}>` with `list.slice.before` as the height of a first empty row, the rows
/// `items.slice(list.slice.first, list.slice.last)`, and `list.slice.after` behind. Say how many there are in `aria-rowcount`.
export class VirtualList {
  /// Rows that are drawn above and below what is in sight.
  readonly over = 10;
  #top = $state(0);
  #height = $state(600);
  #node: HTMLElement | undefined;
  readonly #count: () => number;
  readonly #row: () => number;
  readonly slice: Slice = $derived.by(() => sliceOf(this.#count(), this.#row(), this.#top, this.#height, this.over));

  constructor(count: () => number, row: () => number) {
    this.#count = count;
    this.#row = row;
  }

  attach = (node: HTMLElement) => {
    this.#node = node;
    let asked = 0;
    const read = () => {
      asked = 0;
      this.#top = node.scrollTop;
    };
    const scrolled = () => {
      asked ||= requestAnimationFrame(read);
    };
    const size = new ResizeObserver(() => (this.#height = node.clientHeight));
    size.observe(node);
    node.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      cancelAnimationFrame(asked);
      size.disconnect();
      node.removeEventListener('scroll', scrolled);
    };
  };

  /// Scrolls as little as needed, `head` pixels being covered by a head that sticks.
  show(index: number, head = 0) {
    const node = this.#node;
    if (!node) return;
    const top = index * this.#row();
    if (top < node.scrollTop) node.scrollTop = top;
    else if (top + this.#row() > node.scrollTop + node.clientHeight - head) node.scrollTop = top + this.#row() + head - node.clientHeight;
    this.#top = node.scrollTop;
  }
}
