import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configureEvents, type Recorder } from '../event/index.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { codes } from '../refusal/codes.ts';
import { allowed, deny } from '../refusal/decision.ts';
import { isRefusal } from '../refusal/is-refusal.ts';
import { withRequest } from '../request/context.ts';
import { enforced, parseMode } from './mode.ts';
import { enforce, passesInReport, refusalOf, refuse } from './refuse.ts';

const events: SecurityEvent[] = [];
let recorder: Recorder;

beforeEach(() => {
  events.length = 0;
  recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
});
afterEach(async () => {
  vi.useRealTimers();
  await recorder.close();
  configureEvents({ sinks: [] });
});

const denied = deny('fetch/private-address', { host: 'intranet', address: '10.0.0.5', rule: '10.0.0.0/8' });

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('enforce', () => {
  it('lets pass what is allowed, without an event', async () => {
    enforce(allowed);
    await recorder.flush();
    expect(events).toEqual([]);
  });

  it('throws what is denied, with an event and the request it belongs to', async () => {
    const error = withRequest({ id: 'r-1' }, () => thrownBy(() => enforce(denied)));
    expect(error).toMatchObject({ code: 'fetch/private-address', requestId: 'r-1' });
    await recorder.flush();
    expect(events).toMatchObject([
      { code: 'fetch/private-address', action: 'blocked', request: { id: 'r-1' } },
    ]);
  });

  it('gives the denial its own hint, and keeps the cause', () => {
    const cause = new Error('lookup');
    const error = thrownBy(() => refuse({ ...denied, hint: 'Name the wiki.' }, cause));
    expect(error).toMatchObject({ hint: 'Name the wiki.', cause });
    expect(refusalOf(denied).hint).toBe(codes['fetch/private-address'].hint);
  });
});

describe('report mode', () => {
  it('lets pass until its day has ended, and enforces from then on', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime('2026-06-01T12:00:00Z');
    const mode = parseMode({ mode: 'report', until: '2026-06-30' });

    vi.setSystemTime('2026-06-30T23:59:59.998Z');
    expect(thrownBy(() => enforce(denied, mode))).toBeUndefined();
    vi.setSystemTime('2026-07-01T00:00:00.000Z');
    expect(
      isRefusal(
        thrownBy(() => enforce(denied, mode)),
        'fetch/private-address',
      ),
    ).toBe(true);

    await recorder.flush();
    expect(events.map(({ action }) => action)).toEqual(['reported', 'blocked']);
  });

  it('exists only for codes that are marked reportable', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime('2026-06-01T12:00:00Z');
    const mode = parseMode({ mode: 'report', until: '2026-06-30' });
    const refusals = Object.entries(codes).filter(([, entry]) => entry.kind === 'refusal');
    for (const [code, entry] of refusals) {
      const passes = passesInReport({ ...denied, code } as typeof denied, mode);
      expect(passes, code).toBe('reportable' in entry);
    }
  });

  it('is not widened by a polluted prototype', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime('2026-06-01T12:00:00Z');
    const mode = parseMode({ mode: 'report', until: '2026-06-30' });
    const polluted = Object.prototype as unknown as Record<string, unknown>;
    const code = Object.entries(codes).find(
      ([, entry]) => entry.kind === 'refusal' && !('reportable' in entry),
    )?.[0];
    try {
      polluted['reportable'] = true;
      expect(passesInReport({ ...denied, code } as typeof denied, mode)).toBe(false);
    } finally {
      delete polluted['reportable'];
    }
  });

  it('is off by default', () => {
    expect(passesInReport(denied, enforced)).toBe(false);
  });
});
