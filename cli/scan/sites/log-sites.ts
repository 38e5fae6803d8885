import type { Site } from '../code-view.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { localNames } from '../ir/local-names.ts';
import type { Linked } from '../link/linked.ts';
import { isHarmless } from '../rule/harmless-value.ts';
import { instOf, type Place } from '../rule/made-by.ts';
import { sensitiveValue } from '../rule/sensitive-value.ts';
import { textParts } from '../rule/text-parts.ts';
import { logCallOf } from '../rules/secret-logged/log-call.ts';
import { isForBrowsers } from './for-browsers.ts';
import { secretWithin } from './logged-whole.ts';
import { resolveText } from './resolve-text.ts';
import type { SiteFrames } from './site-frames.ts';
import { eachCall, type SiteSearch, type SiteState, siteAt, worstState } from './site-search.ts';
import { leavesOf } from './text-tree.ts';

/** Every call that writes to a log, and whether it can be told what it writes. */
export function logSites(search: SiteSearch): Site[] {
  const { linked } = search.frames;
  const sites: Site[] = [];
  eachCall(search, (_, { id, module }, value) => {
    const log = isForBrowsers(linked, module) ? undefined : logCallOf(linked, { func: id, value });
    if (!log) return;
    const states = log.values.map((logged) =>
      valueState(search.frames, { func: id, value: logged.value }, logged.name, 0),
    );
    sites.push(siteAt(search, 'log', id, value, states.length === 0 ? text : worstState(states)));
  });
  return sites;
}

const text: SiteState = { state: 'constant', because: 'the text is written in the program' };
/** How the reason begins where an object with a secret is certainly logged as a whole. */
export const secretInside = 'an object is logged as a whole, with ';
const maxDepth = 4;

/** What is logged of one value: it is told if it is a text of the program, or parts with names that hold one thing each. */
function valueState(frames: SiteFrames, place: Place, name: string | undefined, depth: number): SiteState {
  const { linked } = frames;
  const { func } = place;
  const info = linked.program.functions[func];
  const inst = instOf(linked, place);
  if (!info || !inst || depth > maxDepth) return { state: 'unresolved', because: 'it has too many parts' };
  if (inst.op === 'const') return text;
  const secret = frames.of(func).isPython ? undefined : secretWithin(frames, place);
  if (secret !== undefined) return { state: 'unresolved', because: `${secretInside}\`${secret}\` in it` };
  if (sensitiveValue(linked, place) && !isHarmless(linked, place))
    return { state: 'unresolved', because: 'it may be a secret' };
  if (inst.op === 'object')
    return inst.keys.some((key) => typeof key !== 'string')
      ? whole('an object')
      : worst(
          inst.values.map((value, i) => valueState(frames, { func, value }, String(inst.keys[i]), depth + 1)),
        );
  const isJoined = inst.op === 'text' || inst.op === 'binary' || isFormatted(info.func.code, inst);
  if (!isJoined) return leafState(frames, place, inst, name, false);
  const parts = textParts(info.func, place.value);
  return worst(
    parts.map((value) =>
      leafState(frames, { func, value }, instOf(linked, { func, value }) as Inst, undefined, true),
    ),
  );
}

function worst(states: readonly SiteState[]): SiteState {
  return states.length === 0 ? text : worstState(states);
}

function isFormatted(code: readonly Inst[], inst: Inst): boolean {
  const callee = inst.op === 'call' ? code[inst.callee] : undefined;
  return callee?.op === 'member' && callee.name === 'format';
}

function whole(name: string): SiteState {
  return { state: 'unresolved', because: `\`${name}\` is logged as a whole` };
}

/** Names of what holds many things, a secret among them perhaps. */
const many =
  /^(body|headers?|cookies?|user|account|session|sessions|query|params|form|config|settings|env|environ|data|payload|request|req|response|res|resp|options|opts|args|argv|kwargs|credentials?|event|context|ctx|state|props|result|results|rows?|record|records|doc|document|json|item|items|entry|obj|object|value|values|info|meta|metadata|message_data|self|this|input|output|content|profile|customer|member|client|profile|token|secret|key)$/i;
const failures =
  /^_*(e|er|err|error|ex|exc|exception|reason|cause|failure|rejection|warning)\d*$|(Error|Exception|_error|_exception|Err)$/;
