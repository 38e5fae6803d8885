import type { Node } from 'oxc-parser';
import { keyName, stringOf, unwrap } from '../../../scan/languages/javascript/parse/syntax.ts';
import { classMember, instanceAround } from './class-member.ts';
import type { Declaration } from './declarations.ts';
import { callValue, newValue } from './evaluate-call.ts';
import { binaryValue, joinedText, unaryValue } from './evaluate-operators.ts';
import { exportsOf } from './exports.ts';
import { type FunctionNode, isFunction, type ModuleFile } from './module-file.ts';
import { objectValue } from './object-value.ts';
import { projectRoot } from './project-path.ts';
import { literal, productionVariable, truth, unknownValue, type Value } from './value.ts';
import { writtenValue } from './written-value.ts';

export interface Modules {
  /** The module of the application that a specifier leads to, the name of a package, or undefined. */
  load(
    from: string,
    specifier: string,
  ): ModuleFile | { readonly package: string; readonly inside: string } | undefined;
  /** What a function of a package returns, where its source says so. */
  readonly results?: (name: string, path: readonly string[]) => Value | undefined;
}

/** Reads values of an application from its text. Nothing is executed. */
export interface Evaluator {
  evaluate(file: ModuleFile, node: Node | null | undefined): Value;
  member(value: Value, key: string): Value;
  exported(file: ModuleFile, name: string): Value;
  /** A value was not followed to its end, because the code is too large or too deep. */
  isCut(): boolean;
}

const mostSteps = 2_000_000;
const mostDepth = 400;

