// SPDX-License-Identifier: Apache-2.0
// The keyboard and the clipboard of a spreadsheet over a grid of cells (desk-design 5). The page draws the cells, each with
// its place in `data-spot="row-col"`; this listens on the grid and says what becomes of them.
import { language } from '../lib/i18n.svelte';
import { blockOf, copied, type Block } from './clipboard';
import { downColumn, inside, moved, nextOpen, rectangle, spots, type Size, type Spot } from './moves';

export interface GridModel {
  size(): Size;
  /// Whether the cell takes figures.
  open(spot: Spot): boolean;
  /// The cell's value for copying: a plain figure, or a text.
  value(spot: Spot): string;
  /// A key changed the text in the cell's field.
  typed(spot: Spot, text: string): void;
  /// What is being typed becomes the cell's value, one step.
  commit(): void;
  /// What is being typed is given up.
  cancel(): void;
  /// Values for several cells, one step.
  write(values: { spot: Spot; value: string }[]): void;
  paste(block: Block, spot: Spot): void;
  undo(): void;
  redo(): void;
  /// Ctrl+Enter: what there is to know of the cell.
  panel?(spot: Spot): void;
  /// Alt+arrows: the next finding behind or before the cell.
  finding?(from: Spot, back: boolean): void;
  help?(): void;
}

const parsed = (element: HTMLElement | null | undefined): Spot | undefined => {
  const [row, col] = (element?.dataset.spot ?? '').split('-').map(Number);
  return row !== undefined && col !== undefined ? { row, col } : undefined;
};
const spotOf = (target: EventTarget | null) => parsed(target as HTMLElement | null);
/// The cell under the pointer, unless something else in it is pressed.
const spotUnder = (target: EventTarget | null): Spot | undefined => {
  const element = target as HTMLElement | null;
  return element?.closest('button, textarea, label, a') ? undefined : parsed(element?.closest<HTMLElement>('[data-spot]'));
};

