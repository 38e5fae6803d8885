import type { Models } from '../../models/model.ts';

/** Types whose members, and handlers whose parameters, are uploads or may contain one. */
const holders: ReadonlySet<string> = new Set([
  'bottle.FileUpload',
  'django.Form',
  'django.UploadedFile',
  'fastapi',
  'fastapi.App',
  'flask.FileStorage',
  'rest.Serializer',
  'sanic.File',
  'starlette.FormField',
  'starlette.UploadFile',
  'wtforms.Form',
]);
const files: ReadonlySet<string> = new Set(['files', 'FILES', 'data', 'media']);
/** Methods that return a form with its files. */
const forms: ReadonlySet<string> = new Set(['form', 'post', 'multipart', 'get_form', 'get_media']);

/**
 * Returns the models with added sanitisers for sinks of the kind `upload`. The sanitisers are for untrusted values that
 * are no uploaded files, such as text fields. A text field may contain a file's name, but that only matters for path
 * sinks.
 */
export function notUploads(models: Models): Models {
  const added = (models.sources ?? []).flatMap(([type, path, kind]) => {
    if (kind !== 'remote' || holders.has(type)) return [];
    const [, list, more] = /^Member\[([^\]]*)\]((?:\.ReturnValue)?)$/.exec(path) ?? [];
    if (list === undefined) return [];
    const names = list.split(',').filter((name) => !files.has(name) && !(more !== '' && forms.has(name)));
    return names.length === 0 ? [] : [[type, `Member[${names.join(',')}]${more}`, ['upload']] as const];
  });
  return added.length === 0 ? models : { ...models, sanitizers: [...(models.sanitizers ?? []), ...added] };
}
