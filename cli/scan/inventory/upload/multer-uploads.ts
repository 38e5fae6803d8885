import { languageAt } from '../../callgraph/program.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { isOfType } from '../../models/state-traits.ts';
import { isNamedByClient } from '../../rules/upload-unchecked/client-name.ts';
import { entryOf, optionsAt, uploadsOf } from '../../rules/upload-unchecked/multer-options.ts';
import { isAside, type SiteSearch, type SiteState } from '../site-search.ts';
import { filteredUpload } from './followed/filtered-upload.ts';
import { followUpload } from './followed/follow-upload.ts';

/** The audit state of a call that sets up multer. Undefined for other calls. */
export function multerState(
  search: SiteSearch,
  func: number,
  value: ValueId,
  call: Inst & Call,
): SiteState | undefined {
  const { linked } = search.frames;
  const callee = instOf(linked, { func, value: call.callee });
  const isMulter =
    (callee?.op === 'import' &&
      /^(multer|@koa\/multer|fastify-multer)$/.test(callee.specifier) &&
      !/^(memoryStorage|diskStorage|MulterError)$/.test(callee.name)) ||
    isOfType(linked.states(func, call.callee), 'use.Multer');
  const uploads = uploadsOf(linked, { func, value });
  if (!isMulter && !uploads) return undefined;
  const options = call.args
    .map((arg) => optionsAt(linked, { func, value: arg }))
    .find((place) => place !== undefined);
  const inst = options && instOf(linked, options);
  if (!options || inst?.op !== 'object')
    return call.args.length === 0
      ? { state: 'unresolved', because: 'it has no limit of size' }
      : { state: 'unresolved', because: 'its options could not be followed' };
  if (inst.keys.some((key) => typeof key !== 'string'))
    return { state: 'unresolved', because: 'its options could not be followed' };
  if (!hasLimit(linked, inst, options)) return { state: 'unresolved', because: 'it has no limit of size' };
  const storage = entryOf(inst, options, 'storage');
  if (!uploads?.isFiltered && storage && isInMemory(linked, storage)) {
    const followed = followUpload(linked, filesOfRequests(search), { size: true, type: false });
    if (followed.state !== 'unresolved' || isCertain(followed)) return followed;
  }
  if (!uploads?.isFiltered)
    return looksAtTypes(linked)
      ? {
          state: 'unresolved',
          because: 'whether the type that the code looks at decides could not be followed',
        }
      : { state: 'unresolved', because: 'it takes files of any type' };
  const filter = entryOf(inst, options, 'fileFilter');
  const filtered = filter && filteredUpload(linked, filter);
  if (filtered && !filtered.type)
    return {
      state: 'unresolved',
      because: 'its filter takes files of a type that no list names, or how it decides could not be followed',
    };
  if (inst.keys.includes('storage') && !uploads.storage && !isInMemory(linked, storage))
    return { state: 'unresolved', because: 'where it stores files could not be followed' };
  if (uploads.storage && isNamedByClient(linked, uploads.storage))
    return { state: 'unresolved', because: 'it stores files under the name that the client chose' };
  return { state: 'allow-listed', because: 'a limit of size, a filter of types and a name of its own' };
}

type Linked = SiteSearch['frames']['linked'];

/** Whether code checks the type of an upload after it was accepted, by its bytes or by the client's claim. */
function looksAtTypes({ program }: Linked): boolean {
  return (
    program.instructions.some('import', ({ specifier }) =>
      /^(file-type|magic-bytes\.js|mmmagic|sharp|image-type|is-image|image-size|jimp|@tokenizer\/.*)$/.test(
        specifier,
      ),
    ) || program.instructions.some('member', ({ name }) => name === 'mimetype')
  );
}

/** `limits: { fileSize: 5_000_000 }` */
function hasLimit(linked: Linked, options: Inst, place: Place): boolean {
  const limits = entryOf(options, place, 'limits');
  const made = limits && madeBy(linked, limits);
  const inst = made && instOf(linked, made);
  const size = made && inst ? entryOf(inst, made, 'fileSize') : undefined;
  const value = size && instOf(linked, madeBy(linked, size));
  return value !== undefined && !(value.op === 'global' && value.name === 'Infinity');
}

/** `multer.memoryStorage()`, `memoryStorage()` */
function isInMemory(linked: Linked, place: Place | undefined): boolean {
  const made = place && madeBy(linked, place);
  const inst = made && instOf(linked, made);
  const callee =
    inst?.op === 'call' ? instOf(linked, { func: made?.func ?? 0, value: inst.callee }) : undefined;
  return (callee?.op === 'member' || callee?.op === 'import') && callee.name === 'memoryStorage';
}

/** Whether the state is a certain problem. */
function isCertain({ because }: SiteState): boolean {
  return because.startsWith('it stores files under');
}

/** `req.file`, `req.files`, and parameters that receive an upload from Nest. */
function filesOfRequests({ frames }: SiteSearch): Place[] {
  const { linked } = frames;
  const found: Place[] = [];
  for (const info of linked.program.functions) {
    const { uploadsAreReadBy } = languageAt(linked.program, info.module);
    if (uploadsAreReadBy !== 'middleware' || isAside(frames, info)) continue;
    for (const [value, inst] of info.func.code.entries()) {
      const param = inst.op === 'param' ? info.func.params[inst.index]?.type : undefined;
      if (inst.op === 'member' && /^files?$/.test(inst.name)) found.push({ func: info.id, value });
      else if (param && 'path' in param && param.path.at(-1) === 'File') found.push({ func: info.id, value });
      else if (param && 'name' in param && /(^|\.)File$/.test(param.name))
        found.push({ func: info.id, value });
    }
  }
  return found;
}
