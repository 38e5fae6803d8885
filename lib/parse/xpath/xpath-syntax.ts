/** An expression of XPath 1.0. */
export type XpathSyntax =
  | { readonly kind: 'value'; readonly value: string | number }
  | { readonly kind: 'hole'; readonly index: number }
  | {
      readonly kind: 'binary';
      readonly operator: XpathOperator;
      readonly left: XpathSyntax;
      readonly right: XpathSyntax;
    }
  | { readonly kind: 'negative'; readonly operand: XpathSyntax }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly XpathSyntax[] }
  | { readonly kind: 'filter'; readonly from: XpathSyntax; readonly predicates: readonly XpathSyntax[] }
  | {
      readonly kind: 'path';
      readonly from: XpathSyntax | 'root' | 'context';
      readonly steps: readonly XpathStep[];
    };

export interface XpathStep {
  readonly axis: Axis;
  readonly test: NodeTest;
  readonly predicates: readonly XpathSyntax[];
}

/** `text()`, `node()`, or a name. `*` is any name; without a namespace it is any name of any namespace. */
export type NodeTest =
  | { readonly kind: 'text' | 'node' }
  | { readonly kind: 'name'; readonly name: string; readonly namespace: string | undefined };

export type XpathOperator =
  | '|'
  | '*'
  | 'div'
  | 'mod'
  | '+'
  | '-'
  | '<'
  | '<='
  | '>'
  | '>='
  | '='
  | '!='
  | 'and'
  | 'or';

/** The loosest binding first. */
export const operatorLevels: readonly (readonly XpathOperator[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
];

export type Axis =
  | 'child'
  | 'descendant'
  | 'descendant-or-self'
  | 'self'
  | 'parent'
  | 'ancestor'
  | 'ancestor-or-self'
  | 'attribute'
  | 'following-sibling'
  | 'preceding-sibling';
