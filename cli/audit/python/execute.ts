import type { Node } from '../../scan/languages/python/parse/tree.ts';
import { assign, augment } from './assignment.ts';
import { decide } from './condition.ts';
import { importFrom, importModule } from './imports.ts';
import { includeFiles } from './include-files.ts';
import { countStep, type Ending, type Frame, mostNesting } from './interpreter.ts';
import { runLoop } from './loop.ts';
import { spotOf, textOf } from './module-file.ts';
import { fromEnvironment, readsEnvironment } from './pydantic-settings.ts';
import { copyScope, joinScopes, newScope, openScope } from './scope.ts';
import { absentName, isType, known, type Value } from './value.ts';

/** Reads statements in order, and keeps in the scope what they set. */
export function execute(frame: Frame, block: Node): Ending {
  const { interpreter } = frame;
  interpreter.nesting++;
  try {
    if (interpreter.nesting > mostNesting) {
      openScope(frame.scope, 'it is nested too deep');
      return 'unsure';
    }
    for (const statement of block.children) {
      const ending = run(frame, statement);
      if (ending !== 'next') return ending;
    }
    return 'next';
  } finally {
    interpreter.nesting--;
  }
}

function run(frame: Frame, node: Node): Ending {
  countStep(frame);
  const { evaluate } = frame.interpreter;
  switch (node.kind) {
    case 'expression_statement':
      return (
        node.children.map((child) => expression(frame, child)).find((ending) => ending !== 'next') ?? 'next'
      );
    case 'import_statement':
      importModule(frame, node);
      return 'next';
    case 'import_from_statement':
      importFrom(frame, node);
      return 'next';
    case 'if_statement':
      return runIf(frame, node.children, 0);
    case 'try_statement':
      return runTry(frame, node);
    case 'for_statement':
    case 'while_statement':
      return runLoop(frame, node);
    case 'with_statement':
      return runWith(frame, node);
    case 'function_definition':
      define(frame, node, { type: 'function', node, module: frame.module, scope: frame.scope });
      return 'next';
    case 'decorated_definition':
      return runDecorated(frame, node);
    case 'class_definition':
      defineClass(frame, node);
      return 'next';
    case 'return_statement':
      return { returned: node.children[0] ? evaluate(frame, node.children[0]) : known(null) };
    case 'raise_statement':
      return 'raised';
    case 'delete_statement':
      for (const target of node.children) {
        if (target.kind === 'identifier')
          frame.scope.names.set(textOf(frame.module, target), known(absentName));
      }
      return 'next';
    case 'exec_statement':
    case 'match_statement':
    case 'ERROR':
      openScope(frame.scope, 'it may be set by code that is not understood', [spotOf(frame.module, node)]);
      return 'next';
    default:
      return 'next';
  }
}

