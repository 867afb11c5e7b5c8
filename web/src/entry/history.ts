// SPDX-License-Identifier: Apache-2.0
// Undo and redo. One step is what the officer did in one go: a typed cell, a whole paste, a fill.
export interface Change { key: string; before: string; after: string }

const steps_max = 200;

export class History {
  #done: Change[][] = [];
  #undone: Change[][] = [];

  /// Keeps a step; what had been undone before it is gone. Changes that change nothing are no step.
  keep(changes: Change[]): boolean {
    const real = changes.filter((c) => c.before !== c.after);
    if (real.length === 0) return false;
    this.#done.push(real);
    if (this.#done.length > steps_max) this.#done.shift();
    this.#undone = [];
    return true;
  }

  /// The changes to make to go back one step, or nothing at the beginning.
  undo(): Change[] {
    const step = this.#done.pop();
    if (!step) return [];
    this.#undone.push(step);
    return step.toReversed().map(({ key, before, after }) => ({ key, before: after, after: before }));
  }

  redo(): Change[] {
    const step = this.#undone.pop();
    if (!step) return [];
    this.#done.push(step);
    return step;
  }

  get canUndo() { return this.#done.length > 0; }
  get canRedo() { return this.#undone.length > 0; }
}
