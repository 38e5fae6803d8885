import { fill } from '../fill.ts';
import type { Dialect, Draft, ProvenCase } from '../firewall-case.ts';
import { numberCases } from '../number-cases.ts';
import { withHeaders } from '../request-strings.ts';
import { type Bodies, byDialect, comments, everywhere, stacked, unions } from './bodies.ts';
import { numberSites, type Site, stringSites } from './sites.ts';

const dialects: readonly Dialect[] = ['postgres', 'mysql', 'sqlite'];

let turn = 0;
/** The next of a list, so that each body meets different sites and ends without a product of all of them. */
function next<T>(list: readonly T[]): T {
  return list[turn++ % list.length] as T;
}

function sitesFor(dialect: Dialect, sites: readonly Site[], kinds: readonly Site['kind'][]): Site[] {
  return sites.filter(({ only, kind }) => (only ?? dialect) === dialect && kinds.includes(kind));
}

function draft(dialect: Dialect, site: Site, value: string, note: string): Draft {
  return {
    dialect,
    text: fill(site.text, value),
    twin: fill(site.text, site.plain),
    inputs: withHeaders(turn, value),
    note,
  };
}

/** The rest of the developer's text stays in force: the value ends with an opening quote, or with a whole expression. */
function balanced(site: Site, body: string): string {
  const quote = site.close[0];
  if (quote === undefined) return `${site.plain} ${body}`;
  return `${site.plain}${quote} ${body} and ${quote}1${quote}=${quote}1`;
}

function* boolean(dialect: Dialect, bodies: readonly string[], name: string): Generator<Draft> {
  const strings = sitesFor(dialect, stringSites, ['select', 'delete', 'update']);
  const numbers = sitesFor(dialect, numberSites, ['select', 'delete', 'update']);
  for (const body of bodies) {
    for (let round = 0; round < 2; round++) {
      const cut = next(strings);
      const value = `${round ? '' : cut.plain}${cut.close} ${body}${next(comments[dialect])}`;
      yield draft(dialect, cut, value, `${name} after a literal, the rest cut off`);
      const whole = next(strings);
      // MySQL would read the attacker's double quotes as ours.
      if (!(whole.close.startsWith('"') && body.includes('"'))) {
        yield draft(dialect, whole, balanced(whole, body), `${name} after a literal, the rest kept`);
      }
    }
    const bare = next(numbers);
    yield draft(dialect, bare, `${bare.plain} ${body}`, `${name} after a number`);
    const cutBare = next(numbers);
    yield draft(
      dialect,
      cutBare,
      `-1${cutBare.close} ${body} ${next(comments[dialect])}`,
      `${name} after a number, cut`,
    );
  }
}

function* union(dialect: Dialect): Generator<Draft> {
  const strings = sitesFor(dialect, stringSites, ['select']);
  const numbers = sitesFor(dialect, numberSites, ['select']);
  for (const body of [...unions.all, ...unions[dialect]]) {
    for (let round = 0; round < 3; round++) {
      const site = next(strings);
      yield draft(
        dialect,
        site,
        `${site.close} ${body} ${next(comments[dialect])}`,
        'a union after a literal',
      );
    }
    const site = next(numbers);
    yield draft(dialect, site, `0${site.close} ${body} ${next(comments[dialect])}`, 'a union after a number');
  }
}

function* stack(dialect: Dialect): Generator<Draft> {
  const strings = sitesFor(dialect, stringSites, ['select', 'delete', 'update']);
  const numbers = sitesFor(dialect, numberSites, ['select', 'delete', 'update']);
  for (const body of [...stacked.all, ...stacked[dialect]]) {
    for (let round = 0; round < 2; round++) {
      const site = next(strings);
      const value = `${round ? site.plain : ''}${site.close}; ${body}${round ? ';' : ''} ${next(comments[dialect])}`;
      yield draft(dialect, site, value, 'a second statement after a literal');
    }
    const site = next(numbers);
    yield draft(
      dialect,
      site,
      `1${site.close};${body} ${next(comments[dialect])}`,
      'a second statement after a number',
    );
  }
}

function* comment(dialect: Dialect): Generator<Draft> {
  for (const site of sitesFor(dialect, stringSites, ['select', 'delete', 'update'])) {
    // Where nothing follows that a comment could cut off, nothing changes.
    if (site.text.endsWith(`{v}${site.close}`)) continue;
    for (const end of comments[dialect]) {
      yield draft(dialect, site, `admin${site.close}${end}`, 'a comment cuts off the rest of the condition');
    }
  }
  for (const end of comments[dialect]) {
    const site = numberSites[1] as Site;
    yield draft(dialect, site, `7 ${end}`, 'a comment after a number');
  }
}

/** Every site and body that books on SQL injection begin with. */
export function classicAttacks(): ProvenCase[] {
  const cases: ProvenCase[] = [];
  const families = new Map<string, Draft[]>();
  const add = (family: string, drafts: Iterable<Draft>) => {
    families.set(family, [...(families.get(family) ?? []), ...drafts]);
  };
  turn = 0;
  for (const dialect of dialects) {
    for (const bodies of [everywhere, byDialect[dialect]] satisfies Bodies[]) {
      for (const [family, list] of Object.entries(bodies)) add(family, boolean(dialect, list, family));
    }
    add('union', union(dialect));
    add('stacked', stack(dialect));
    add('comment', comment(dialect));
  }
  for (const [family, drafts] of families) cases.push(...numberCases(family, true, drafts));
  return cases;
}
