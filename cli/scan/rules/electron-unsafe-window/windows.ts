import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Inst } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isOfType } from '../../models/state-traits.ts';
import type { UseReport } from '../kit/rule.ts';
import { type Entry, entryOf } from '../kit/value/entry-of.ts';

export interface Protection {
  readonly name: string;
  /** The value that disables the protection. */
  readonly off: boolean;
  readonly what: string;
  readonly confidence: UseReport['confidence'];
  readonly severity?: UseReport['severity'];
}

/** The protections of Electron's windows that a program can disable, the most important one first. */
export const protections: readonly Protection[] = [
  { name: 'nodeIntegration', off: true, what: 'The page can use Node', confidence: 'high' },
  {
    name: 'contextIsolation',
    off: false,
    what: 'The page shares its objects with the preload script',
    confidence: 'high',
  },
  { name: 'webSecurity', off: false, what: 'The page can read pages of other sites', confidence: 'high' },
  {
    name: 'allowRunningInsecureContent',
    off: true,
    what: 'The page runs scripts loaded without TLS',
    confidence: 'high',
    severity: 'medium',
  },
  {
    name: 'nodeIntegrationInSubFrames',
    off: true,
    what: 'Frames in the page can use Node',
    confidence: 'high',
  },
  {
    name: 'nodeIntegrationInWorker',
    off: true,
    what: 'Workers on the page can use Node',
    confidence: 'medium',
    severity: 'medium',
  },
  {
    name: 'enableRemoteModule',
    off: true,
    what: 'The page can use objects of the main process',
    confidence: 'medium',
  },
  {
    name: 'sandbox',
    off: false,
    what: 'The page runs outside the sandbox',
    confidence: 'medium',
    severity: 'low',
  },
  {
    name: 'experimentalFeatures',
    off: true,
    what: 'The page has experimental features',
    confidence: 'medium',
    severity: 'low',
  },
  {
    name: 'webviewTag',
    off: true,
    what: 'The page can create pages with their own permissions',
    confidence: 'low',
    severity: 'low',
  },
];

const blink: Protection = {
  name: 'enableBlinkFeatures',
  off: true,
  what: 'The page has experimental features',
  confidence: 'medium',
  severity: 'low',
};

export function isConstant(linked: Linked, place: Place, value: boolean): boolean {
  const inst = instOf(linked, madeBy(linked, place));
  if (inst?.op === 'const') return inst.value === value;
  // `!0` in minified code.
  if (inst?.op !== 'unary' || inst.operator !== '!') return false;
  const inner = instOf(linked, { func: place.func, value: inst.value });
  return inner?.op === 'const' && typeof inner.value === 'number' && !inner.value === value;
}

/**
 * Maps each unsafe window to the most important protection that it disables. The key is the instruction to report,
 * written as a function number and a value number: `12 7`. This is the call that creates the window. If the preferences
 * are written elsewhere, it is the object literal or the store that sets the unsafe one.
 */
export const unsafeSettings: (linked: Linked) => ReadonlyMap<string, Protection> = memoized((linked) => {
  const all = new Map<string, Protection>();
  linked.program.instructions.each('call', (inst, { id }, value) => {
    if (!inst.isNew || !isWindow(linked, id, inst.callee)) return;
    const found = ofWindow(linked, id, inst.args[0]);
    if (!found) return;
    const { entry, protection } = found;
    const owner = instOf(linked, { func: entry.func, value: entry.owner });
    const isInline = entry.func === id && isWithin(inst, owner);
    all.set(isInline ? `${id} ${value}` : `${entry.func} ${entry.owner}`, protection);
  });
  return all;
});

function isWindow(linked: Linked, func: number, callee: number): boolean {
  return isOfType(linked.states(func, callee), 'use.ElectronWindow');
}

function isWithin(outer: Inst, inner: Inst | undefined): boolean {
  return inner !== undefined && inner.at >= outer.at && inner.end <= outer.end;
}

interface Found {
  readonly entry: Entry;
  readonly protection: Protection;
}

function ofWindow(linked: Linked, func: number, options: number | undefined): Found | undefined {
  if (options === undefined) return undefined;
  const preferences = entryOf(linked, { func, value: options }, 'webPreferences');
  if (!preferences) return undefined;
  for (const protection of protections) {
    const entry = entryOf(linked, preferences, protection.name);
    if (entry && isConstant(linked, entry, protection.off)) return { entry, protection };
  }
  const entry = entryOf(linked, preferences, blink.name);
  const inst = entry && instOf(linked, madeBy(linked, entry));
  return entry && inst?.op === 'const' && inst.value ? { entry, protection: blink } : undefined;
}
