import type { Call, Inst } from '../ir/ir.ts';
import type { Frame } from './frame.ts';
import { isStub } from './stub.ts';

const imported: ReadonlySet<string> = new Set([
  'flask abort',
  'werkzeug.exceptions abort',
  'quart abort',
  'bottle abort',
  'sys exit',
  'os _exit',
  'os abort',
  'process exit',
  'node:process exit',
  'next/navigation notFound',
  'next/navigation redirect',
  'next/navigation permanentRedirect',
  'pytest fail',
]);

/** Whether a call does not come back: `abort(400)`, `sys.exit()`, a function of the project that always throws. */
export function neverReturns(frame: Frame, value: number, inst: Inst & Call): boolean {
  const callee = frame.inst(inst.callee);
  if (callee.op === 'import') return imported.has(`${callee.specifier} ${callee.name}`);
  if (callee.op === 'global') return callee.name === 'exit' || callee.name === 'quit';
  if (callee.op === 'member') {
    const object = frame.inst(callee.object);
    if (object.op === 'import' && imported.has(`${object.specifier} ${callee.name}`)) return true;
    if (object.op === 'global' && object.name === 'process')
      return callee.name === 'exit' || callee.name === 'abort';
    if (
      callee.name === 'throw' &&
      frame.linked.states(frame.id, callee.object).some((state) => /koa/i.test(state.name))
    )
      return true;
  }
  const targets = frame.linked.targets(frame.id, value);
  return (
    targets.length > 0 &&
    !inst.isDecorator &&
    targets.every(
      (target) =>
        target.makes < 0 &&
        !isStubOf(frame, target.func) &&
        frame.engine.outline(target.func)?.returns === undefined &&
        frame.engine.isKnown(target.func),
    )
  );
}

function isStubOf({ linked }: Frame, id: number): boolean {
  const func = linked.program.functions[id]?.func;
  return func !== undefined && isStub(func);
}
