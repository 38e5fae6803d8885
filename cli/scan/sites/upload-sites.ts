import type { Site } from '../code-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { instOf, madeBy, type Place } from '../rule/made-by.ts';
import { isNamedByClient } from '../rules/upload-unchecked/client-name.ts';
import { entryOf, optionsAt, uploadsOf } from '../rules/upload-unchecked/multer-options.ts';
import { harmlessIn } from '../taint/kinds.ts';
import { resolveText } from './resolve-text.ts';
import { sinkArguments } from './sink-arguments.ts';
import { eachCall, hitKey, isAside, type SiteSearch, type SiteState, siteAt } from './site-search.ts';
import { isUploadType, uploadParamState } from './starlette-uploads.ts';
import { leavesOf } from './text-tree.ts';

/** Every place that takes uploads: what is set up for them, and what reads them from a request. */
export function uploadSites(search: SiteSearch): Site[] {
  return [...ofCalls(search), ...ofImports(search), ...ofReads(search)];
}

const guarded: SiteState = {
  state: 'allow-listed',
  because: 'bulwark/upload limits the size, checks the content and chooses the name',
};

function ofCalls(search: SiteSearch): Site[] {
  const { linked } = search.frames;
  const sites: Site[] = [];
  eachCall(search, (call, { id }, value) => {
    const state =
      multerState(search, id, value, call) ??
      formState(search, id, call) ??
      entryState(search, id, value, call);
    if (state) sites.push(siteAt(search, 'upload', id, value, state));
    else if (isDjangoField(linked, id, call))
      sites.push(
        siteAt(search, 'upload', id, value, {
          state: 'unresolved',
          because: 'Django keeps the name and does not limit the size',
        }),
      );
  });
  return sites;
}

function multerState(
  { frames }: SiteSearch,
  func: number,
  value: ValueId,
  call: Inst & Call,
): SiteState | undefined {
  const { linked } = frames;
  const callee = instOf(linked, { func, value: call.callee });
  const isMulter =
    (callee?.op === 'import' &&
      /^(multer|@koa\/multer|fastify-multer)$/.test(callee.specifier) &&
      !/^(memoryStorage|diskStorage|MulterError)$/.test(callee.name)) ||
    linked.states(func, call.callee).some(({ name }) => name === 'use.Multer');
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
  if (!uploads?.isFiltered)
    return looksAtTypes(frames.linked)
      ? {
          state: 'unresolved',
          because: 'whether the type that the code looks at decides could not be followed',
        }
      : { state: 'unresolved', because: 'it takes files of any type' };
  if (
    inst.keys.includes('storage') &&
    !uploads.storage &&
    !isInMemory(linked, entryOf(inst, options, 'storage'))
  )
    return { state: 'unresolved', because: 'where it stores files could not be followed' };
  if (uploads.storage && isNamedByClient(linked, uploads.storage))
    return { state: 'unresolved', because: 'it stores files under the name that the client chose' };
  return { state: 'allow-listed', because: 'a limit of size, a filter of types and a name of its own' };
}

type Linked = SiteSearch['frames']['linked'];

/** Whether code looks at the type of an upload after it was taken: at its bytes, or at what the client says. */
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

const formReaders = /^(formData|parseBody|saveRequestFiles|multipart)$/;

/** `await request.formData()`, where a file is taken out of it. */
function formState({ frames }: SiteSearch, func: number, call: Inst & Call): SiteState | undefined {
  const { code } = frames.of(func).func;
  const callee = code[call.callee];
  if (callee?.op !== 'member' || !formReaders.test(callee.name)) return undefined;
  const takesFile = code.some(
    (inst) =>
      (inst.op === 'global' && /^(File|Blob)$/.test(inst.name)) ||
      (inst.op === 'member' && /^(arrayBuffer|stream|mv|toBuffer|read_chunk)$/.test(inst.name)),
  );
  return takesFile ? { state: 'unresolved', because: 'a file is taken out of a form' } : undefined;
}

