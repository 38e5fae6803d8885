import type { LanguageId } from '../languages/language-id.ts';

/**
 * The intermediate representation of a scanned file: three-address code in SSA form, the same for
 * JavaScript, TypeScript, Python and templates. What comes after the front ends knows no language.
 *
 * An instruction is the value that it makes: a `ValueId` is its index in `Func.code`. All is plain
 * data (no classes, no cycles), so that a module can be cached as it is.
 */

/** Index of an instruction in the `code` of its function. */
export type ValueId = number;
/** Index of a block in the `blocks` of its function. */
export type BlockId = number;

export interface Module {
  /** Relative to the root of the scan, with `/`. */
  readonly path: string;
  readonly language: LanguageId;
  /** `functions[0]` is the module's own code. Functions come before those that are nested in them. */
  readonly functions: readonly Func[];
  readonly classes: readonly Class[];
  readonly cells: readonly Cell[];
  readonly exports: readonly Export[];
  /** Places that could not be parsed; what could is here all the same. */
  readonly problems: readonly ParseProblem[];
  readonly comments: readonly Comment[];
  /** Offset of the first character of each line. */
  readonly lines: readonly number[];
}

export interface ParseProblem {
  readonly at: number;
  readonly message: string;
}

/** Only those that speak to the scanner: a comment that holds the word `bulwark`. */
export interface Comment {
  readonly at: number;
  readonly text: string;
}

/**
 * A variable that functions share: one of an outer function that an inner one reads or writes, or one
 * of the module's top level. Variables of one function alone are SSA values and have no cell.
 */
export interface Cell {
  readonly name: string;
  /** The function whose variable it is. */
  readonly owner: number;
}

/** `name` is `default` for a default export, and `=` for `module.exports = ...`. */
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
  /** The function that sets what instance fields start with, or -1. It stores to `this`. */
  readonly init: number;
  readonly at: number;
  readonly end: number;
}

export interface Field {
  readonly name: string;
  readonly type: TypeName;
  /** Calls of its decorators, in the function that the class stands in. */
  readonly decorators?: readonly ValueId[];
}

export interface Method {
  readonly name: string;
  readonly func: number;
  /** `class` is Python's classmethod, whose `this` is the class. */
  readonly kind: 'method' | 'get' | 'set' | 'static' | 'class';
}

/** A type that was written down, as far as it names something. `Promise<T>`, `T | null`, `Optional[T]` are `T`. */
export type TypeName =
  | { readonly import: string; readonly path: readonly string[] }
  | { readonly class: number }
  /** A variable that holds the type: `Db = Annotated[Session, Depends(get_db)]`. */
  | { readonly cell: number }
  /** A type of the language (`string`, `number`, `int`), or a name that is declared nowhere. */
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
  /** Without Python's `self` and `cls`: those are `this`. */
  readonly params: readonly Param[];
  readonly code: readonly Inst[];
  /** `blocks[0]` is the entry. */
  readonly blocks: readonly Block[];
  /** The function around it, or -1. */
  readonly outer: number;
  /** The class whose method it is, or -1. */
  readonly class: number;
  readonly async: boolean;
  readonly generator: boolean;
  /** The names of its own variables, by the values that they were given: no instruction tells of them. */
  readonly locals?: readonly Local[];
  /** What it is declared to return, or to yield. */
  readonly returns?: TypeName | undefined;
  readonly at: number;
  readonly end: number;
}

/** `name = value` */
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
  /** `thrown` is what the handler there is given. */
  | { readonly kind: 'jump'; readonly to: BlockId; readonly thrown?: ValueId }
  | { readonly kind: 'branch'; readonly test: ValueId; readonly then: BlockId; readonly else: BlockId }
  /** `at` and `end` of the statement, where there is one: what it returns may have been made long before. */
  | { readonly kind: 'return'; readonly value: ValueId; readonly at?: number; readonly end?: number }
  /** What is thrown or raised; a handler around it is reached by other edges. */
  | { readonly kind: 'throw'; readonly value: ValueId };

