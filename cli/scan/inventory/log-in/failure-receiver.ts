import type { Linked } from '../../callgraph/linked.ts';
import type { FuncInfo } from '../../callgraph/program.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isTestPath } from '../../project/path-purpose.ts';
import { isPassed, writesLog } from './writes-log.ts';

const signal = 'user_login_failed';

/**
 * Whether a receiver of Django's `user_login_failed` signal writes to a log. `logs`: at least one receiver writes to a
 * log on each of its paths. `perhaps`: the program uses the signal, but no receiver is known to do this. `none`: the
 * program does not use the signal.
 */
export const failureReceiver: (linked: Linked) => 'logs' | 'perhaps' | 'none' = memoized((linked) => {
  const { instructions } = linked.program;
  const isNamed =
    instructions.some('import', ({ name }) => name === signal) ||
    instructions.some('member', ({ name }) => name === signal);
  if (!isNamed) return 'none';
  let isCertain = false;
  instructions.each('call', (call, info) => {
    const receivers = isCertain ? [] : receiversIn(linked, info, call);
    isCertain ||= receivers.some((one) => {
      const func = linked.program.functions[one]?.func;
      return func !== undefined && isPassed(func, 0, undefined, (value) => writesLog(linked, one, value, 0));
    });
  });
  return isCertain ? 'logs' : 'perhaps';
});

/**
 * The functions that a call registers for the signal and any sender, in a file that is loaded: `@receiver(user_login_failed)`
 * or `user_login_failed.connect(f)`.
 */
function receiversIn(linked: Linked, info: FuncInfo, call: Call): readonly number[] {
  const { code } = info.func;
  const isSignal = (value: ValueId): boolean => {
    const inst = code[value];
    if (inst?.op === 'list') return inst.items.some(isSignal);
    return (inst?.op === 'import' || inst?.op === 'member') && inst.name === signal;
  };
  const maker: Inst | undefined = code[call.callee];
  let receivers: readonly ValueId[] = [];
  if (call.isDecorator && maker?.op === 'call') {
    const callee = code[maker.callee];
    const isReceiver = (callee?.op === 'import' || callee?.op === 'member') && callee.name === 'receiver';
    if (isReceiver && hasNoSender(maker) && isSignal(maker.args[0] ?? -1)) receivers = call.args;
  } else if (
    maker?.op === 'member' &&
    maker.name === 'connect' &&
    isSignal(maker.object) &&
    hasNoSender(call)
  )
    receivers = call.args.slice(0, 1);
  if (receivers.length === 0 || !isLoaded(linked, info)) return [];
  return receivers.flatMap((one) => linked.functions(info.id, one));
}

function hasNoSender({ args, names }: Call): boolean {
  return args.every((_, i) =>
    i === 0 ? !names?.[i] : names?.[i] === 'dispatch_uid' || names?.[i] === 'weak',
  );
}

/** Django imports an app's `apps.py` and `models.py` itself. Any other file must be imported by one that is no test. */
function isLoaded({ program }: Linked, { module, func }: FuncInfo): boolean {
  const path = program.modules[module]?.path ?? '';
  if (isTestPath(path) || (func.outer >= 0 && func.name !== 'ready')) return false;
  const name = /([^/]+?)(\/__init__)?\.py$/.exec(path)?.[1] ?? '';
  if (/^(apps|models)$/.test(name)) return true;
  return program.instructions.some('import', (inst, info) => {
    const from = program.modules[info.module]?.path ?? '';
    const isIt = inst.name === name || inst.specifier.split('.').at(-1) === name;
    return isIt && info.module !== module && !isTestPath(from);
  });
}