/** `form.get('photo')` in an action that takes a FormData, where the bytes of the entry are read. */
function entryState(
  { frames }: SiteSearch,
  func: number,
  value: ValueId,
  call: Inst & Call,
): SiteState | undefined {
  const { code } = frames.of(func).func;
  const callee = code[call.callee];
  if (callee?.op !== 'member' || !/^(get|getAll)$/.test(callee.name)) return undefined;
  // Where the form is read, that is the place.
  if (code.some((inst) => inst.op === 'member' && formReaders.test(inst.name))) return undefined;
  const isEntry = (from: ValueId): boolean => {
    for (let at = from; ; ) {
      if (at === value) return true;
      const inst = code[at];
      if (inst?.op !== 'typed' && inst?.op !== 'effect') return false;
      at = inst.value;
    }
  };
  const isRead = code.some(
    (inst) => inst.op === 'member' && /^(arrayBuffer|stream|bytes)$/.test(inst.name) && isEntry(inst.object),
  );
  return isRead ? { state: 'unresolved', because: 'a file is taken out of a form' } : undefined;
}

function isDjangoField(linked: Linked, func: number, call: Call): boolean {
  const callee = instOf(linked, madeBy(linked, { func, value: call.callee }));
  const owner =
    callee?.op === 'member' ? instOf(linked, madeBy(linked, { func, value: callee.object })) : callee;
  return (
    (callee?.op === 'member' || callee?.op === 'import') &&
    /^(FileField|ImageField|MultipleFileField)$/.test(callee.name) &&
    owner?.op === 'import' &&
    /^(django|rest_framework|flask_wtf|wtforms)(\.|$)/.test(owner.specifier)
  );
}

const packages =
  /^(formidable|busboy|@fastify\/busboy|multiparty|express-fileupload|connect-busboy|connect-multiparty|koa-body|koa-multer|@fastify\/multipart|next-connect-multer|graphql-upload|uploadthing(\/.*)?|bulwark\/upload)$/;

function ofImports(search: SiteSearch): Site[] {
  const { frames } = search;
  const sites: Site[] = [];
  const seen = new Set<string>();
  frames.linked.program.instructions.each('import', (inst, info, value) => {
    const key = `${info.module} ${inst.specifier}`;
    if (!packages.test(inst.specifier) || seen.has(key) || isAside(frames, info)) return;
    seen.add(key);
    const state: SiteState =
      inst.specifier === 'bulwark/upload'
        ? guarded
        : { state: 'unresolved', because: `what \`${inst.specifier}\` takes could not be followed` };
    sites.push({ ...siteAt(search, 'upload', info.id, value, state), call: inst.specifier });
  });
  return sites;
}

/** `request.files` of Flask and Tornado, `request.FILES` of Django, `UploadFile` of Starlette: one for each function. */
function ofReads(search: SiteSearch): Site[] {
  const { frames } = search;
  const { linked } = frames;
  const sites: Site[] = [];
  for (const info of linked.program.functions) {
    const { id, func, module } = info;
    if (linked.program.modules[module]?.language !== 'python' || isAside(frames, info)) continue;
    const read = func.code.findIndex(
      (inst) =>
        (inst.op === 'member' && inst.name === 'FILES') ||
        (inst.op === 'member' &&
          inst.name === 'files' &&
          linked.states(id, inst.object).some(({ name }) => /Request/.test(name))),
    );
    const param = func.params.findIndex(({ type }) => isUploadType(type));
    if (read >= 0) sites.push(siteAt(search, 'upload', id, read, savedState(search, id)));
    else if (param >= 0) {
      const value = func.code.findIndex((inst) => inst.op === 'param' && inst.index === param);
      const state = uploadParamState(linked, id, param);
      sites.push(siteAt(search, 'upload', id, Math.max(0, value), state));
    }
  }
  return sites;
}

/** Whether the size is limited, and each file gets a name and an ending that the program chooses. */
function savedState(search: SiteSearch, func: number): SiteState {
  const { frames, hits } = search;
  const { code } = frames.of(func).func;
  let saves = 0;
  for (const [value, inst] of code.entries()) {
    const callee = inst.op === 'call' ? code[inst.callee] : undefined;
    if (inst.op !== 'call' || callee?.op !== 'member' || callee.name !== 'save') continue;
    for (const one of sinkArguments(frames, func, value, inst)) {
      if (one.kind !== 'upload') continue;
      saves++;
      if (hits.has(hitKey(func, value, 'upload')))
        return { state: 'unresolved', because: 'it stores files under the name that the client chose' };
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
