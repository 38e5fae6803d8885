import type { ServerResponse } from 'node:http';
import type { ResponseState } from './response-state.ts';

/** Express and `send` take the type away before they send a 304. Only a conditional request can get one (RFC 9110, 13.1). */
export function rememberContentType(res: ServerResponse, state: ResponseState): void {
  const { removeHeader } = res;
  res.removeHeader = function (this: ServerResponse, name) {
    if (String(name).toLowerCase() === 'content-type') {
      const type = this.getHeader(name);
      if (type !== undefined) state.removedType = String(type);
    }
    return removeHeader.call(this, name);
  };
}
