import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';
import { type Cursor, createCursor } from './cursor.ts';

/** How `copyTree` treats a node. Each kind of node has one of these roles: see `roleOf`. */
export const Role: {
  readonly punctuation: 0;
  readonly operator: 1;
  readonly leaf: 2;
  readonly branch: 3;
  readonly comment: 4;
  readonly text: 5;
  readonly error: 6;
} = { punctuation: 0, operator: 1, leaf: 2, branch: 3, comment: 4, text: 5, error: 6 };

export interface Grammar {
  readonly parser: Parser;
  readonly cursor: Cursor;
  /** The name and role of each kind of node, by the parser's number. */
  readonly kinds: readonly string[];
  readonly roles: Uint8Array;
  /** Kinds of nodes whose operators are copied. */
  readonly keepsOperators: ReadonlySet<string>;
}

/** Loads the Python parser, once for each process: it takes about 30 ms, and its memory is shared. */
export function loadGrammar(): Promise<Grammar> {
  loading ??= load();
  return loading;
}

let loading: Promise<Grammar> | undefined;

async function load(): Promise<Grammar> {
  const parserModule = {};
  await Parser.init(parserModule);
  const language = await Language.load(grammarFile());
  const parser = new Parser();
  parser.setLanguage(language);
  const kinds: string[] = [];
  const roles = new Uint8Array(language.nodeTypeCount);
  for (let id = 0; id < roles.length; id++) {
    const kind = language.nodeTypeForId(id) ?? '';
    kinds.push(kind);
    roles[id] = roleOf(kind, language.nodeTypeIsNamed(id));
  }
  return { parser, cursor: createCursor(parserModule), kinds, roles, keepsOperators };
}

/** In the published package the grammar is beside this file. In the repository it is in a package of its own. */
function grammarFile(): string {
  const beside = fileURLToPath(new URL('./tree-sitter-python.wasm', import.meta.url));
  if (existsSync(beside)) return beside;
  return createRequire(import.meta.url).resolve('tree-sitter-python/tree-sitter-python.wasm');
}

function roleOf(kind: string, named: boolean): number {
  if (!named) return operators.has(kind) ? Role.operator : Role.punctuation;
  if (kind === 'comment') return Role.comment;
  if (kind === 'line_continuation') return Role.punctuation;
  if (kind === 'string') return Role.text;
  return leaves.has(kind) ? Role.leaf : Role.branch;
}

const operators: ReadonlySet<string> = new Set(
  (
    '+ - * / // % ** @ | & ^ << >> ~ < <= == != >= > <> in is and or as from async _ ' +
    '+= -= *= /= @= //= %= **= >>= <<= &= ^= |='
  )
    .split(' ')
    .concat('not in', 'is not'),
);

const leaves: ReadonlySet<string> = new Set(
  (
    'identifier integer float true false none ellipsis dotted_name string_start string_content string_end ' +
    'type_conversion import_prefix wildcard_import keyword_separator positional_separator ' +
    'pass_statement break_statement continue_statement'
  ).split(' '),
);

const keepsOperators: ReadonlySet<string> = new Set(
  (
    'binary_operator boolean_operator comparison_operator unary_operator augmented_assignment ' +
    'function_definition except_clause yield case_pattern splat_pattern union_pattern dict_pattern ' +
    'keyword_pattern complex_pattern'
  ).split(' '),
);
