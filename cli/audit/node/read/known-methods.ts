import { dirname, join, normalize } from 'node:path/posix';
import { joinedText } from './evaluate-operators.ts';
import { projectRoot } from './project-path.ts';
import { literal, textOf, unknownValue, type Value } from './value.ts';

/** What a well-known method returns; undefined for one that is not known. */
export function methodResult(object: Value, method: string, args: readonly Value[]): Value | undefined {
  // Express: its environment is that of Node.
  if (method === 'get' && args.length === 1 && textOf(args[0]) === 'env' && object.kind !== 'object') {
    return literal('production');
  }
  if (object.kind === 'array') return ofArray(object, method, args);
  if (object.kind === 'literal' || object.kind === 'text') return ofText(object, method, args);
  if (object.kind === 'global' && object.path.join('.') === 'process' && method === 'cwd')
    return literal(`${projectRoot}`);
  if (object.kind === 'global' && object.path[0] === 'Object' && method === 'freeze') return args[0];
  return undefined;
}

/** What functions of `node:path` and `node:url` make of paths in the project. */
export function pathResult(name: string, path: readonly string[], args: readonly Value[]): Value | undefined {
  const called = path.at(-1);
  if (/^(?:node:)?path$/.test(name)) {
    if (called === 'join' || called === 'resolve') return joinedPath(args, called);
    const text = called === 'dirname' ? textOf(args[0]) : undefined;
    return text === undefined ? undefined : literal(dirname(text));
  }
  return /^(?:node:)?url$/.test(name) && called === 'fileURLToPath' ? args[0] : undefined;
}

/** `new URL('../public', import.meta.url)` */
export function urlInProject(args: readonly Value[]): Value | undefined {
  const [path, base] = [textOf(args[0]), textOf(args[1])];
  if (
    path === undefined ||
    base === undefined ||
    !base.startsWith(projectRoot) ||
    /^[\w+.-]+:|^\//.test(path)
  )
    return undefined;
  return literal(normalize(join(base.endsWith('/') ? base : dirname(base), path)));
}

function joinedPath(args: readonly Value[], method: string): Value | undefined {
  const parts = args.map((one) => (one.kind === 'text' ? one.text : textOf(one)));
  if (parts.some((part) => part === undefined)) return unknownValue('the path is computed');
  const known = parts as string[];
  const [first = ''] = known;
  // A relative path begins where the process was started, as a rule in the folder of the project.
  const base = method === 'resolve' && !first.startsWith('/') ? [projectRoot, ...known] : known;
  const last = method === 'resolve' ? base.findLastIndex((part) => part.startsWith('/')) : 0;
  return joinedText([literal(normalize(join(...base.slice(Math.max(0, last)))))]);
}

function ofArray(
  { items, isOpen }: Extract<Value, { kind: 'array' }>,
  method: string,
  args: readonly Value[],
): Value | undefined {
  const separator = textOf(args[0]);
  if (method === 'join' && separator !== undefined && !isOpen && items.length < 500) {
    return joinedText(items.flatMap((item, index) => (index === 0 ? [item] : [literal(separator), item])));
  }
  if (method === 'concat') {
    const more = args.flatMap((one) =>
      one.kind === 'array' && !one.isOpen ? one.items : [unknownValue('it is computed')],
    );
    return { kind: 'array', items: [...items, ...more], isOpen };
  }
  if (/^(map|filter|flatMap|includes|some|every|find|slice|indexOf)$/.test(method))
    return unknownValue('it is computed');
  return undefined;
}

function ofText(object: Value, method: string, args: readonly Value[]): Value | undefined {
  const text = object.kind === 'text' ? object.text : textOf(object);
  if (text === undefined) return undefined;
  const keep = (changed: string): Value => {
    const value = joinedText([literal(changed)]);
    return object.unless === undefined ? value : { ...value, unless: object.unless };
  };
  switch (method) {
    case 'trim':
      return keep(text.trim());
    case 'toLowerCase':
      return keep(text.toLowerCase());
    case 'toString':
      return object;
    case 'split': {
      const by = textOf(args[0]);
      if (by === undefined || by === '') return unknownValue('it is computed');
      return { kind: 'array', items: text.split(by, 500).map(keep), isOpen: false };
    }
    case 'replace':
    case 'replaceAll': {
      // Only white space, as policies on several lines are put on one.
      const [from, to] = args;
      const isSpace =
        from?.kind === 'regex'
          ? /^(\\s|\\n|\\r|[ ]|[{}+,\d])+$/.test(from.source)
          : /^\s+$/.test(textOf(from) ?? '');
      const by = textOf(to);
      return isSpace && by !== undefined && by.trim() === ''
        ? keep(text.replace(/\s+/g, ' '))
        : unknownValue('it is computed');
    }
    default:
      return unknownValue('it is computed');
  }
}
