// Litestar 2, according to its documentation: https://docs.litestar.dev/2/
import type { Models } from '../../models/model.ts';

const methods = 'get,post,put,patch,delete,head,route,websocket,websocket_listener';

/** Models of Litestar. All parameters of a handler come from the request, unless their declared types say otherwise. */
export const litestar: Models = {
  language: 'python',
  types: [
    ['starlette.Request', 'litestar', 'Member[Request].Instance'],
    ['starlette.Request', 'litestar.connection', 'Member[Request,ASGIConnection].Instance'],
    ['starlette.UploadFile', 'litestar.datastructures', 'Member[UploadFile].Instance'],
  ],
  sources: [
    ['litestar', `Member[${methods}].ReturnValue.Argument[0].Parameter[0..]`, 'remote'],
    ['litestar.handlers', `Member[${methods}].ReturnValue.Argument[0].Parameter[0..]`, 'remote'],
  ],
  sinks: [
    ['litestar.response', 'Member[Redirect].Argument[0,path:]', 'redirect'],
    ['litestar.response', 'Member[File].Argument[0,path:]', 'path'],
    ['litestar.response', 'Member[Template].Argument[template_str:]', 'template'],
  ],
  traits: [
    ['litestar', '', 'checks-declared-types', 'deep'],
    ['litestar.handlers', '', 'checks-declared-types', 'deep'],
  ],
};
