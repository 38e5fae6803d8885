import { instAt, origin } from '../callgraph/query/called-on.ts';
import type { Argument } from '../dataflow/query/argument-list.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst } from '../ir/ir.ts';
import { entry } from '../schemas/written-schemas.ts';
import { hit, sinkOf } from './sinks.ts';

/**
 * Checks a tagged template that runs programs. Without a shell, each value is one argument and cannot break out of it, so only
 * a value that names the program does harm. With a shell, as in `$({ shell: true })`, each value does.
 */
export function checkShellTemplate(
  frame: FunctionView,
  value: number,
  inst: Inst & Call,
  lists: readonly (readonly Argument[])[],
): void {
  if (!inst.quasis || inst.args.length === 0) return;
  const sink = sinkOf(frame, 'command', value, inst, 'a shell command template');
  if (isForShell(frame, inst)) {
    for (const arg of inst.args) hit(frame, sink, frame.use(arg));
    return;
  }
  for (const [program] of lists) if (program) hit(frame, sink, program.it);
  // Bun inserts `${{ raw: text }}` unquoted.
  for (const arg of inst.args) {
    const raw = frame.use(arg).fields?.get('raw');
    if (raw) hit(frame, sink, raw);
  }
}

/**
 * Whether the tag of a template was created with the option `shell`, such as `$({ shell: true })`. Several calls may set
 * options: `$({ cwd })({ shell: true })`. The last one that sets `shell` decides.
 */
export function isForShell(frame: FunctionView, { callee }: Call): boolean {
  const { linked } = frame;
  let place = origin(linked, { func: frame.id, value: callee });
  for (let depth = 0; depth < 4; depth++) {
    const made = instAt(linked, place);
    if (made?.op === 'member') {
      place = origin(linked, { func: place.func, value: made.object });
      continue;
    }
    if (made?.op !== 'call') return false;
    for (const value of made.args.slice(0, 1)) {
      const shell = entry(linked, { func: place.func, value }, 'shell');
      const inst = shell && instAt(linked, shell);
      if (shell) return !(inst?.op === 'const' && !inst.value);
    }
    place = origin(linked, { func: place.func, value: made.callee });
  }
  return false;
}
