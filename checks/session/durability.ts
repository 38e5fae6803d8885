import { isRefusal } from '../../lib/index.ts';
import { type Session, type SessionStore, type Sessions, sessions } from '../../lib/session/index.ts';
import { type Browser, browser } from './browser.ts';

/** How much happens, and when the store is killed. */
export interface DurabilityPlan {
  readonly store: SessionStore;
  readonly sessions: number;
  /** How many of them change all the time, each by three requests at once. */
  readonly changing: number;
  /** Kills the store and starts it again. */
  readonly restart: () => Promise<void>;
  readonly kills: number;
  /** Acknowledged changes before each kill, and after the last one. */
  readonly changesBetween: number;
}

export interface DurabilityReport {
  readonly sessions: number;
  readonly acknowledged: Readonly<Record<'set' | 'update' | 'rotate' | 'logOut' | 'revoke', number>>;
  /** Answered with 503 while the store was away: they may have been saved. */
  readonly unknown: number;
  /** Acknowledged changes that are not there. */
  readonly lost: number;
  /** Ended sessions, and ids that were replaced, that open something. */
  readonly revived: number;
  /** Live sessions that are gone, though nobody ended them. */
  readonly vanished: number;
  /** Sessions whose data no order of the changes explains. */
  readonly wrong: number;
}

interface Data {
  set: number;
  updates: number;
  other: number;
}

/** What the application was told about one session. */
interface Known {
  readonly user: string;
  readonly browser: Browser;
  /** Cookies that must open nothing any more. */
  readonly dead: string[];
  ended: 'no' | 'yes' | 'perhaps';
  /** The new id came back as 503: the browser's cookie may be dead. */
  moved: boolean;
  sets: Tally;
  updates: Tally;
  others: Tally;
}

interface Tally {
  /** What the value must be at least, after the last acknowledged change. */
  least: number;
  tried: number;
}

const newTally = (): Tally => ({ least: 0, tried: 0 });

/** Changes, ends and kills at once; then compares what is there with what was acknowledged. */
export async function proveDurability(plan: DurabilityPlan): Promise<DurabilityReport> {
  const own = sessions<Data>({
    store: plan.store,
    timeoutMs: 5000,
    absoluteSeconds: 86_400,
    maxPending: 10_000,
  });
  const acknowledged = { set: 0, update: 0, rotate: 0, logOut: 0, revoke: 0 };
  let unknown = 0;
  let done = 0;

  /** True once the store has said so; false if nobody knows. */
  async function told(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      done++;
      return true;
    } catch (error) {
      if (!isRefusal(error, 'session/store-unavailable')) throw error;
      unknown++;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return false;
    }
  }

  async function patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await work();
      } catch (error) {
        if (tries === 600 || !isRefusal(error, 'session/store-unavailable')) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  async function set(tally: Tally, work: (value: number) => Promise<void>): Promise<void> {
    const value = ++tally.tried;
    if (!(await told(() => work(value)))) return;
    tally.least = value;
    acknowledged.set++;
  }

  async function add(tally: Tally, work: () => Promise<void>): Promise<void> {
    tally.tried++;
    if (!(await told(work))) return;
    tally.least++;
    acknowledged.update++;
  }

  async function change(known: Known): Promise<void> {
    const handles = await patiently(() => Promise.all([1, 2, 3].map(() => visit(own, known))));
    const [one, two, three] = handles as [Session<Data>, Session<Data>, Session<Data>];
    await Promise.all([
      set(known.sets, (value) => one.set({ set: value })),
      add(known.updates, () => two.update(({ updates = 0 }) => ({ updates: updates + 1 }))),
      set(known.others, (value) => three.set({ other: value })),
    ]);
  }

  async function rotate(known: Known): Promise<void> {
    const session = await patiently(() => visit(own, known));
    const before = known.browser.cookie ?? '';
    if (await told(() => session.rotate())) {
      acknowledged.rotate++;
      known.dead.push(before);
    } else known.moved = true;
  }

  async function end(known: Known, kind: 'logOut' | 'revoke'): Promise<void> {
    const session = await patiently(() => visit(own, known));
    const late = await patiently(() => visit(own, known));
    const { cookie = '' } = known.browser;
    known.ended = 'perhaps';
    const ended = await told(() => (kind === 'logOut' ? session.logOut() : own.revokeAll(known.user)));
    if (!ended) return;
    known.ended = 'yes';
    acknowledged[kind]++;
    known.dead.push(cookie);
    // A request that was under way.
    await late.set({ set: -1 }).then(
      () => known.dead.push('a change after the end was accepted'),
      () => undefined,
    );
  }

  const all = await inPieces(plan.sessions, 50, async (at) => {
    const known = newKnown(`user ${at}`);
    await patiently(async () =>
      (await known.browser.visit(own)).logIn(known.user, { set: 0, updates: 0, other: 0 }),
    );
    return known;
  });
  const changing = all.slice(0, plan.changing);
  let stopping = false;
  const workers = changing.map(async (known, at) => {
    for (let round = 1; !stopping && !known.moved; round++) {
      await change(known);
      if ((round + at) % 7 === 0) await rotate(known);
    }
  });
  let next = plan.changing;
  // Half of the others end meanwhile.
  const enders = [1, 2, 3, 4].map(async () => {
    for (let at = 0; !stopping && next < plan.changing + (plan.sessions - plan.changing) / 2; at++) {
      await end(all[next++] as Known, at % 2 === 0 ? 'logOut' : 'revoke');
    }
  });
  for (let kill = 0; kill <= plan.kills; kill++) {
    const until = done + plan.changesBetween;
    while (done < until) await new Promise((resolve) => setTimeout(resolve, 10));
    if (kill < plan.kills) await plan.restart();
  }
  stopping = true;
  await Promise.all([...workers, ...enders]);

  const report = { lost: 0, revived: 0, vanished: 0, wrong: 0 };
  await inPieces(all.length, 50, async (at) => {
    const known = all[at] as Known;
    for (const cookie of known.dead) {
      const found = await patiently(() => browser(cookie).visit(own));
      if (!cookie.includes('=') || !found.isNew) report.revived++;
    }
    if (known.ended !== 'no' || known.moved) return;
    const { user, data } = await patiently(() => visit(own, known));
    if (user !== known.user) report.vanished++;
    else {
      const tallies = [known.sets, known.updates, known.others] as const;
      for (const [place, name] of (['set', 'updates', 'other'] as const).entries()) {
        const value = data[name] ?? -1;
        const { least, tried } = tallies[place] as Tally;
        if (value > tried) report.wrong++;
        else if (value < least) report.lost++;
      }
    }
  });
  return { sessions: all.length, acknowledged, unknown, ...report };
}

function newKnown(user: string): Known {
  return {
    ...{ user, browser: browser(), dead: [], ended: 'no', moved: false },
    ...{ sets: newTally(), updates: newTally(), others: newTally() },
  };
}

/** A request by another tab: cookies that it gets are the browser's too. */
async function visit(own: Sessions<Data>, known: Known): Promise<Session<Data>> {
  return await known.browser.visit(own);
}

/** Runs `work` for 0 to count - 1, at most `width` at once. */
async function inPieces<T>(count: number, width: number, work: (at: number) => Promise<T>): Promise<T[]> {
  const results: T[] = new Array(count);
  let next = 0;
  const lanes = Array.from({ length: width }, async () => {
    while (next < count) {
      const at = next++;
      results[at] = await work(at);
    }
  });
  await Promise.all(lanes);
  return results;
}
