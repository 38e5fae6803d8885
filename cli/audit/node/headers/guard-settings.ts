import { majorVersion } from '../app/dependency-version.ts';
import { evidenceAt, evidenceOf } from '../app/evidence.ts';
import type { NodeApplication } from '../app/node-application.ts';
import type { Evaluator } from '../read/evaluate.ts';
import { literal, truth, type Value, whyUnknown } from '../read/value.ts';
import type { Guard } from '../server/guards.ts';
import { bulwarkState } from './bulwark-state.ts';
import { ownHeaderWrites } from './header-writes.ts';
import { helmetPolicy, sourceOf, written } from './helmet-policy.ts';
import type { HeaderName, Setting } from './setting.ts';

type State = Setting['state'];

const optionNames: Readonly<Record<HeaderName, readonly string[]>> = {
  'content-security-policy': ['contentSecurityPolicy'],
  'strict-transport-security': ['strictTransportSecurity', 'hsts'],
  'x-powered-by': ['xPoweredBy', 'hidePoweredBy'],
};

/** What a middleware or plugin does to a header; nothing if it leaves it alone. */
export function guardSettings(
  guard: Guard,
  header: HeaderName,
  application: NodeApplication,
): readonly Setting[] {
  const { file, node, covers, value } = guard;
  const evidence = evidenceAt(file, node);
  if (value.kind === 'function') {
    return ownHeaderWrites(value.file, value.node, header, application.evaluator).map((one) => ({
      ...one,
      covers: covers === 'all' ? one.covers : covers,
    }));
  }
  const found = stateOf(guard, header, application);
  if (found === undefined) return [];
  const own = found.option?.spot ? [evidenceOf(found.option, file, node)] : [];
  return [{ state: found.state, covers, evidence: [evidence, ...own] }];
}

interface Found {
  readonly state: State;
  readonly option?: Value;
}

function stateOf(guard: Guard, header: HeaderName, application: NodeApplication): Found | undefined {
  const { evaluator } = application;
  const called = guard.path.join('.');
  switch (guard.package) {
    case 'bulwark':
      return /^\/(?:express|fastify|hono|koa|nest)\.bulwark$/.test(called)
        ? bulwarkState(guard.options, header, evaluator)
        : undefined;
    case 'helmet':
    case 'koa-helmet':
    case '@fastify/helmet':
    case 'fastify-helmet':
      return ofHelmet(guard, header, application);
    case 'helmet-csp':
      return header === 'content-security-policy'
        ? { state: helmetPolicy(guard.options, 8, evaluator), option: guard.options }
        : undefined;
    case 'hsts':
      return header === 'strict-transport-security'
        ? { state: helmetAge(guard.options, 8), option: guard.options }
        : undefined;
    case 'hide-powered-by':
      return header === 'x-powered-by' ? { state: { kind: 'off', how: 'is removed' } } : undefined;
    case 'hono':
      return called === '/secure-headers.secureHeaders'
        ? ofHono(guard.options, header, application)
        : undefined;
    case 'lusca':
      return ofLusca(called, guard.options, header, evaluator);
    default:
      return undefined;
  }
}

/** It sends only what its options name. */
function ofLusca(
  called: string,
  options: Value,
  header: HeaderName,
  { member }: Evaluator,
): Found | undefined {
  if (header === 'x-powered-by') return undefined;
  const name = header === 'content-security-policy' ? 'csp' : 'hsts';
  const isNamed = called === '' && truth(member(options, name)) !== false;
  const why = 'lusca sets it, whose options are not read';
  return called === name || isNamed ? { state: { kind: 'unknown', why } } : undefined;
}

function ofHelmet(
  { package: name = '', path, options }: Guard,
  header: HeaderName,
  application: NodeApplication,
): Found | undefined {
  const { evaluator } = application;
  const major = helmetMajor(name, application);
  const names = optionNames[header];
  const part = path.filter((one) => one !== 'helmet').at(-1);
  if (part !== undefined) {
    return names.includes(part)
      ? { state: helmetState(header, options, major, application), option: options }
      : undefined;
  }
  if (options.kind !== 'object' && options.kind !== 'literal') {
    return { state: { kind: 'unknown', why: whyUnknown(options) }, option: options };
  }
  const given = names.map((one) => evaluator.member(options, one));
  const option =
    given.find((one) => !(one.kind === 'literal' && one.value === undefined)) ?? literal(undefined);
  return { state: helmetState(header, option, major, application), option };
}

