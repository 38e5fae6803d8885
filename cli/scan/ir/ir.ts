import type { LanguageId } from '../languages/language-id.ts';

/**
 * The intermediate representation of a scanned file: three-address code in SSA form, the same for JavaScript,
 * TypeScript, Python and templates. No later stage depends on the language.
 * An instruction is the value that it makes: a `ValueId` is its index in `Func.code`. Everything is plain data (no
 * classes, no cycles), so that modules can be cached as JSON.
 */

/** Index of an instruction in the `code` of its function. */
export type ValueId = number;
/** Index of a block in the `blocks` of its function. */
export type BlockId = number;

export interface Module {
  /** Relative to the root of the scan, with `/`. */
  readonly path: string;
  readonly language: LanguageId;
  /** `functions[0]` is the code at the top level of the module. Functions come before those nested in them. */
  readonly functions: readonly Func[];
  readonly classes: readonly Class[];
  readonly cells: readonly Cell[];
  readonly exports: readonly Export[];
  /** Syntax errors. The rest of the file is lowered anyway. */
  readonly problems: readonly ParseProblem[];
  readonly comments: readonly Comment[];
  /** Offset of the first character of each line. */
  readonly lines: readonly number[];
}

export interface ParseProblem {
  readonly at: number;
  readonly message: string;
}

/** A comment that contains the word `bulwark`. Other comments are not kept. */
export interface Comment {
  readonly at: number;
  readonly text: string;
}

/**
 * A variable that functions share: one of an outer function that an inner one reads or writes, or one at the top level
 * of the module. Variables that only one function uses are SSA values and have no cell.
 */
export interface Cell {
  readonly name: string;
  /** Index of the function that declares the variable. */
  readonly owner: number;
}

/** An export of a module. `name` is `default` for a default export, and `=` for `module.exports = ...`. */
export type Export =
  | { readonly name: string; readonly cell: number }
  | { readonly name: string; readonly value: ValueId; readonly func: number }
  | { readonly name: string; readonly from: string; readonly imported: string }
  /** `export * from`, and Python's `from m import *`. */
  | { readonly all: string };

export interface Class {
  readonly name: string;
  /** The constructor is called `constructor` in both languages. */
  readonly methods: readonly Method[];
  /** Declared types of fields. */
  readonly fields: readonly Field[];
  /** The function that initialises instance fields, or -1. It stores to `this`. */
  readonly init: number;
  readonly at: number;
  readonly end: number;
}

export interface Field {
  readonly name: string;
  readonly type: TypeName;
  /** Calls of its decorators, in the function that contains the class. */
  readonly decorators?: readonly ValueId[];
}

export interface Method {
  readonly name: string;
  readonly func: number;
  /** `class` is a classmethod of Python, whose `this` is the class. */
  readonly kind: 'method' | 'get' | 'set' | 'static' | 'class';
}

/** A declared type, reduced to the type that it names: `Promise<T>`, `T | null` and `Optional[T]` become `T`. */
export type TypeName =
  | { readonly import: string; readonly path: readonly string[] }
  | { readonly class: number }
  /** A variable that holds the type: `Db = Annotated[Session, Depends(get_db)]`. */
  | { readonly cell: number }
  /** A type of the language (`string`, `number`, `int`), or a name without a declaration. */
  | { readonly name: string };

export interface Param {
  readonly name: string;
  readonly type?: TypeName;
  /** `...rest` or `*args`; `keywords` for `**kwargs`. */
  readonly rest?: 'positional' | 'keywords';
  readonly at: number;
}

export interface Func {
  readonly name: string;
  /** Without Python's `self` and `cls`, which are `this`. */
  readonly params: readonly Param[];
  readonly code: readonly Inst[];
  /** `blocks[0]` is the entry. */
  readonly blocks: readonly Block[];
  /** Index of the enclosing function, or -1. */
  readonly outer: number;
  /** Index of the class whose method it is, or -1. */
  readonly class: number;
  readonly async: boolean;
  readonly generator: boolean;
  /** The names of local variables, with the values that they were assigned. Instructions do not contain these names. */
  readonly locals?: readonly Local[];
  /** The declared type of what it returns or yields. */
  readonly returns?: TypeName | undefined;
  readonly at: number;
  readonly end: number;
}

/** An assignment of a value to a local variable: `name = value`. */
export interface Local {
  readonly value: ValueId;
  readonly name: string;
}

export interface Block {
  readonly code: readonly ValueId[];
  readonly preds: readonly BlockId[];
  readonly end: Terminator;
}

export type Terminator =
  /** `thrown` is the value that is passed to the handler at `to`. */
  | { readonly kind: 'jump'; readonly to: BlockId; readonly thrown?: ValueId }
  | { readonly kind: 'branch'; readonly test: ValueId; readonly then: BlockId; readonly else: BlockId }
  /** `at` and `end` are the range of the statement, if there is one: the value may have been made far above it. */
  | { readonly kind: 'return'; readonly value: ValueId; readonly at?: number; readonly end?: number }
  /** Throws or raises. A surrounding handler is reached by other edges. */
  | { readonly kind: 'throw'; readonly value: ValueId };

interface At {
  /** Range of the source text, in UTF-16 units. */
  readonly at: number;
  readonly end: number;
}

export type Inst = At & Operation;

