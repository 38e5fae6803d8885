/**
 * The kinds of abstract objects in points-to sets: functions, classes, instances, object literals, modules, packages,
 * states of library models, and the like.
 */
export type TokenKind =
  | 'state'
  | 'package'
  | 'module'
  | 'func'
  /** A method read from its class, not from an instance. Its first argument is `self`. */
  | 'unbound'
  /** A function with bound first arguments; `Linker.boundBefore` has their number. */
  | 'bound'
  | 'class'
  | 'instance'
  /** `super` in a method of a class. */
  | 'super'
  /** The result of `new f()` for a plain function, and `f.prototype`. */
  | 'made'
  /** An object literal; `ref` is the node of its value. */
  | 'object'
  /** The result of a call of `Symbol()`; `ref` is the node of the call. */
  | 'symbol';

/** An abstract object in points-to sets. `ref` is the number of the function, class or other thing that it stands for. */
export interface Token {
  readonly kind: TokenKind;
  readonly ref: number;
}

/** Numbers all tokens: equal tokens have the same number. */
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
