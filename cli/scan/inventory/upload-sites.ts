import { languageAt } from '../callgraph/program.ts';
import { instOf, madeBy } from '../callgraph/query/made-by.ts';
import type { Site } from '../code-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { hasTrait } from '../models/state-traits.ts';
import { eachCall, isAside, type SiteSearch, type SiteState, siteAt } from './site-search.ts';
import { filesState, formFieldState } from './upload/django-form-uploads.ts';
import { modelFieldState } from './upload/django-uploads.ts';
import { followUpload } from './upload/followed/follow-upload.ts';
import { entryState, formState } from './upload/form-entries.ts';
import { multerState } from './upload/multer-uploads.ts';
import { savedUploads } from './upload/saved-uploads.ts';
import { isUploadType, uploadParamState } from './upload/starlette-uploads.ts';

/** Finds every place that accepts uploads: where they are configured, and where code reads them from a request. */
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
    else {
      const field = fieldState(linked, id, value, call);
      if (field && !isMigration(search, id)) sites.push(siteAt(search, 'upload', id, value, field));
    }
  });
  return sites;
}

type Linked = SiteSearch['frames']['linked'];

function fieldState(linked: Linked, func: number, value: ValueId, call: Inst & Call): SiteState | undefined {
  const callee = instOf(linked, madeBy(linked, { func, value: call.callee }));
  const owner =
    callee?.op === 'member' ? instOf(linked, madeBy(linked, { func, value: callee.object })) : callee;
  if (
    (callee?.op !== 'member' && callee?.op !== 'import') ||
    !/^(FileField|ImageField|MultipleFileField)$/.test(callee.name) ||
    owner?.op !== 'import' ||
    !/^(django|rest_framework|flask_wtf|wtforms)(\.|$)/.test(owner.specifier)
  )
    return undefined;
  const of = `${owner.specifier}.${owner.name}`;
  if (/^django\.(contrib\.gis\.)?db\b/.test(of))
    return modelFieldState(linked, { func, value }, call, callee.name);
  if (/^django\.forms\b|^django\.forms/.test(of))
    return formFieldState(linked, { func, value }, call, callee.name);
  return { state: 'unresolved', because: 'what a field of a form takes could not be followed' };
}

/** A Django migration repeats a model's fields and takes no upload. */
function isMigration({ frames: { linked } }: SiteSearch, func: number): boolean {
  const info = linked.program.functions[func];
  return /(^|\/)migrations\/\d{4}_\w+\.py$/.test(linked.program.modules[info?.module ?? 0]?.path ?? '');
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
    if (languageAt(linked.program, module).uploadsAreReadBy !== 'framework' || isAside(frames, info))
      continue;
    const read = func.code.findIndex(
      (inst) =>
        (inst.op === 'member' && inst.name === 'FILES') ||
        (inst.op === 'member' &&
          inst.name === 'files' &&
          hasTrait(linked.states(id, inst.object), 'is-request')),
    );
    const param = func.params.findIndex(({ type }) => isUploadType(type));
    const inst = func.code[read];
    const files = inst?.op === 'member' && inst.name === 'FILES' ? filesState(linked, id) : undefined;
    if (read >= 0) sites.push(siteAt(search, 'upload', id, read, files ?? savedUploads(search, id)));
    else if (param >= 0) {
      const value = func.code.findIndex((inst) => inst.op === 'param' && inst.index === param);
      const asked = uploadParamState(linked, id, param);
      const state =
        asked.state === 'unresolved' && value >= 0
          ? followUpload(linked, [{ func: id, value }], { size: false, type: false })
          : asked;
      sites.push(siteAt(search, 'upload', id, Math.max(0, value), state));
    }
  }
  return sites;
}