export type Operation =
  | { readonly op: 'const'; readonly value: Constant }
  | { readonly op: 'regex'; readonly source: string; readonly flags: string }
  | { readonly op: 'param'; readonly index: number }
  /** The receiver of this function: `this`, Python's `self` or `cls`. */
  | { readonly op: 'this' }
  /** The receiver, with methods looked up from the base class on. */
  | { readonly op: 'super' }
  /** A name that the file does not declare: `eval`, `document`, `open`. */
  | { readonly op: 'global'; readonly name: string }
  /**
   * `name` is `*` for the module itself, `default`, or an export. `specifier` is as in the source (Python: with leading
   * dots).
   */
  | { readonly op: 'import'; readonly specifier: string; readonly name: string }
  | { readonly op: 'func'; readonly func: number }
  /** `names` and `values` are Python's class attributes, or static fields. */
  | {
      readonly op: 'class';
      readonly class: number;
      readonly bases: readonly ValueId[];
      readonly names: readonly string[];
      readonly values: readonly ValueId[];
    }
  /** `object.name` */
  | { readonly op: 'member'; readonly object: ValueId; readonly name: string }
  /** `object[key]` */
  | { readonly op: 'index'; readonly object: ValueId; readonly key: ValueId }
  /** `object[from:to]`, `object[from:to:step]`: the bounds that are in the source. */
  | {
      readonly op: 'slice';
      readonly object: ValueId;
      readonly from?: ValueId;
      readonly to?: ValueId;
      readonly step?: ValueId;
    }
  /** The object after `object.name = value`, or after `object[key] = value`. */
  | { readonly op: 'store'; readonly object: ValueId; readonly name: string; readonly value: ValueId }
  | { readonly op: 'store-index'; readonly object: ValueId; readonly key: ValueId; readonly value: ValueId }
  | Call
  /** The object of a variable after `call` may have mutated it: its receiver (-1), or its argument `arg`. */
  | { readonly op: 'effect'; readonly call: ValueId; readonly arg: number; readonly value: ValueId }
  | {
      readonly op: 'binary';
      readonly operator: BinaryOperator;
      readonly left: ValueId;
      readonly right: ValueId;
    }
  | { readonly op: 'unary'; readonly operator: UnaryOperator; readonly value: ValueId }
  /** A string made of parts: a template literal, an f-string. */
  | { readonly op: 'text'; readonly parts: readonly ValueId[] }
  | {
      readonly op: 'list';
      readonly kind: 'list' | 'tuple' | 'set';
      readonly items: readonly ValueId[];
      /** Indices of spread items. */
      readonly spread: readonly number[];
      /** Any number of items like the single one in `items`: a comprehension. */
      readonly isMany?: true;
    }
  /** A key is a name, the id of a computed key, or null for a spread (`...value`, `**value`). */
  | {
      readonly op: 'object';
      readonly keys: readonly (string | ValueId | null)[];
      readonly values: readonly ValueId[];
    }
  /** One input for each predecessor of its block, in the same order. */
  | { readonly op: 'phi'; readonly inputs: readonly ValueId[] }
  | { readonly op: 'cell-load'; readonly cell: number }
  | { readonly op: 'cell-store'; readonly cell: number; readonly value: ValueId }
  /** `enters`: Python's `with value as x`, where a class of the project may define what x is. */
  | { readonly op: 'await'; readonly value: ValueId; readonly enters?: true }
  | { readonly op: 'yield'; readonly value: ValueId }
  /** One element of an iterated value, or one of its keys (`for in`; elements of Python's dictionaries are `element`). */
  | { readonly op: 'element'; readonly value: ValueId }
  | { readonly op: 'key'; readonly value: ValueId }
  /** The value, with a declared type (an annotation, `as`). */
  | { readonly op: 'typed'; readonly value: ValueId; readonly type: TypeName }
  /** The value that a `catch` or `except` binds. `type` is the exception type in Python, or -1. */
  | { readonly op: 'caught'; readonly type: ValueId }
  /** An unknown value: code that a front end does not lower, the test of a loop over elements. */
  | { readonly op: 'unknown' };

export interface Call {
  readonly op: 'call';
  /** The called value. For `a.b()` or `a[b]()` it is a `member` or `index`, whose object `a` is the receiver. */
  readonly callee: ValueId;
  readonly args: readonly ValueId[];
  /** Names of keyword arguments, at the same index as in `args`; null for positional ones. Absent if all are positional. */
  readonly names?: readonly (string | null)[];
  /** Indices of spread arguments (`...a`, `*a`, `**a`). */
  readonly spread?: readonly number[];
  /** `new`: makes an instance. */
  readonly isNew?: true;
  /** Applies a decorator to a function, a class or a parameter. */
  readonly isDecorator?: true;
  /** The strings of a tagged template, one more than `args`. */
  readonly quasis?: readonly string[];
  /** The raw strings of a tagged template, if they differ from `quasis` by backslashes. */
  readonly raws?: readonly string[];
}

export type Constant = string | number | boolean | null | undefined;

/**
 * The binary operators of JavaScript and Python in one spelling: `===` and Python's `is` are `==`; `!==` and `is not` are
 * `!=`.
 */
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '//'
  | '%'
  | '**'
  | '<<'
  | '>>'
  | '>>>'
  | '&'
  | '|'
  | '^'
  | '@'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  /** Membership: Python's `in` and `not in`, JavaScript's `in`. */
  | 'in'
  | 'not in'
  | 'instanceof';

export type UnaryOperator = '!' | '-' | '+' | '~' | 'typeof' | 'void' | 'delete';
