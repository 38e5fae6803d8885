import { instAt, origin } from '../callgraph/query/called-on.ts';
import type { Argument } from '../dataflow/query/argument-list.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst } from '../ir/ir.ts';
import { entry } from '../schemas/written-schemas.ts';
import { hit, sinkOf } from './sinks.ts';

/**
 * A tagged template that runs programs: each value is one argument, which nothing can break out of, so that only the name of the
 * program does harm; with a shell that was asked for, `$({ shell: true })`, all of them do.
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
  // Bun takes `${{ raw: text }}` as it is.
  for (const arg of inst.args) {
    const raw = frame.use(arg).fields?.get('raw');
    if (raw) hit(frame, sink, raw);
  }
}

/** Whether what made the function of a template was asked for a shell, also where it was made of another: `$({ cwd })({ shell: true })`. */
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
