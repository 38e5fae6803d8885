/** The nodes of an expression. Nothing else has a node, so nothing else can be evaluated. */
export type Syntax =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'list'; readonly items: readonly Syntax[]; readonly at: number }
  | { readonly kind: 'path'; readonly from: Syntax; readonly steps: readonly PathStep[]; readonly at: number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Syntax[]; readonly at: number }
  | { readonly kind: 'unary'; readonly operator: Unary; readonly operand: Syntax; readonly at: number }
  | ChainSyntax
  | {
      readonly kind: 'choice';
      readonly test: Syntax;
      readonly then: Syntax;
      readonly otherwise: Syntax;
      readonly at: number;
    };

/** `first + b - c`: operators of one precedence, in a flat list, so that a long chain needs no deep stack. */
export interface ChainSyntax {
  readonly kind: 'chain';
  readonly first: Syntax;
  readonly rest: readonly { readonly operator: Binary; readonly operand: Syntax; readonly at: number }[];
  readonly at: number;
}

/** `.name`, `[key]`, and the same behind `?.`, which gives null for a property of null. */
export interface PathStep {
  readonly key: Syntax | string;
  readonly optional: boolean;
  readonly at: number;
}

export type Unary = '!' | '-' | '+';
export type Binary = keyof typeof precedences;

/** The higher binds tighter. As in JavaScript. */
export const precedences = {
  '??': 1,
  '||': 2,
  '&&': 3,
  '==': 4,
  '!=': 4,
  '===': 4,
  '!==': 4,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  in: 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
} as const;
