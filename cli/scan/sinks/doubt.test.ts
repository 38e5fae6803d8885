import { expect, it } from 'vitest';
import { noKinds } from '../dataflow/domain/kinds.ts';
import { step, type Taint, type Trace } from '../dataflow/domain/taint.ts';
import type { Sink } from '../dataflow/view/summary.ts';
import type { SourceKind } from '../models/model.ts';
import { doubted } from './doubt.ts';
import type { SinkId } from './sink-kinds.ts';

/** Data of a request that goes through these functions, a step in each. */
function through(...functions: readonly number[]): Taint {
  let trace: Trace | undefined;
  for (const func of functions) trace = step(func, { at: 0, end: 1 }, 'goes on', trace);
  const origin = {
    kind: 'source',
    source: 'remote',
    func: functions[0] ?? 0,
    value: 0,
    what: 'flask.Request.args',
  } as const;
  return { origin, clean: noKinds, exact: true, weak: false, trace };
}

function into(kind: SinkId, func: number): Sink {
  return { kind, func, value: 0, at: 0, end: 1, what: 'logging.Logger.info', guess: false };
}

it.each([
  ['a short way into a log', 'log', through(1, 1, 2), 2, false],
  ['through four other functions into a log', 'log', through(1, 2, 3, 4), 5, false],
  ['through five', 'log', through(1, 2, 3, 4, 5), 6, true],
  ['eleven steps in one function', 'log', through(...Array(11).fill(1)), 1, true],
  ['through three into an answer of the text of an error', 'leak', through(1, 2, 3), 4, true],
  [
    'as far into SQL, where a hole is worth a look',
    'sql',
    through(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    13,
    false,
  ],
  ['through six other functions into a path', 'path', through(1, 2, 3, 4, 5, 6, 7), 7, false],
  ['through ten into a path', 'path', through(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 11, true],
  ['through four other functions into a redirect', 'redirect', through(1, 2, 3, 4, 5), 5, false],
  ['through six into a redirect', 'redirect', through(1, 2, 3, 4, 5, 6), 7, true],
  ['through three into the name of a function', 'reflection', through(1, 2, 3), 4, false],
  ['through five into the name of a function', 'reflection', through(1, 2, 3, 4, 5), 6, true],
] as const)('%s', (_, kind, taint, func, isWeak) => {
  expect(doubted(into(kind, func), taint).weak).toBe(isWeak);
});

/** The same from another source. */
function from(taint: Taint, source: SourceKind, what: string): Taint {
  return { ...taint, origin: { kind: 'source', source, func: 0, value: 0, what } };
}

it.each([
  [
    'text of the page through two functions',
    'xss',
    from(through(1, 2), 'page', 'dom.Element.value'),
    3,
    false,
  ],
  ['text of the page through three', 'xss', from(through(1, 2, 3), 'page', 'dom.Element.value'), 4, true],
  ['a socket through two functions', 'path', from(through(1, 2), 'remote', 'socket.socket.recv()'), 3, false],
  ['a socket through three', 'path', from(through(1, 2, 3), 'remote', 'socket.socket.recv()'), 4, true],
  ['a socket into SQL', 'sql', from(through(1, 2, 3), 'remote', 'socket.socket.recv()'), 4, false],
  ['a socket into a record', 'mass-assignment', from(through(1), 'remote', 'zmq.Socket.recv()'), 1, true],
  [
    'a socket of a browser into a record',
    'mass-assignment',
    from(through(1), 'remote', 'websockets.Connection.recv()'),
    1,
    false,
  ],
] as const)('%s', (_, kind, taint, func, isWeak) => {
  expect(doubted(into(kind, func), taint).weak).toBe(isWeak);
});