export class Grid {
  active = $state<Spot>({ row: 0, col: 0 });
  #anchor = $state<Spot>({ row: 0, col: 0 });
  /// move: the whole cell is chosen. type: what was there is being replaced. edit: the caret moves in the text.
  mode = $state<'move' | 'type' | 'edit'>('move');
  readonly selection = $derived(rectangle(this.#anchor, this.active));
  readonly wide = $derived(this.selection.top !== this.selection.bottom || this.selection.left !== this.selection.right);
  #root: HTMLElement | undefined;
  #extending = false;
  #leaving = false;
  #entered = false;

  constructor(readonly model: GridModel, start: Spot = { row: 0, col: 0 }) {
    this.active = this.#anchor = start;
  }

  selected = (row: number, col: number) => this.wide && inside(this.selection, row, col);
  isActive = (row: number, col: number) => this.active.row === row && this.active.col === col;
  tab = (row: number, col: number): 0 | -1 => (this.isActive(row, col) ? 0 : -1);

  /// For `{@attach grid.listen}` on the grid's element.
  listen = (root: HTMLElement) => {
    this.#root = root;
    const on = <K extends keyof HTMLElementEventMap>(name: K, handle: (event: HTMLElementEventMap[K]) => void) => root.addEventListener(name, handle);
    on('focusin', this.#focusIn);
    on('focusout', () => this.model.commit());
    on('input', this.#input);
    on('keydown', this.#keyDown);
    on('mousedown', this.#mouseDown);
    on('mouseup', this.#mouseUp);
    on('mouseover', this.#mouseOver);
    on('copy', (event) => this.#copy(event, false));
    on('cut', (event) => this.#copy(event, true));
    on('paste', this.#paste);
    // The listeners go with the element.
    return () => (this.#root = undefined);
  };

  #element = (spot: Spot) => this.#root?.querySelector<HTMLElement>(`[data-spot="${spot.row}-${spot.col}"]`) ?? undefined;

  /// Goes to a cell; `extend` keeps the other corner of the selection. False where the cell is not shown.
  focus(spot: Spot, extend = false): boolean {
    const element = this.#element(spot);
    if (!element || element.getClientRects().length === 0) return false;
    this.#extending = extend;
    element.focus();
    this.#extending = false;
    this.mode = 'move';
    if (element instanceof HTMLInputElement) element.select();
    return true;
  }

  /// Chooses the first cell of `to` without looking at it, for the next Tab into the grid.
  point(to: Spot) {
    this.active = this.#anchor = to;
  }

  #focusIn = (event: FocusEvent) => {
    const spot = spotOf(event.target);
    if (!spot) return;
    const moved = spot.row !== this.active.row || spot.col !== this.active.col;
    this.active = spot;
    if (!this.#extending) this.#anchor = spot;
    if (moved || this.mode !== 'move') this.mode = 'move';
    this.#leaving = false;
    this.#entered = true;
    // Tab into the grid chooses the cell's text as a click does.
    if (event.target instanceof HTMLInputElement && event.target.matches(':focus-visible')) event.target.select();
  };

  #input = (event: Event) => {
    const spot = spotOf(event.target);
    if (!spot || !(event.target instanceof HTMLInputElement)) return;
    if (this.mode === 'move') this.mode = 'type';
    this.#anchor = this.active;
    this.model.typed(spot, event.target.value);
  };

  #mouseDown = (event: MouseEvent) => {
    const spot = spotUnder(event.target);
    if (!spot || event.button !== 0) return;
    this.#entered = false;
    if (event.shiftKey && this.#root?.contains(document.activeElement)) {
      event.preventDefault();
      this.focus(spot, true);
    } else if (this.isActive(spot.row, spot.col) && document.activeElement === event.target) {
      this.mode = 'edit';
      this.#anchor = this.active;
    } else if (!(event.target instanceof HTMLInputElement)) {
      event.preventDefault();
      this.focus(spot);
    }
  };
  /// The first press chooses the cell, as in a spreadsheet; the second puts the caret into its text.
  #mouseUp = (event: MouseEvent) => {
    if (!this.#entered || !(event.target instanceof HTMLInputElement) || event.target.selectionStart !== event.target.selectionEnd) return;
    this.#entered = false;
    event.target.select();
  };
  #mouseOver = (event: MouseEvent) => {
    const spot = spotUnder(event.target);
    if (!spot || !(event.buttons & 1) || this.mode === 'edit' || !this.#root?.contains(document.activeElement) || this.isActive(spot.row, spot.col)) return;
    if (this.#entered || this.wide) this.focus(spot, true);
  };

  #keyDown = (event: KeyboardEvent) => {
    const at = spotOf(event.target);
    // Vietnamese typing programs rewrite syllables; their keys are not ours.
    if (!at || event.isComposing || event.keyCode === 229) return;
    const ctrl = event.ctrlKey || event.metaKey;
    const done = this.#command(event, at, ctrl) || this.#step(event, at, ctrl);
    if (done) event.preventDefault();
  };

  #command(event: KeyboardEvent, at: Spot, ctrl: boolean): boolean {
    const letter = event.key.toLowerCase();
    if (ctrl && !event.altKey) {
      if (letter === 'z' || letter === 'y') return this.#travel(letter === 'z' && !event.shiftKey);
      if (letter === 'a' && this.mode !== 'edit') return this.#selectAll();
      if (letter === 'd') return this.#fillDown();
      if (event.key === 'Enter' && this.model.panel) {
        this.model.commit();
        this.model.panel(at);
        return true;
      }
    }
    if (event.altKey && !ctrl && (event.key === 'ArrowDown' || event.key === 'ArrowUp') && this.model.finding) {
      this.model.commit();
      this.model.finding(at, event.key === 'ArrowUp');
      return true;
    }
    if (event.key === 'F2') return this.#edit(event.target);
    if (event.key === '?' && this.mode === 'move' && this.model.help) {
      this.model.help();
      return true;
    }
    if (event.key === 'Delete' && this.mode === 'move') return this.#clear();
    if (event.key === 'Backspace' && this.mode === 'move' && this.wide) return this.#clear();
    if (event.key === 'Escape') return this.#escape(event.target);
    return false;
  }

  #step(event: KeyboardEvent, at: Spot, ctrl: boolean): boolean {
    const size = this.model.size();
    const open = (spot: Spot) => this.model.open(spot) && (this.#element(spot)?.getClientRects().length ?? 0) > 0;
    if (event.key === 'Enter' && !ctrl && !event.altKey) {
      this.model.commit();
      this.focus(downColumn(at, event.shiftKey, size, open));
      return true;
    }
    if (event.key === 'Tab' && !ctrl && !event.altKey) {
      this.model.commit();
      const next = this.#leaving ? undefined : nextOpen(at, event.shiftKey, size, open);
      return next ? this.focus(next) : false;
    }
    if (this.mode === 'edit') return false;
    const to = moved(at, { key: event.key, ctrl, shift: event.shiftKey, alt: event.altKey }, size);
    if (!to) return false;
    this.model.commit();
    // Columns that this width does not show are passed over.
    const step = to.col < at.col ? -1 : 1;
    for (let col = to.col; col >= 0 && col < size.cols; col += step) if (this.focus({ row: to.row, col }, event.shiftKey)) return true;
    return this.focus({ row: to.row, col: at.col }, event.shiftKey) || true;
  }

  #edit(target: EventTarget | null): boolean {
    if (!(target instanceof HTMLInputElement)) return true;
    this.mode = 'edit';
    this.#anchor = this.active;
    target.setSelectionRange(target.value.length, target.value.length);
    return true;
  }

  #escape(target: EventTarget | null): boolean {
    if (this.mode === 'move') {
      this.#leaving = true;
      this.#anchor = this.active;
      return false;
    }
    this.model.cancel();
    this.mode = 'move';
    if (target instanceof HTMLInputElement) requestAnimationFrame(() => target.select());
    return true;
  }

  #travel(back: boolean): boolean {
    if (this.mode !== 'move') {
      // While typing, undo gives up what is being typed; there is nothing to redo.
      this.model.cancel();
      this.mode = 'move';
    } else if (back) this.model.undo();
    else this.model.redo();
    const element = this.#element(this.active);
    if (element instanceof HTMLInputElement) requestAnimationFrame(() => element.select());
    return true;
  }

  #selectAll(): boolean {
    const { rows, cols } = this.model.size();
    this.model.commit();
    this.#anchor = { row: 0, col: 0 };
    this.active = { row: rows - 1, col: cols - 1 };
    const shown = this.#element(this.active);
    this.#extending = true;
    shown?.focus({ preventScroll: true });
    this.#extending = false;
    return true;
  }

  #fillDown(): boolean {
    this.model.commit();
    const { top, bottom, left, right } = this.selection;
    const from = top === bottom ? top - 1 : top;
    if (from < 0) return true;
    const cells = [...spots({ top: from + 1, bottom, left, right })].filter(this.model.open);
    this.model.write(cells.map((spot) => ({ spot, value: this.model.value({ row: from, col: spot.col }) })));
    return true;
  }

  #clear(): boolean {
    this.model.write([...spots(this.selection)].filter(this.model.open).map((spot) => ({ spot, value: '' })));
    return true;
  }

  #copy(event: ClipboardEvent, cut: boolean) {
    if (!spotOf(event.target) || this.mode === 'edit' || !event.clipboardData) return;
    event.preventDefault();
    this.model.commit();
    const { top, bottom, left, right } = this.selection;
    const rows = Array.from({ length: bottom - top + 1 }, (_, r) => Array.from({ length: right - left + 1 }, (_, c) => this.model.value({ row: top + r, col: left + c })));
    const { text, html } = copied(rows, language.now);
    event.clipboardData.setData('text/plain', text);
    event.clipboardData.setData('text/html', html);
    if (cut) this.#clear();
  }

  #paste = (event: ClipboardEvent) => {
    if (!spotOf(event.target) || !event.clipboardData) return;
    const block = blockOf(event.clipboardData.getData('text/plain'), event.clipboardData.getData('text/html'));
    const single = block.length === 1 && block[0]!.length === 1;
    // Into a text that is being edited a single text goes as into any field.
    if (block.length === 0 || (single && this.mode === 'edit')) return;
    event.preventDefault();
    this.model.cancel();
    this.mode = 'move';
    const { top, left, bottom, right } = this.selection;
    const repeated = single && this.wide ? Array.from({ length: bottom - top + 1 }, () => Array.from({ length: right - left + 1 }, () => block[0]![0]!)) : block;
    this.model.paste(repeated, { row: top, col: left });
  };
}