/** @param environment what a variable holds; without it only production's `NODE_ENV` is known */
export function createEvaluator(
  modules: Modules,
  environment: (name: string) => Value = productionVariable,
): Evaluator {
  const known = new Map<Node, Value>();
  let steps = 0;
  let depth = 0;
  let cuts = 0;

  const evaluate = (file: ModuleFile, from: Node | null | undefined): Value => {
    if (!from) return literal(undefined);
    const node = unwrap(from);
    const kept = known.get(node);
    if (kept) return kept;
    steps++;
    if (steps > mostSteps || depth > mostDepth) {
      cuts++;
      return unknownValue('the code is too large or too deep to follow');
    }
    depth++;
    // A value that depends on itself is none.
    known.set(node, unknownValue('it depends on itself'));
    const before = cuts;
    const value = compute(file, node);
    depth--;
    const whole = 'spot' in value ? value : { ...value, spot: { file, node } };
    // What was cut here may be followed from elsewhere.
    if (cuts === before) known.set(node, whole);
    else known.delete(node);
    return whole;
  };

  const compute = (file: ModuleFile, node: Node): Value => {
    switch (node.type) {
      case 'Literal':
        if ('regex' in node && node.regex) return { kind: 'regex', source: node.regex.pattern };
        return typeof node.value === 'object' && node.value !== null
          ? unknownValue('it is no plain value')
          : literal(node.value as string);
      case 'TemplateLiteral': {
        const parts = node.quasis.flatMap(({ value }, index) => [
          literal(value.cooked ?? ''),
          ...(node.expressions[index] ? [evaluate(file, node.expressions[index])] : []),
        ]);
        return joinedText(parts);
      }
      case 'Identifier':
        return named(file, node.name, node);
      case 'ThisExpression':
        return instanceAround(file, node);
      case 'MemberExpression': {
        const key =
          node.property.type === 'PrivateIdentifier'
            ? `#${node.property.name}`
            : keyName(node.property, node.computed);
        const object = evaluate(file, node.object);
        if (key !== undefined) return member(object, key);
        const computed = evaluate(file, node.property);
        const text = computed.kind === 'literal' ? String(computed.value) : undefined;
        return text === undefined ? unknownValue('its name is computed') : member(object, text);
      }
      case 'MetaProperty':
        return { kind: 'global', path: ['import.meta'] };
      case 'ObjectExpression':
        return objectValue(node, (one) => evaluate(file, one));
      case 'ArrayExpression': {
        const items = node.elements.flatMap((element) => {
          if (element?.type !== 'SpreadElement') return [evaluate(file, element)];
          const spread = evaluate(file, element.argument);
          return spread.kind === 'array' && !spread.isOpen
            ? spread.items
            : [unknownValue('a part of the list is computed')];
        });
        return { kind: 'array', items, isOpen: false };
      }
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return { kind: 'function', file, node };
      case 'ClassDeclaration':
      case 'ClassExpression':
        return { kind: 'class', file, node };
      case 'AwaitExpression':
        return evaluate(file, node.argument);
      case 'ImportExpression':
        return required(file, stringOf(node.source));
      case 'AssignmentExpression':
        return node.operator === '=' ? evaluate(file, node.right) : unknownValue('it is computed');
      case 'SequenceExpression':
        return evaluate(file, node.expressions.at(-1));
      case 'UnaryExpression':
        return unaryValue(node.operator, evaluate(file, node.argument));
      case 'BinaryExpression':
        return binaryValue(node.operator, evaluate(file, node.left), evaluate(file, node.right));
      case 'LogicalExpression':
        return logical(file, node);
      case 'ConditionalExpression': {
        const test = truth(evaluate(file, node.test));
        if (test !== undefined) return evaluate(file, test ? node.consequent : node.alternate);
        return unknownValue(`it depends on \`${file.shown(node.test)}\``);
      }
      case 'CallExpression':
        return callValue(file, node, self, required, modules);
      case 'NewExpression':
        return newValue(file, node, self);
      default:
        return unknownValue('it is computed');
    }
  };

  const logical = (file: ModuleFile, node: Extract<Node, { type: 'LogicalExpression' }>): Value => {
    const left = evaluate(file, node.left);
    const right = (): Value => evaluate(file, node.right);
    if (left.kind === 'environment' && node.operator !== '&&') return { ...right(), unless: left.name };
    if (node.operator === '??') {
      if (left.kind === 'literal') return left.value === null || left.value === undefined ? right() : left;
      return truth(left) === undefined ? unknownValue(`it depends on \`${file.shown(node.left)}\``) : left;
    }
    const isTrue = truth(left);
    if (isTrue !== undefined) return isTrue === (node.operator === '||') ? left : right();
    // Whatever the left side is, a right side that is false decides `&&`.
    if (node.operator === '&&' && truth(right()) === false) return literal(false);
    if (node.operator === '||' && left.kind === 'result') return left;
    return unknownValue(`it depends on \`${file.shown(node.left)}\``);
  };

  const named = (file: ModuleFile, name: string, node: Node): Value => {
    const declaration = file.declarations.find(name, node);
    if (declaration) return declared(file, declaration);
    if (name === 'undefined') return literal(undefined);
    if (name === '__dirname') return folderOf(file);
    if (name === '__filename') return literal(`${projectRoot}/${file.path}`);
    if (name === 'exports') return { kind: 'module', file };
    return { kind: 'global', path: [name] };
  };

  const declared = (file: ModuleFile, declaration: Declaration): Value => {
    switch (declaration.kind) {
      case 'import':
        return imported(file, declaration.from, declaration.name);
      case 'function':
      case 'class':
        return evaluate(file, declaration.node);
      case 'parameter':
        if (declaration.path === undefined || !isFunction(declaration.of))
          return unknownValue('it is passed to a function');
        return parameterValue(file, declaration.of, declaration);
      case 'variable': {
        if (declaration.path === undefined) return unknownValue('it is taken from a pattern with a default');
        const whole = evaluate(file, declaration.init);
        const value = declaration.path.reduce((at, key) => member(at, key), whole);
        if (declaration.writes.length === 0) return value;
        return writtenValue(value, declaration, file, self);
      }
      default:
        return unknownValue('it is declared in a loop or twice');
    }
  };

  const parameterValue = (
    file: ModuleFile,
    of: FunctionNode,
    { index, path = [], initial }: Extract<Declaration, { kind: 'parameter' }>,
  ): Value => {
    const value: Value = { kind: 'parameter', file, of, index, path };
    return initial ? { ...value, initial: evaluate(file, initial) } : value;
  };

  const imported = (file: ModuleFile, from: string, name: string): Value => {
    const whole = required(file, from);
    if (name === '*') return whole;
    if (whole.kind === 'module') return exported(whole.file, name);
    return whole.kind === 'package' ? member(whole, name) : whole;
  };

  const required = (file: ModuleFile, specifier: string | undefined): Value => {
    if (specifier === undefined) return unknownValue('the name of its module is computed');
    const found = modules.load(file.path, specifier);
    if (found === undefined)
      return unknownValue(`the module ${JSON.stringify(specifier.slice(0, 80))} was not found`);
    if ('package' in found) {
      return { kind: 'package', name: found.package, path: found.inside === '' ? [] : [`/${found.inside}`] };
    }
    return { kind: 'module', file: found };
  };

  const exported = (file: ModuleFile, name: string): Value => {
    const { names, all, whole } = exportsOf(file);
    const found = names.get(name);
    if (found?.kind === 'value') return evaluate(file, found.node);
    if (found?.kind === 'local') return named(file, found.name, file.program);
    if (found?.kind === 'from') return imported(file, found.from, found.name);
    if (found !== undefined) return unknownValue('it is exported twice');
    if (whole !== undefined) {
      const value = evaluate(file, whole);
      return name === 'default' ? value : member(value, name);
    }
    for (const from of name === 'default' ? [] : all.slice(0, 50)) {
      const value = imported(file, from, name);
      if (value.kind !== 'unknown' && !(value.kind === 'literal' && value.value === undefined)) return value;
    }
    return name === 'default' && names.size > 0
      ? { kind: 'module', file }
      : unknownValue('it is not exported by its module');
  };

  const member = (value: Value, key: string): Value => {
    switch (value.kind) {
      case 'object':
        return (
          value.fields.get(key) ??
          (value.isOpen ? unknownValue('the object has parts that are computed') : literal(undefined))
        );
      case 'array':
        return value.items[Number(key)] ?? unknownValue('it is computed');
      case 'module':
        return exported(value.file, key);
      case 'package':
        return { ...value, path: key === 'default' ? value.path : [...value.path, key] };
      case 'global': {
        const path = [...value.path, key].filter((part) => part !== 'globalThis');
        if (path[0] === 'process' && path[1] === 'env' && path.length === 3) return environment(key);
        if (path[0] === 'import.meta' && key === 'dirname' && value.spot) return folderOf(value.spot.file);
        if (path[0] === 'import.meta' && /^(?:url|filename)$/.test(key) && value.spot)
          return literal(`${projectRoot}/${value.spot.file.path}`);
        if (path[0] === 'import.meta' && path[1] === 'env') return unknownValue('the build decides it');
        return { kind: 'global', path };
      }
      case 'parameter':
        return {
          kind: 'parameter',
          file: value.file,
          of: value.of,
          index: value.index,
          path: [...value.path, key],
        };
      case 'instance':
      case 'class':
        return classMember(value, key, evaluate);
      case 'literal':
        return value.value === undefined || value.value === null
          ? literal(undefined)
          : unknownValue('it is computed');
      case 'unknown':
        return unknownValue(value.why);
      case 'result':
      case 'member':
        return { kind: 'member', of: value, key };
      default:
        return unknownValue('it is computed');
    }
  };

  const self: Evaluator = { evaluate, member, exported, isCut: () => cuts > 0 };
  return self;
}

function folderOf({ path }: ModuleFile): Value {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  return literal(`${projectRoot}${folder === '' ? '' : `/${folder}`}`);
}