const single =
  /(^|_|[a-z])(id|ids|name|names|count|total|status|code|url|uri|path|port|host|hostname|message|msg|time|date|method|ms|duration|elapsed|version|email|address|ip|reason|type|kind|level|size|length|stack|title|number|index|attempts?|statusCode|route|locale|env|mode|label|text|file|filename|folder|dir|directory|label|action|signal|pk|pks|pid|ok|enabled|retries|limit|page|score|percent|slug|uuid|branch|commit|line)$/i;

/** @param isInText it is written into a text: an object has no more than its class there, in JavaScript */
function leafState(
  frames: SiteFrames,
  place: Place,
  inst: Inst,
  name: string | undefined,
  isInText: boolean,
): SiteState {
  const { linked } = frames;
  const frame = frames.of(place.func);
  const it = frame.values[place.value];
  if (inst.op === 'const') return text;
  if (it?.shape === 'number' || it?.shape === 'boolean') return named('a number');
  if (inst.op === 'caught') return named('an error');
  if (sensitiveValue(linked, place) && !isHarmless(linked, place))
    return { state: 'unresolved', because: 'it may be a secret' };
  const inner = nameOf(linked, place, inst) ?? '';
  const own = name ?? inner;
  if (failures.test(own)) return named('an error');
  // `log.info('in', user=user.id)`
  if (inst.op === 'member' && single.test(inner)) return named(inner);
  if (inst.op === 'call') {
    const callee = instOf(linked, { func: place.func, value: inst.callee });
    const called =
      callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
    if (
      /^(String|str|Number|int|float|len|round|repr|toString|toISOString|isoformat|strftime|now|format_exc|uptime|cwd|join|basename|get_remote_address|gethostname|getpid)$/.test(
        called,
      )
    )
      return inst.args.length === 1 && /^(String|str|repr)$/.test(called)
        ? leafState(
            frames,
            { func: place.func, value: inst.args[0] as ValueId },
            instOf(linked, { func: place.func, value: inst.args[0] as ValueId }) as Inst,
            undefined,
            true,
          )
        : named(called);
    if (
      isInText &&
      !frame.isPython &&
      !/^(stringify|inspect|dump|dumps|toJSON|serialize|format)$/.test(called)
    )
      return named(`${called}()`);
    const key =
      called === 'get' ? instOf(linked, { func: place.func, value: inst.args[0] ?? -1 }) : undefined;
    if (key?.op === 'const' && typeof key.value === 'string' && single.test(key.value))
      return named(key.value);
    return single.test(called) || single.test(own)
      ? named(own || `${called}()`)
      : whole(called ? `${called}()` : 'a value');
  }
  if (isWritten(frames, place)) return text;
  if (own === '') return isInText && !frame.isPython ? named('a value') : whole('a value');
  if (single.test(own)) return named(own);
  if (many.test(own)) return isInText && !frame.isPython ? named(own) : whole(own);
  return isInText || it?.shape === 'text' || inst.op === 'element' ? named(own) : whole(own);
}

/** A parameter for which all callers pass a text that is written in the program, or a choice of such texts. */
function isWritten(frames: SiteFrames, place: Place): boolean {
  return leavesOf(resolveText(frames, place, place.value, 0)).every(({ kind }) => kind === 'constant');
}

function named(name: string): SiteState {
  return { state: 'bound', because: `it writes single values by name, \`${name}\` among them` };
}

function nameOf(linked: Linked, { func, value }: Place, inst: Inst): string | undefined {
  const info = linked.program.functions[func];
  if (inst.op === 'member') return inst.name;
  if (inst.op === 'effect' || inst.op === 'typed' || inst.op === 'await') {
    const before = instOf(linked, { func, value: inst.value });
    return (
      before && (nameOf(linked, { func, value: inst.value }, before) ?? localOf(linked, { func, value }))
    );
  }
  if (inst.op === 'param') return info?.func.params[inst.index]?.name;
  if (inst.op === 'cell-load') return linked.program.modules[info?.module ?? 0]?.cells[inst.cell]?.name;
  if (inst.op === 'index') {
    const key = instOf(linked, { func, value: inst.key });
    if (key?.op === 'const' && typeof key.value === 'string') return key.value;
  }
  return localOf(linked, { func, value });
}

function localOf(linked: Linked, { func, value }: Place): string | undefined {
  const info = linked.program.functions[func];
  return info && [...localNames(info.func, value)][0];
}
