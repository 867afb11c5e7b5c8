// SPDX-License-Identifier: Apache-2.0
// The programme's formulas and rules, reckoned in the browser as the server reckons them (src/programme/expression.hpp):
// exact rationals, three-valued `implies`, nothing where a name is missing or a divisor is nought.
export interface Rational { n: bigint; d: bigint }
export type Lookup = (name: string) => Rational | undefined;

export function rational(plain: string): Rational | undefined {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain);
  if (!found) return undefined;
  const [, sign, whole = '', fraction = ''] = found;
  const n = BigInt(whole + fraction);
  return lowest(sign ? -n : n, 10n ** BigInt(fraction.length));
}

function lowest(n: bigint, d: bigint): Rational {
  let [a, b] = [n < 0n ? -n : n, d];
  while (b) [a, b] = [b, a % b];
  return a === 0n ? { n: 0n, d: 1n } : { n: n / a, d: d / a };
}

/// To `scale` decimals, halves away from nought, as every printed figure is rounded.
export function rounded({ n, d }: Rational, scale: number): string {
  const size = (n < 0n ? -n : n) * 10n ** BigInt(scale);
  const digits = ((2n * size + d) / (2n * d)).toString().padStart(scale + 1, '0');
  const text = scale ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits;
  return n < 0n && /[1-9]/.test(digits) ? '-' + text : text;
}

type Node =
  | { kind: 'number'; value: Rational }
  | { kind: 'name'; name: string }
  | { kind: 'negate'; of: Node }
  | { kind: string; left: Node; right: Node };

export class Formula {
  readonly names: string[] = [];
  readonly #root: Node;
  #at = 0;

  /// Throws a SyntaxError on a text that is no formula; the server has accepted those that come from it.
  constructor(readonly text: string) {
    this.#root = this.#implication();
    this.#blanks();
    if (this.#at !== text.length) this.#fail('operator or end');
  }

  evaluate(lookup: Lookup): Rational | undefined {
    return run(this.#root, lookup);
  }

  #implication(): Node {
    const left = this.#comparison();
    return this.#word('implies') ? { kind: 'implies', left, right: this.#implication() } : left;
  }
  #comparison(): Node {
    const left = this.#sum();
    for (const kind of ['<=', '>=', '==', '!=', '<', '>']) if (this.#take(kind)) return { kind, left, right: this.#sum() };
    return left;
  }
  #sum(): Node {
    let left = this.#product();
    for (;;) {
      const kind = this.#take('+') ? '+' : this.#take('-') ? '-' : '';
      if (!kind) return left;
      left = { kind, left, right: this.#product() };
    }
  }
  #product(): Node {
    let left = this.#factor();
    for (;;) {
      const kind = this.#take('*') ? '*' : this.#take('/') ? '/' : '';
      if (!kind) return left;
      left = { kind, left, right: this.#factor() };
    }
  }
  #factor(): Node {
    if (this.#take('-')) return { kind: 'negate', of: this.#factor() };
    if (this.#take('(')) {
      const inner = this.#implication();
      if (!this.#take(')')) this.#fail(')');
      return inner;
    }
    const number = this.#match(/[0-9][0-9.]*/y);
    if (number !== undefined) {
      const value = rational(number);
      return value ? { kind: 'number', value } : this.#fail('number');
    }
    return this.#name();
  }
  #name(): Node {
    let name = this.#identifier();
    if (!name || name === 'implies') return this.#fail('number, indicator, prev(…), units(…) or (');
    if (this.#take('(')) {
      const inner = this.#identifier();
      if ((name !== 'prev' && name !== 'units') || !inner || !this.#take(')')) this.#fail('prev(…) or units(…)');
      name = `${name}(${inner})`;
    }
    if (!this.names.includes(name)) this.names.push(name);
    return { kind: 'name', name };
  }

  #identifier() { return this.#match(/[A-Za-z_][A-Za-z0-9_]*/y) ?? ''; }
  #match(pattern: RegExp): string | undefined {
    this.#blanks();
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
  #blanks() { while (' \n\t'.includes(this.text[this.#at] ?? 'x')) this.#at += 1; }
  #take(sign: string): boolean {
    this.#blanks();
    if (!this.text.startsWith(sign, this.#at)) return false;
    this.#at += sign.length;
    return true;
  }
  #word(word: string): boolean {
    const start = this.#at;
    if (this.#identifier() === word) return true;
    this.#at = start;
    return false;
  }
  #fail(expected: string): never {
    throw new SyntaxError(`${this.text}: ${expected} at ${this.#at + 1}`);
  }
}

const truth = (holds: boolean): Rational => ({ n: holds ? 1n : 0n, d: 1n });

function run(node: Node, lookup: Lookup): Rational | undefined {
  if ('value' in node) return node.value;
  if ('name' in node) return lookup(node.name);
  if ('of' in node) {
    const value = run(node.of, lookup);
    return value && { n: -value.n, d: value.d };
  }
  const left = run(node.left, lookup);
  const right = run(node.right, lookup);
  if (node.kind === 'implies') {
    if ((left && left.n === 0n) || (right && right.n !== 0n)) return truth(true);
    return left && right ? truth(false) : undefined;
  }
  if (!left || !right) return undefined;
  switch (node.kind) {
    case '+': return lowest(left.n * right.d + right.n * left.d, left.d * right.d);
    case '-': return lowest(left.n * right.d - right.n * left.d, left.d * right.d);
    case '*': return lowest(left.n * right.n, left.d * right.d);
    case '/': {
      if (right.n === 0n) return undefined;
      const sign = right.n < 0n ? -1n : 1n;
      return lowest(sign * left.n * right.d, sign * left.d * right.n);
    }
  }
  const difference = left.n * right.d - right.n * left.d;
  switch (node.kind) {
    case '<': return truth(difference < 0n);
    case '<=': return truth(difference <= 0n);
    case '>': return truth(difference > 0n);
    case '>=': return truth(difference >= 0n);
    case '==': return truth(difference === 0n);
    default: return truth(difference !== 0n);
  }
}
