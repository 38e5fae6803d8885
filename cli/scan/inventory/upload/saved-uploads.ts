import type { Linked } from '../../callgraph/linked.ts';
import { harmlessIn } from '../../dataflow/domain/kinds.ts';
import { hasTrait } from '../../models/state-traits.ts';
import { sinkKind } from '../../sinks/sink-kinds.ts';
import { resolveText } from '../resolve/resolve-text.ts';
import { leavesOf } from '../resolve/text-tree.ts';
import { sinkArguments } from '../sink-arguments.ts';
import { hitKey, type SiteSearch, type SiteState } from '../site-search.ts';
import { filesOf } from './django-form-uploads.ts';
import { followUpload } from './followed/follow-upload.ts';

/**
 * The audit state of the files that a function takes from `request.files`. They count as checked only if their size is
 * limited, their type seems to be checked, and the client does not choose the names that they are stored under.
 */
export function savedUploads(search: SiteSearch, func: number): SiteState {
  const { linked } = search.frames;
  const saved = savedState(search, func);
  if (saved.because === isClients) return saved;
  const roots = filesOf(
    linked,
    func,
    ({ name, object }) => name === 'files' && hasTrait(linked.states(func, object), 'is-request'),
  );
  if (!roots || roots.length === 0)
    return saved.state === 'unresolved'
      ? saved
      : { state: 'unresolved', because: 'whether the type is checked could not be followed' };
  const followed = followUpload(linked, roots, { size: limitsSize(linked), type: false });
  // Only the name of `abort` shows a refusal. If no claim of the client is read, no type is checked.
  const { code } = search.frames.of(func).func;
  const isAsked = code.some(
    (inst) => inst.op === 'member' && /^(filename|mimetype|content_type)$/.test(inst.name),
  );
  return followed.state === 'unresolved' && (saved.state === 'unresolved' || isAsked) ? saved : followed;
}

const isClients = 'it stores files under the name that the client chose';

/** Whether the size is limited, and the program chooses the name and the extension of each file. */
function savedState(search: SiteSearch, func: number): SiteState {
  const { frames, hits } = search;
  const { code } = frames.of(func).func;
  let saves = 0;
  for (const [value, inst] of code.entries()) {
    const callee = inst.op === 'call' ? code[inst.callee] : undefined;
    if (inst.op !== 'call' || callee?.op !== 'member' || callee.name !== 'save') continue;
    for (const one of sinkArguments(frames, func, value, inst)) {
      if (sinkKind(one.kind).site !== 'upload') continue;
      saves++;
      if (hits.has(hitKey(func, value, 'upload'))) return { state: 'unresolved', because: isClients };
      const leaves = one.value ? leavesOf(resolveText(frames, one.value, value, harmlessIn('upload'))) : [];
      if (leaves.length === 0 || leaves.some(({ kind }) => kind === 'unresolved'))
        return { state: 'unresolved', because: 'the name of the stored file could not be followed' };
    }
  }
  if (saves === 0) return { state: 'unresolved', because: 'how the upload is stored could not be followed' };
  return limitsSize(frames.linked)
    ? { state: 'allow-listed', because: 'a limit of size, and a name and an ending that the program chooses' }
    : { state: 'unresolved', because: 'it has no limit of size' };
}

/** Flask's `MAX_CONTENT_LENGTH`, wherever it is set. */
function limitsSize(linked: Linked): boolean {
  const isName = (name: unknown): boolean => name === 'MAX_CONTENT_LENGTH';
  const { instructions } = linked.program;
  return (
    instructions.some('store-index', (inst, { func }) => {
      const key = func.code[inst.key];
      const value = func.code[inst.value];
      return key?.op === 'const' && isName(key.value) && !(value?.op === 'const' && value.value === null);
    }) || instructions.some('class', ({ names }) => names.some(isName))
  );
}