interface At {
  /** Offsets of the source text that made it, in UTF-16 units. */
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
  /** The receiver, looked up from the base class on. */
  | { readonly op: 'super' }
  /** A name that the file does not declare: `eval`, `document`, `open`. */
  | { readonly op: 'global'; readonly name: string }
  /** `name` is `*` for the module itself, `default`, or an export. `specifier` as written (Python: with leading dots). */
  | { readonly op: 'import'; readonly specifier: string; readonly name: string }
  | { readonly op: 'func'; readonly func: number }
  /** Python's class attributes and static fields are `names` and `values`. */
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
  /** `object[from:to]`, `object[from:to:step]`: what of it was written. */
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
  /** A variable's object after `call` may have changed it: the receiver (-1), or the argument `arg`. */
  | { readonly op: 'effect'; readonly call: ValueId; readonly arg: number; readonly value: ValueId }
  | {
      readonly op: 'binary';
      readonly operator: BinaryOperator;
      readonly left: ValueId;
      readonly right: ValueId;
    }
  | { readonly op: 'unary'; readonly operator: UnaryOperator; readonly value: ValueId }
  /** A text made of parts: a template literal, an f-string. */
  | { readonly op: 'text'; readonly parts: readonly ValueId[] }
  | {
      readonly op: 'list';
      readonly kind: 'list' | 'tuple' | 'set';
      readonly items: readonly ValueId[];
      /** Indices of the items that are spread. */
      readonly spread: readonly number[];
      /** Any number of items like the one that is there: a comprehension. */
      readonly isMany?: true;
    }
  /** A key is a name, the id of a computed key, or null where the value's own entries are taken (`...value`, `**value`). */
  | {
      readonly op: 'object';
      readonly keys: readonly (string | ValueId | null)[];
      readonly values: readonly ValueId[];
    }
  /** One input for each predecessor of its block, in their order. */
  | { readonly op: 'phi'; readonly inputs: readonly ValueId[] }
  | { readonly op: 'cell-load'; readonly cell: number }
  | { readonly op: 'cell-store'; readonly cell: number; readonly value: ValueId }
  /** `enters`: Python's `with value as x`, where a class of the project may say what x is. */
  | { readonly op: 'await'; readonly value: ValueId; readonly enters?: true }
  | { readonly op: 'yield'; readonly value: ValueId }
  /** One element of what is iterated, or one of its keys (`for in`; Python's dicts are `element`). */
  | { readonly op: 'element'; readonly value: ValueId }
  | { readonly op: 'key'; readonly value: ValueId }
  /** The value, of which a type was written down (an annotation, `as`). */
  | { readonly op: 'typed'; readonly value: ValueId; readonly type: TypeName }
  /** What a `catch` or `except` binds; `type` is Python's expression, or -1. */
  | { readonly op: 'caught'; readonly type: ValueId }
  /** A value of which nothing is known: what a front end does not translate, the test of a loop over elements. */
  | { readonly op: 'unknown' };

export interface Call {
  readonly op: 'call';
  /** For a method, the `member` or `index` that names it: its object is the receiver. */
  readonly callee: ValueId;
  readonly args: readonly ValueId[];
  /** Names of keyword arguments, at the same index as in `args`; null for positional ones. Absent: all positional. */
  readonly names?: readonly (string | null)[];
  /** Indices of arguments that are spread (`...a`, `*a`, `**a`). */
  readonly spread?: readonly number[];
  /** `new`: a new instance. */
  readonly isNew?: true;
  /** A decorator that is applied to a function, a class or a parameter. */
  readonly isDecorator?: true;
  /** The static texts of a tagged template, one more than `args`. */
  readonly quasis?: readonly string[];
  /** The same as they are written, where backslashes make a difference. */
  readonly raws?: readonly string[];
}

export type Constant = string | number | boolean | null | undefined;

/** Comparison of both languages in one spelling: `===` is `==`, Python's `is` too; `!==`, `is not` are `!=`. */
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
