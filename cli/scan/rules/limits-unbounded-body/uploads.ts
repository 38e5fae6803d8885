import type { Linked } from '../../callgraph/linked.ts';
import type { Call, Module, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { usersOf } from '../../ir/query/users.ts';
import type { UseReport } from '../kit/rule.ts';
import { isA, isConst, isWhole, known, option, type Use } from '../kit/use.ts';

export const none: UseReport = {
  message: 'The size of requests has no limit.',
  confidence: 'high',
};
const unlimited: UseReport = { ...none, confidence: 'medium' };

/**
 * Reports a call of Multer, of Multer in Nest, or of express-fileupload that sets no limit for the size of uploads. By
 * default, uploads have no limit.
 */
export function ofUploads(use: Use, call: Call): UseReport | undefined {
  const { callee, args } = call;
  if (isA(use, callee, 'use.Multer')) return isDropped(use) ? undefined : ofOptions(use, args[0]);
  if (isA(use, callee, 'use.FileUpload', 'use.NestUploads')) return ofOptions(use, args[0]);
  if (!isA(use, callee, 'use.NestUpload') || hasModule(use.frame.linked)) return undefined;
  const found = ofOptions(use, optionsOf(use, args));
  return found && isMeasured(use) ? { ...found, confidence: 'low' } : found;
}

/** Whether the result is never used, and so takes no uploads: `multer({ dest })` as a statement. */
function isDropped({ frame, value }: Use): boolean {
  const { linked, info, id, func } = frame;
  const users = usersOf(func);
  if ((users.of[value]?.length ?? 0) > 0 || users.returned.has(value)) return false;
  const { program } = linked;
  const own = id - (program.firstFunc[info.module] ?? 0);
  const exported = program.modules[info.module]?.exports ?? [];
  return !exported.some((one) => 'value' in one && one.value === value && one.func === own);
}

/** `FilesInterceptor('files', 10, { limits })`: the options come last, after a name, a count or a list of fields. */
function optionsOf({ frame }: Use, args: readonly ValueId[]): ValueId | undefined {
  const last = args.at(-1);
  const inst = last === undefined ? undefined : frame.inst(last);
  return inst?.op === 'const' || inst?.op === 'list' ? undefined : last;
}

/** Whether a Nest module sets the options of all uploads. If it sets no limit, the module itself is reported. */
const hasModule = memoized((linked: Linked) =>
  linked.program.instructions.some('import', ({ name }) => name === 'MulterModule'),
);

const measures = /^(?:MaxFileSizeValidator|addMaxSizeValidator)$/;

/** Whether Nest checks the size of a file after it was received: `new MaxFileSizeValidator({ maxSize })` */
function isMeasured({ frame }: Use): boolean {
  const module = frame.linked.program.modules[frame.info.module];
  return module !== undefined && namesMeasure(module);
}

const namesMeasure = memoized(({ functions }: Module) =>
  functions.some(({ code }) =>
    code.some((inst) => (inst.op === 'import' || inst.op === 'member') && measures.test(inst.name)),
  ),
);

/** Reports options of a library that has no limit by default. */
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