function helmetState(
  header: HeaderName,
  option: Value,
  major: number | undefined,
  { evaluator }: NodeApplication,
): State {
  if (header === 'content-security-policy') return helmetPolicy(option, major, evaluator);
  if (header === 'strict-transport-security') return helmetAge(option, major);
  const isOn = option.kind === 'literal' && option.value === undefined ? true : truth(option);
  if (isOn === undefined) return { kind: 'unknown', why: whyUnknown(option) };
  return isOn ? { kind: 'off', how: 'is removed' } : { kind: 'unknown', why: 'helmet leaves it as it is' };
}

/** koa-helmet 6 and fastify-helmet 5 are the first with helmet 4; @fastify/helmet always has a later one. */
function helmetMajor(name: string, application: NodeApplication): number | undefined {
  const major = majorVersion(application, name);
  if (name === '@fastify/helmet') return 8;
  if (name === 'helmet' || major === undefined) return major;
  if (name === 'koa-helmet') return major >= 6 ? 5 : 3;
  return major >= 5 ? 5 : 3;
}

/** helmet 3 to 7 sends 180 days, 8 a year; older ones a day. */
function helmetAge(option: Value, major: number | undefined): State {
  if (option.kind === 'literal') {
    if (option.value === false) return { kind: 'off', how: 'is switched off' };
    if (major === undefined || major < 3)
      return { kind: 'unknown', why: 'the default of this version of helmet is not known' };
    return { kind: 'value', text: `max-age=${major >= 8 ? 31_536_000 : 15_552_000}` };
  }
  if (option.kind !== 'object') return { kind: 'unknown', why: whyUnknown(option) };
  const age = option.fields.get('maxAge') ?? (option.isOpen ? undefined : literal(undefined));
  if (age?.kind === 'literal' && age.value === undefined) return helmetAge(literal(undefined), major);
  if (age?.kind === 'literal') return { kind: 'value', text: `max-age=${String(age.value)}` };
  return { kind: 'unknown', why: age === undefined ? 'its options are computed' : whyUnknown(age) };
}

/** secureHeaders of Hono 4: no policy by default, and 180 days. */
function ofHono(options: Value, header: HeaderName, { evaluator }: NodeApplication): Found {
  if (options.kind !== 'object' && options.kind !== 'literal')
    return { state: { kind: 'unknown', why: whyUnknown(options) } };
  if (header === 'strict-transport-security') {
    const option = evaluator.member(options, 'strictTransportSecurity');
    if (option.kind !== 'literal') return { state: { kind: 'unknown', why: whyUnknown(option) }, option };
    if (option.value === false) return { state: { kind: 'off', how: 'is switched off' }, option };
    return {
      state: { kind: 'value', text: typeof option.value === 'string' ? option.value : 'max-age=15552000' },
      option,
    };
  }
  if (header === 'x-powered-by') return { state: { kind: 'off', how: 'is removed' } };
  const option = evaluator.member(options, 'contentSecurityPolicy');
  if (option.kind === 'literal' && !option.value)
    return {
      state: { kind: 'off', how: 'is not sent by secureHeaders() without the option contentSecurityPolicy' },
      option,
    };
  if (option.kind !== 'object' || option.isOpen)
    return { state: { kind: 'unknown', why: whyUnknown(option) }, option };
  const directives = [...option.fields].map(([key, value]) => {
    const items = value.kind === 'array' ? value.items : [value];
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return [
      name,
      items.map((item) => (isNonce(item) ? "'nonce-\0'" : sourceOf(item, evaluator))).join(' '),
    ] as const;
  });
  return { state: { kind: 'value', text: written(new Map(directives)) }, option };
}

function isNonce(value: Value): boolean {
  return value.kind === 'package' && value.name === 'hono' && value.path.at(-1) === 'NONCE';
}
