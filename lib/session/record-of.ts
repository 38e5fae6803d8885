import type {
  NewSession,
  PatchOutcome,
  ReplaceOptions,
  SessionLifetime,
  SessionPatch,
  StoredSession,
} from './session-store.ts';
import { sizeOf } from './size-of.ts';

/** A whole record, for the stores that change it in this process. */
export interface SessionRecord extends StoredSession {
  readonly seenAt: number;
  readonly expiresAt: number;
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
  readonly token: string | undefined;
}

export function recordOf(session: NewSession, lifetime: SessionLifetime, now: number): SessionRecord {
  const { user, data, userAgent, address } = session;
  const expiresAt = now + Math.min(lifetime.idleMs, lifetime.absoluteMs);
  return {
    user,
    data,
    version: 0,
    createdAt: now,
    seenAt: now,
    expiresAt,
    userAgent,
    address,
    token: undefined,
  };
}

/** Undefined once it has expired. */
export function seen(
  record: SessionRecord,
  lifetime: SessionLifetime,
  now: number,
): SessionRecord | undefined {
  const end = record.createdAt + lifetime.absoluteMs;
  if (now >= record.expiresAt || now >= end) return undefined;
  if (now - record.seenAt < lifetime.touchMs) return record;
  return { ...record, seenAt: now, expiresAt: Math.min(now + lifetime.idleMs, end) };
}

export function patched(
  record: SessionRecord,
  patch: SessionPatch,
): SessionRecord | Exclude<PatchOutcome, 'changed' | 'gone'> {
  if (record.token === patch.token) return record;
  if (patch.ifVersion !== undefined && patch.ifVersion !== record.version) return 'conflict';
  const data: Record<string, string> = Object.assign(Object.create(null), record.data);
  for (const key of patch.delete) delete data[key];
  Object.assign(data, patch.set);
  const bytes = sizeOf(data);
  if (bytes > patch.maxBytes && bytes > sizeOf(record.data)) return 'too-large';
  return { ...record, data, version: record.version + 1, token: patch.token };
}

/** The record that takes the place of another one. */
export function replacement(
  record: SessionRecord,
  session: NewSession,
  options: ReplaceOptions,
  lifetime: SessionLifetime,
  now: number,
): SessionRecord | 'too-large' {
  const { userAgent, address } = session;
  if (!options.begin) return { ...record, userAgent, address, version: record.version + 1 };
  const foreign = record.user !== undefined && record.user !== session.user;
  const data = Object.assign(Object.create(null), foreign ? {} : record.data, session.data);
  if (sizeOf(data) > options.maxBytes) return 'too-large';
  return { ...recordOf({ ...session, data }, lifetime, now), version: record.version + 1 };
}
