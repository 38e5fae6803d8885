/**
 * What a value can be, as far as the linker tells things apart, numbered: a function, a class, an
 * instance of one, an object that is written down somewhere, a module, a package, a state of a library's
 * model. `ref` is the number of that thing.
 */
export type TokenKind =
  | 'state'
  | 'package'
  | 'module'
  | 'func'
  /** A method that was read from its class, not from an instance: its first argument is `self`. */
  | 'unbound'
  /** A function of which the first arguments are given: how many, `Linker.boundBefore` says. */
  | 'bound'
  | 'class'
  | 'instance'
  /** `super` in a method of a class. */
  | 'super'
  /** What `new f()` makes of a plain function, and `f.prototype`. */
  | 'made'
  /** An object literal; `ref` is the node of its value. */
  | 'object'
  /** What a call of `Symbol()` makes; `ref` is the node of that call. */
  | 'symbol';

export interface Token {
  readonly kind: TokenKind;
  readonly ref: number;
}

export class Tokens {
  readonly #all: Token[] = [];
  readonly #numbers = new Map<TokenKind, Map<number, number>>();
  readonly #packages: string[] = [];
  readonly #packageNumbers = new Map<string, number>();

  of(kind: TokenKind, ref: number): number {
    let byRef = this.#numbers.get(kind);
    if (!byRef) {
      byRef = new Map();
      this.#numbers.set(kind, byRef);
    }
    const known = byRef.get(ref);
    if (known !== undefined) return known;
    const number = this.#all.push({ kind, ref }) - 1;
    byRef.set(ref, number);
    return number;
  }

  ofPackage(name: string): number {
    let ref = this.#packageNumbers.get(name);
    if (ref === undefined) {
      ref = this.#packages.push(name) - 1;
      this.#packageNumbers.set(name, ref);
    }
    return this.of('package', ref);
  }

  get(number: number): Token {
    const token = this.#all[number];
    if (!token) throw new RangeError(`no token ${number}`);
    return token;
  }

  packageName(ref: number): string {
    return this.#packages[ref] ?? '';
  }
}
