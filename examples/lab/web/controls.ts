import type { SecurityEvent } from 'bulwark/event';
import type { Outcome, Place } from '../attack/attack.ts';
import type { App } from '../run/app-process.ts';
import type { Lab, Side } from '../run/open-lab.ts';
import { type Guard, replacementsFor } from '../run/replacement.ts';
import { LabError } from './lab-error.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** One payload, fired at both. */
export interface Duel {
  readonly id: number;
  readonly place: Place;
  readonly payload: string;
  readonly time: Date;
  readonly tookMs: number;
  /** The guards that were out. */
  readonly out: readonly Guard[];
  readonly undefended: Outcome;
  readonly defended: Outcome;
  /** What the defended application wrote. */
  readonly events: readonly SecurityEvent[];
}

/** What the page can do to the lab. */
export interface Controls {
  /** Once both applications have started. */
  readonly opened: Promise<Lab>;
  readonly undefendedUrl: string | undefined;
  readonly defendedUrl: string | undefined;
  /** The last ones, the newest first. */
  readonly duels: readonly Duel[];
  readonly events: readonly SecurityEvent[];
  /** The guards that are out. */
  readonly out: ReadonlySet<Guard>;
  /** What only a theft brings to light. */
  secrets(side: Side): readonly string[];
  fire(place: Place, payload: string): Promise<Duel>;
  /** Starts the defended application anew, at the same address, without these. */
  takeOut(out: Iterable<Guard>): Promise<void>;
  /** Makes the tables of both anew. */
  reset(): Promise<void>;
  /** @returns what ends it */
  onEvents(listener: (events: readonly SecurityEvent[]) => void): () => void;
  /** Waits until nothing that a visitor asked for is under way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const most = { duels: 100, events: 200 };
/** How often what visitors of the application itself caused is asked for. */
const everyMs = 500;

export function createControls(opening: Promise<Lab>): Controls {
  const exclusive = oneAtATime();
  let lab: Lab | undefined;
  let timer: NodeJS.Timeout | undefined;
  let asked: Promise<unknown> = Promise.resolve();
  const duels: Duel[] = [];
  const events: SecurityEvent[] = [];
  const listeners = new Set<(events: readonly SecurityEvent[]) => void>();
  let out: ReadonlySet<Guard> = new Set();
  let last = 0;

  async function collect(): Promise<readonly SecurityEvent[]> {
    const fresh = await (await opening).defended.events();
    if (fresh.length === 0) return fresh;
    events.unshift(...fresh.toReversed());
    events.length = Math.min(events.length, most.events);
    for (const listener of listeners) listener(fresh);
    return fresh;
  }

  async function fireAt(side: Side, place: Place, payload: string): Promise<Outcome> {
    const lab = await opening;
    const app = lab[side];
    await ready(app);
    try {
      return await place.fire(app, { ...lab.range(side), look: true }, payload);
    } catch {
      if (await stands(app)) return { answer: "the victim's browser went down", unconfirmed: true };
      await app.restart();
      return { answer: 'no answer', lost: 'the application went down' };
    }
  }

  let collecting = false;
  const poll = (): void => {
    if (collecting) return;
    collecting = true;
    // A process that a visitor brought down is started anew by the next attack.
    exclusive(collect)
      .catch(() => {})
      .finally(() => {
        collecting = false;
      });
  };
  opening.then(
    (made) => {
      lab = made;
      timer = setInterval(poll, everyMs).unref();
    },
    () => {},
  );
  const visitors = <T>(work: () => Promise<T>): Promise<T> => {
    const done = exclusive(work);
    asked = done.catch(() => {});
    return done;
  };

  return {
    ...{ duels, events, opened: opening },
    get undefendedUrl() {
      return lab?.undefended.url;
    },
    get defendedUrl() {
      return lab?.defended.url;
    },
    async idle() {
      for (let last: unknown; last !== asked; ) {
        last = asked;
        await asked;
      }
    },
    get out() {
      return out;
    },
    secrets(side) {
      if (!lab) return [];
      const { markers, canaries } = lab.range(side);
      const { secret } = lab[side].files;
      return [...markers.passwords, markers.unpublished, ...Object.values(canaries.secrets), secret];
    },
    fire: (place, payload) =>
      visitors(async () => {
        await collect().catch(() => {});
        const time = new Date();
        const both = await Promise.allSettled([
          fireAt('undefended', place, payload),
          fireAt('defended', place, payload),
        ]);
        const [undefended, defended] = both.map((one) => {
          if (one.status === 'rejected') throw notStarted(one.reason);
          return one.value;
        }) as [Outcome, Outcome];
        const caused = await collect().catch(() => []);
        const duel: Duel = {
          ...{ id: ++last, place, payload, time, tookMs: Date.now() - time.getTime() },
          ...{ out: [...out], undefended, defended, events: caused },
        };
        duels.unshift(duel);
        duels.length = Math.min(duels.length, most.duels);
        return duel;
      }),
    takeOut: (guards) =>
      visitors(async () => {
        await collect().catch(() => {});
        out = new Set(guards);
        const { defended } = await opening;
        await defended.restart(replacementsFor(out)).catch((error: unknown) => {
          throw notStarted(error);
        });
      }),
    reset: () =>
      visitors(async () => {
        const { undefended, defended } = await opening;
        await Promise.all([undefended, defended].map((app) => app.reset().catch(() => app.restart())));
      }),
    onEvents(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      clearInterval(timer);
      listeners.clear();
    },
  };
}

/** A visitor may have brought the application down, or hold it, by hand. */
async function ready(app: App): Promise<void> {
  if (!(await stands(app))) await app.restart();
}

function stands(app: App): Promise<boolean> {
  return app.fingerprint().then(
    () => true,
    () => false,
  );
}

function notStarted(error: unknown): LabError {
  const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return new LabError(503, `${why} Try again.`);
}
