import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { given, isA, isConst, mayBeSpread, type Use } from '../kit/use.ts';

/**
 * Whether a call of `urllib.request.urlopen(url)` or `http.client.HTTPSConnection(host)` has no timeout: it passes none, and
 * the program sets no default.
 */
export function isEndlessOpen(use: Use, call: Call): boolean {
  const isOpen = isA(use, call.callee, 'use.UrlOpen');
  if (!isOpen && !isA(use, call.callee, 'use.HttpConnection')) return false;
  // The default of `urlopen` is a sentinel, so `None` means no timeout.
  const timeout = given(use, call, isOpen ? 2 : -1, 'timeout');
  const lacks = timeout ? isConst(timeout, null) : !mayBeSpread(use, call);
  if (!lacks || hasDefault(use.frame.linked)) return false;
  return !isOpen || mayBeWeb(use, call.args[0]);
}

/** Whether a URL may lead to a server: it is unknown, or begins with `http`. */
function mayBeWeb(use: Use, address: ValueId | undefined): boolean {
  if (address === undefined) return false;
  const { linked, id, values } = use.frame;
  const place = madeBy(linked, { func: id, value: address });
  const made = instOf(linked, place);
  // `Request("file:///etc/motd")`
  const [inner] = made?.op === 'call' && place.func === id ? made.args : [];
  const texts = [address, inner ?? address].map((one) => constText(values[one]) ?? values[one]?.textTemplate);
  return texts.every((text) => text === undefined || !/^(?!https?:)[a-z][a-z\d+.-]*:/i.test(text));
}

/** Whether the program calls `socket.setdefaulttimeout` anywhere. With `None`, there is no timeout. */
const hasDefault = memoized((linked: Linked) =>
  linked.program.instructions.some('call', ({ callee, args }, { func }) => {
    const inst = func.code[callee];
    if ((inst?.op !== 'member' && inst?.op !== 'import') || inst.name !== 'setdefaulttimeout') return false;
    const limit = func.code[args[0] ?? -1];
    return limit?.op !== 'const' || limit.value !== null;
  }),
);
