import { record } from '../../event/record.ts';
import type { AnyRequest } from '../../request/any-request.ts';
import type { CookieSink } from '../session.ts';
import { nowInSeconds, type SealedContext, SealedSession } from './sealed-session.ts';
import type { SessionContent } from './session-content.ts';
import { sessionExpiry } from './session-expiry.ts';

/** So that most requests set no cookie. */
const longestTouchSeconds = 60;

/**
 * The session of a request, anonymous if there is none that is valid.
 *
 * @throws Refusal `session/store-unavailable`
 */
export async function openSession<Data extends object>(
  context: SealedContext,
  fail: 'closed' | 'anonymous',
  request: AnyRequest,
  sink: CookieSink,
): Promise<SealedSession<Data>> {
  const { cookies, lifetime } = context;
  const anonymous = (state: 'none' | 'unavailable' = 'none'): SealedSession<Data> =>
    new SealedSession<Data>(context, request, sink, state);
  const found = await cookies.find(request);
  if ('fault' in found) {
    if (found.fault === 'several') record('session/several-cookies', 'blocked', { name: cookies.name });
    else if (found.fault !== 'none') record('session/seal-rejected', 'blocked', { reason: found.fault });
    return anonymous();
  }
  const { content, keyId } = found;
  const now = nowInSeconds();
  const seenAt = Math.max(content.sealedAt, (await cookies.seenAt(request, content.id)) ?? 0);
  const expiry = sessionExpiry({ createdAt: content.createdAt, seenAt }, lifetime, now);
  if (expiry !== undefined) {
    const code = expiry === 'from-the-future' ? 'session/seal-rejected' : 'session/seal-expired';
    record(code, 'blocked', { reason: expiry });
    return anonymous();
  }
  const epoch = await checkEpoch(context, fail, content);
  if (epoch !== 'valid') return anonymous(epoch);
  const touchSeconds = Math.min(longestTouchSeconds, Math.floor(lifetime.idleSeconds / 10));
  if (now - seenAt < touchSeconds || sink.headersSent?.()) {
    return new SealedSession<Data>(context, request, sink, content);
  }
  const lastSeconds = content.createdAt + lifetime.absoluteSeconds - now;
  if (cookies.isCurrent(keyId)) {
    // The session itself is not sealed again: a slow request would undo what a faster one has changed, or a log-out.
    sink.appendCookie(await cookies.setSeen(content.id, now, lastSeconds));
    return new SealedSession<Data>(context, request, sink, content);
  }
  const resealed = { ...content, sealedAt: now };
  sink.appendCookie(await cookies.set(resealed, lastSeconds));
  return new SealedSession<Data>(context, request, sink, resealed);
}

/** Whether the user's sessions have not been ended since this one began. */
async function checkEpoch(
  { epochs }: SealedContext,
  fail: 'closed' | 'anonymous',
  { user, epoch }: SessionContent,
): Promise<'valid' | 'none' | 'unavailable'> {
  if (epochs === undefined || user === undefined) return 'valid';
  const { calls, store } = epochs;
  const read = (): Promise<string | undefined> => store.read(user);
  const answer =
    fail === 'closed' ? { value: await calls.run('read', read) } : await calls.orAnonymous('read', read);
  if (answer === undefined) return 'unavailable';
  if (answer.value !== undefined && answer.value === epoch) return 'valid';
  record('session/seal-rejected', 'blocked', { reason: 'revoked' });
  return 'none';
}
