import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { SiteSearch, SiteState } from '../site-search.ts';
import { followUpload } from './followed/follow-upload.ts';
import { partsOfUpload } from './followed/parts-of-upload.ts';

type Linked = SiteSearch['frames']['linked'];

const formReaders = /^(formData|parseBody|saveRequestFiles|multipart)$/;

/**
 * The audit state of a call that reads a form from a request, such as `await request.formData()`, if the function takes a
 * file from the form. Undefined for other calls.
 */
export function formState({ frames }: SiteSearch, func: number, call: Inst & Call): SiteState | undefined {
  const { code } = frames.of(func).func;
  const callee = code[call.callee];
  if (callee?.op !== 'member' || !formReaders.test(callee.name)) return undefined;
  const takesFile = code.some(
    (inst) =>
      (inst.op === 'global' && /^(File|Blob)$/.test(inst.name)) ||
      (inst.op === 'member' && /^(arrayBuffer|stream|mv|toBuffer|read_chunk)$/.test(inst.name)),
  );
  if (!takesFile) return undefined;
  const entries = entriesOf(code);
  return entries.length === 0
    ? { state: 'unresolved', because: 'a file is taken out of a form' }
    : followUpload(
        frames.linked,
        entries.map((value) => ({ func, value })),
        { size: false, type: false },
      );
}

/** `form.get('photo')` that is used as more than a text. */
function entriesOf(code: readonly Inst[]): ValueId[] {
  return code.flatMap((inst, value) => {
    const callee = inst.op === 'call' ? code[inst.callee] : undefined;
    const key = inst.op === 'call' ? code[inst.args[0] ?? -1] : undefined;
    if (callee?.op !== 'member' || !/^(get|getAll)$/.test(callee.name) || key?.op !== 'const') return [];
    return isForm(code, callee.object) ? [value] : [];
  });
}

/** Whether an entry is used as more than a text, here or in a callee, or is declared to be a file. */
function isFile(linked: Linked, func: number, value: ValueId): boolean {
  if (!readsFiles(linked)) return false;
  for (const key of partsOfUpload(linked, [{ func, value }]).of.keys()) {
    const [of = -1, at = -1] = key.split(' ').map(Number);
    const inst = linked.program.functions[of]?.func.code[at];
    if (inst?.op === 'member' && fileReaders.test(inst.name)) return true;
    if (inst?.op === 'typed' && 'name' in inst.type && /^(File|Blob)$/.test(inst.type.name)) return true;
  }
  return false;
}

const fileReaders = /^(arrayBuffer|stream|bytes)$/;

const readsFiles = memoized(
  ({ program: { instructions } }: Linked): boolean =>
    instructions.some('member', ({ name }) => fileReaders.test(name)) ||
    instructions.some('typed', ({ type }) => 'name' in type && /^(File|Blob)$/.test(type.name)),
);

function isForm(code: readonly Inst[], value: ValueId): boolean {
  let inst = code[value];
  for (let hop = 0; hop < 20 && inst; hop++) {
    if (inst.op === 'await' || inst.op === 'effect' || inst.op === 'typed') inst = code[inst.value];
    else {
      const callee = inst.op === 'call' ? code[inst.callee] : undefined;
      return callee?.op === 'member' && callee.name === 'formData';
    }
  }
  return false;
}

/**
 * What the audit says of a call such as `form.get('photo')` that takes a file from a form: whether its type and size are
 * checked. Undefined for other calls, and if
 * the function itself reads the form from the request: `formState` then covers the file.
 */
export function entryState(
  { frames }: SiteSearch,
  func: number,
  value: ValueId,
  call: Inst & Call,
): SiteState | undefined {
  const { code } = frames.of(func).func;
  const callee = code[call.callee];
  if (callee?.op !== 'member' || !/^(get|getAll)$/.test(callee.name)) return undefined;
  // If the function reads the form itself, that is the site.
  if (code.some((inst) => inst.op === 'member' && formReaders.test(inst.name))) return undefined;
  return isFile(frames.linked, func, value)
    ? followUpload(frames.linked, [{ func, value }], { size: false, type: false })
    : undefined;
}
