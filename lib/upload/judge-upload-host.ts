import { allowed, type Decision, deny } from '../refusal/decision.ts';
import { type AnyRequest, headerOf } from '../request/any-request.ts';
import { webOrigin } from '../request/web-origin.ts';

/**
 * Whether a request was sent to the host that users' files are served from. Only the host is compared, because the scheme may be that of the last
 * proxy.
 */
export function judgeUploadHost(
  request: AnyRequest,
  origin: string | undefined,
): Decision<'upload/other-origin'> {
  if (origin === undefined) return allowed;
  const host = hostOf(request);
  const scheme = origin.slice(0, origin.indexOf(':'));
  if (host !== undefined && webOrigin(`${scheme}://${host}`) === origin) return allowed;
  return deny('upload/other-origin', { host: (host ?? '').slice(0, 262), origin });
}

function hostOf(request: AnyRequest): string | undefined {
  const url = request.url ?? '';
  const absolute = /^https?:\/\/([^/?#]*)/i.exec(url)?.[1];
  return absolute ?? headerOf(request, 'host') ?? headerOf(request, ':authority');
}
