import type { Linked } from '../../callgraph/linked.ts';
import type { Call, Module, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { UseReport } from '../kit/rule.ts';
import { isA, isConst, isWhole, known, option, type Use } from '../kit/use.ts';
import { usersOf } from '../kit/users.ts';

export const none: UseReport = {
  message: 'The size of requests has no limit.',
  confidence: 'high',
};
const unlimited: UseReport = { ...none, confidence: 'medium' };

/** Multer, by itself and as Nest has it, and express-fileupload: nothing is limited unless it is said. */
export function ofUploads(use: Use, call: Call): UseReport | undefined {
  const { callee, args } = call;
  if (isA(use, callee, 'use.Multer')) return isDropped(use) ? undefined : ofOptions(use, args[0]);
  if (isA(use, callee, 'use.FileUpload', 'use.NestUploads')) return ofOptions(use, args[0]);
  if (!isA(use, callee, 'use.NestUpload') || hasModule(use.frame.linked)) return undefined;
  const found = ofOptions(use, optionsOf(use, args));
  return found && isMeasured(use) ? { ...found, confidence: 'low' } : found;
}

/** What is made and used nowhere takes no uploads: `multer({ dest })` in a line of its own. */
function isDropped({ frame, value }: Use): boolean {
  const { linked, info, id, func } = frame;
  const users = usersOf(func);
  if ((users.of[value]?.length ?? 0) > 0 || users.returned.has(value)) return false;
  const { program } = linked;
  const own = id - (program.firstFunc[info.module] ?? 0);
  const exported = program.modules[info.module]?.exports ?? [];
  return !exported.some((one) => 'value' in one && one.value === value && one.func === own);
}

/** `FilesInterceptor('files', 10, { limits })`: the options come last, behind a name, a count or a list of fields. */
function optionsOf({ frame }: Use, args: readonly ValueId[]): ValueId | undefined {
  const last = args.at(-1);
  const inst = last === undefined ? undefined : frame.inst(last);
  return inst?.op === 'const' || inst?.op === 'list' ? undefined : last;
}

/** Whether a module of Nest sets what uploads may be for all of them: without a limit it is reported itself. */
const hasModule = memoized((linked: Linked) =>
  linked.program.instructions.some('import', ({ name }) => name === 'MulterModule'),
);

const measures = /^(?:MaxFileSizeValidator|addMaxSizeValidator)$/;

/** Whether Nest is asked how large a file is when it has it: `new MaxFileSizeValidator({ maxSize })` */
function isMeasured({ frame }: Use): boolean {
  const module = frame.linked.program.modules[frame.info.module];
  return module !== undefined && namesMeasure(module);
}

const namesMeasure = memoized(({ functions }: Module) =>
  functions.some(({ code }) =>
    code.some((inst) => (inst.op === 'import' || inst.op === 'member') && measures.test(inst.name)),
  ),
);

/** Uploads that have no limit where none is set. */
function ofOptions(use: Use, options: ValueId | undefined): UseReport | undefined {
  if (options === undefined) return unlimited;
  if (!isWhole(use, options)) return undefined;
  const inst = use.frame.inst(options);
  const limits = inst.op === 'object' ? inst.values[inst.keys.indexOf('limits')] : undefined;
  const it = limits === undefined ? option(known(use, options), 'limits') : known(use, limits);
  if (limits === undefined && !it) return unlimited;
  if (limits === undefined || isWhole(use, limits)) {
    const size = option(it, 'fileSize');
    if (
      size
        ? isConst(size, Number.POSITIVE_INFINITY)
        : it?.fields !== undefined && !hasKey(use, limits, 'fileSize')
    )
      return unlimited;
  }
  return undefined;
}

function hasKey(use: Use, object: ValueId | undefined, name: string): boolean {
  const inst = object === undefined ? undefined : use.frame.inst(object);
  return inst?.op === 'object' && inst.keys.includes(name);
}