function expression(frame: Frame, node: Node): Ending {
  if (node.kind === 'assignment') assign(frame, node);
  else if (node.kind === 'augmented_assignment') augment(frame, node);
  else if (node.kind === 'call') {
    const text = textOf(frame.module, node).slice(0, 400);
    if (includeFiles(frame, node)) return 'next';
    if (/\b(locals|globals|vars|exec|eval|setattr)\s*\(|\b__name__\b/.test(text)) {
      openScope(frame.scope, `it may be set by ${text.split('\n')[0]?.slice(0, 60)}`, [
        spotOf(frame.module, node),
      ]);
    } else if (/^(sys\.)?exit\s*\(/.test(text)) return 'raised';
    else frame.interpreter.evaluate(frame, node);
  }
  return 'next';
}

/** `children` from an index on: a condition, its block, and what else there is. */
function runIf(frame: Frame, children: readonly Node[], at: number): Ending {
  const condition = children[at];
  const block = children[at + 1];
  if (!condition || !block) return 'next';
  const text = textOf(frame.module, condition);
  const isMain = /\b__name__\s*==/.test(text);
  if (isMain && frame.interpreter.keepsObjects) {
    frame.interpreter.execute({ ...frame, isMain: true }, block);
    return 'next';
  }
  const branch =
    isMain || /\bTYPE_CHECKING\b/.test(text)
      ? false
      : decide(frame, frame.interpreter.evaluate(frame, condition), text);
  if (branch === true) return frame.interpreter.execute(frame, block);
  const other = children[at + 2];
  const runOther = (inner: Frame): Ending => {
    if (other?.kind === 'elif_clause') return runIf(inner, [...other.children, ...children.slice(at + 3)], 0);
    const body = other?.kind === 'else_clause' ? other.children.at(-1) : undefined;
    return body ? inner.interpreter.execute(inner, body) : 'next';
  };
  if (branch === false) return runOther(frame);
  return runBoth(frame, (inner) => inner.interpreter.execute(inner, block), runOther);
}

/** Either may be what happens. What raises an error is no production. */
function runBoth(frame: Frame, one: (frame: Frame) => Ending, other: (frame: Frame) => Ending): Ending {
  countStep(frame, frame.scope.names.size * 5);
  const second: Frame = { ...frame, scope: copyScope(frame.scope) };
  const before = copyScope(frame.scope);
  const first = one(frame);
  const end = other(second);
  if (first === 'raised') {
    replace(frame, end === 'raised' ? before : second.scope);
    return end;
  }
  if (end !== 'raised') joinScopes(frame.scope, second.scope);
  if (end === 'raised') return first;
  return first === 'next' && end === 'next' ? 'next' : 'unsure';
}

function replace({ scope }: Frame, by: Frame['scope']): void {
  scope.names.clear();
  for (const [name, value] of by.names) scope.names.set(name, value);
  if (by.open !== undefined) scope.open = by.open;
}

function runTry(frame: Frame, node: Node): Ending {
  const [body, ...clauses] = node.children;
  const handlers = clauses.filter(({ kind }) => kind === 'except_clause' || kind === 'except_group_clause');
  const finallyClause = clauses.find(({ kind }) => kind === 'finally_clause');
  const elseClause = clauses.find(({ kind }) => kind === 'else_clause');
  const runBody = (inner: Frame): Ending => {
    const ending = body ? inner.interpreter.execute(inner, body) : 'next';
    const after = elseClause?.children.at(-1);
    return ending === 'next' && after ? inner.interpreter.execute(inner, after) : ending;
  };
  const handler = handlers[0]?.children.at(-1);
  const isCertain = handlers.length === 0 || (body !== undefined && importsOnlyKnown(frame, body));
  const ending = isCertain
    ? runBody(frame)
    : runBoth(frame, runBody, (inner) =>
        handler?.kind === 'block' ? inner.interpreter.execute(inner, handler) : 'next',
      );
  const last = finallyClause?.children.at(-1);
  if (last) frame.interpreter.execute(frame, last);
  return ending;
}

/** `from .local import *`, where the file is there: nothing is raised. */
function importsOnlyKnown({ interpreter, module }: Frame, body: Node): boolean {
  return body.children.every((statement) => {
    if (statement.kind === 'pass_statement') return true;
    if (statement.kind !== 'import_from_statement') return false;
    const [from] = statement.children;
    return from !== undefined && interpreter.findModule(textOf(module, from), module.path) !== undefined;
  });
}

function runWith(frame: Frame, node: Node): Ending {
  const body = node.children.find(({ kind }) => kind === 'block');
  const heading = textOf(frame.module, node).slice(0, 300);
  const name = /\bas\s+([A-Za-z_]\w*)\s*[,:)]/.exec(heading)?.[1];
  if (name !== undefined) {
    const spots = [spotOf(frame.module, node)];
    frame.scope.names.set(name, [{ plain: undefined, reason: 'it is computed', spots, variables: [] }]);
  }
  return body ? frame.interpreter.execute(frame, body) : 'next';
}

function runDecorated(frame: Frame, node: Node): Ending {
  const definition = node.children.at(-1);
  const decorators = node.children.filter(({ kind }) => kind === 'decorator');
  const isPlain = decorators.every((one) => sameFunction.test(textOf(frame.module, one)));
  if (definition?.kind === 'class_definition') defineClass(frame, definition);
  else if (definition && isPlain && frame.interpreter.keepsObjects) run(frame, definition);
  else if (definition) define(frame, definition, { type: 'reference', path: 'decorated' });
  return 'next';
}

/** They keep what a function returns, or change nothing at all. */
const sameFunction = /^@\s*(functools\.)?(lru_cache|cache)(\([\w\s=,]*\))?\s*$/;

function define(frame: Frame, node: Node, plain: Value[0]['plain']): void {
  const name = node.children.find(({ kind }) => kind === 'identifier');
  if (name && plain !== undefined) frame.scope.names.set(textOf(frame.module, name), known(plain));
}

function defineClass(frame: Frame, node: Node): void {
  const body = node.children.at(-1);
  const given = node.children.find(({ kind }) => kind === 'argument_list');
  const bases = (given?.children ?? [])
    .filter(({ kind }) => kind !== 'keyword_argument')
    .map((base) => frame.interpreter.evaluate(frame, base));
  // Settings of django-configurations are classes, of which the environment chooses one.
  if (bases.some(([{ plain }]) => isType(plain, 'reference') && plain.path.startsWith('configurations.'))) {
    openScope(frame.scope, 'classes of django-configurations set it', [spotOf(frame.module, node)]);
  }
  const scope = newScope(frame.scope);
  if (body?.kind === 'block') frame.interpreter.execute({ ...frame, scope }, body);
  if (bases.some(readsEnvironment)) fromEnvironment(frame, scope);
  const name = textOf(frame.module, node.children[0] ?? node);
  define(frame, node, { type: 'class', name, scope, bases });
}
