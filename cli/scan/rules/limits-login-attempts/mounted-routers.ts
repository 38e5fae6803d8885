import type { Linked } from '../../callgraph/linked.ts';
import { literalText } from '../../callgraph/program.ts';
import type { Place } from '../../callgraph/query/called-on.ts';
import { memoized } from '../../ir/memoized.ts';
import { wholeOrigin } from '../kit/value/whole-export.ts';

const mounting = /^(?:route|use|mount)$/;

/** The paths where any file mounts a router: `app.route('/login', login)` -> `/login`. */
export function mountsOf(linked: Linked, router: Place): readonly string[] {
  return allMounts(linked).get(keyOf(linked, router)) ?? [];
}

const allMounts = memoized((linked: Linked): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  linked.program.instructions.each('call', ({ callee, args }, { id, func }) => {
    const method = func.code[callee];
    const [path, mounted] = [args[0], args.at(-1)];
    if (method?.op !== 'member' || !mounting.test(method.name) || args.length < 2) return;
    const text = path === undefined ? undefined : literalText(func, path);
    if (text === undefined || mounted === undefined) return;
    const key = keyOf(linked, { func: id, value: mounted });
    found.set(key, [...(found.get(key) ?? []).slice(-maxMounts), text]);
  });
  return found;
});

/** Bounds the paths that are kept for one router. A log-in router has few. */
const maxMounts = 4;

function keyOf(linked: Linked, place: Place): string {
  const { func, value } = wholeOrigin(linked, place);
  return `${func} ${value}`;
}
