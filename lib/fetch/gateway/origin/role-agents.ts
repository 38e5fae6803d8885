import type { LookupAddress } from 'node:dns';
import { Agent, type ClientRequestArgs } from 'node:http';
import type { Socket } from 'node:net';
import type { Denied } from '../../../refusal/decision.ts';
import type { NotOpened, Opened } from './open-checked.ts';

/** The connections of one role's plain requests: no other role's request is ever sent on them. */
export interface RoleAgents {
  /** Keeps connections. */
  readonly kept: Agent;
  /** Opens one for each request: a kept one may be closed by the other side just then, and not all may be sent twice. */
  readonly fresh: Agent;
  /** Lets go of idle connections, and keeps none from now on. */
  retire(): void;
}

/** How a request says what its connection is to be opened for; Node hands its options on. */
export interface AgentRequest {
  readonly open: () => Promise<Opened>;
}

/** What is known of a connection that was opened here. */
export interface OpenedTo {
  readonly answers: readonly LookupAddress[];
  readonly peer: string;
  readonly wouldDeny: Denied | undefined;
}

/** The error of a request that got no connection. */
export class NotOpenedError extends Error {
  readonly result: NotOpened;

  constructor(result: NotOpened) {
    super('No connection was opened.');
    this.result = result;
  }
}

const openedTo = new WeakMap<Socket, OpenedTo>();

export function whatOpened(socket: Socket): OpenedTo | undefined {
  return openedTo.get(socket);
}

type Done = (error: Error | null, socket?: Socket) => void;

/** Shorter than the five seconds that most servers wait, so that few are closed just when they are used. */
const keptMs = 4_000;

export function createRoleAgents(): RoleAgents {
  const kept = checked(new Agent({ keepAlive: true, scheduling: 'lifo', timeout: keptMs }));
  const fresh = checked(new Agent({ keepAlive: false }));
  return Object.freeze({
    kept,
    fresh,
    retire() {
      Object.defineProperty(kept, 'keepSocketAlive', { value: () => false });
      for (const list of Object.values(kept.freeSockets)) for (const socket of list ?? []) socket.destroy();
    },
  });
}

/** Every connection of the agent is the one that the request brings along. */
function checked(agent: Agent): Agent {
  const createConnection = (options: ClientRequestArgs & Partial<AgentRequest>, done: Done): undefined => {
    const { open } = options;
    if (!open) {
      process.nextTick(done, new Error('Nothing was decided for this request.'));
      return;
    }
    open().then(
      (result) => {
        if (result.outcome !== 'open') return done(new NotOpenedError(result));
        const { answers, peer, wouldDeny } = result;
        openedTo.set(result.socket, { answers, peer, wouldDeny });
        done(null, result.socket);
      },
      (error: Error) => done(error),
    );
  };
  Object.defineProperty(agent, 'createConnection', { value: createConnection });
  return agent;
}
