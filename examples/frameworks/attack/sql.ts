import { sqlPayloads } from 'bulwark/testing';
import { ticketsOf } from './forms.ts';
import { type Outcome, tryEach } from './outcome.ts';
import { Person, people } from './person.ts';

/** Conditions about a table that no page reads. If the answer depends on them, the input reached the statement. */
const isTrue = '(select count(*) from secrets) > 0';
const isFalse = '(select count(*) from secrets) < 0';

/** How a value may stand in a statement: with and without quotes, wildcards and brackets. */
const openings = ["zzqq%'", "zzqq%')", "zzqq'", "zzqq')", "zzqq%'))", 'zzqq"'];

export async function attackSql(base: string, bob: Person): Promise<Outcome[]> {
  const shown = async (path: string): Promise<string> => {
    const { status, text } = await bob.get(path);
    return `${status} ${path.startsWith('/api') ? apiIds(text) : ticketsOf(text)}`;
  };
  /** Two conditions, two answers, and the first answer again. */
  const tells = (path: (condition: string) => string) => async (): Promise<string | undefined> => {
    const yes = await shown(path(isTrue));
    const no = await shown(path(isFalse));
    if (yes === no || yes !== (await shown(path(isTrue)))) return undefined;
    return `answers questions about another table: ${path(isTrue)}`;
  };
  const search = (at: string): ((opening: string) => Promise<string | undefined>) => {
    return (opening) =>
      tells((condition) => `${at}${encodeURIComponent(`${opening} or ${condition} -- `)}`)();
  };
  await bob.writeTicket('wordinatitle', 'x');
  if (ticketsOf((await bob.get('/?q=dinatit')).text).length !== 1) {
    throw new Error('This test proves nothing: the search does not find the one ticket that holds a word.');
  }
  const [id = '1'] = ticketsOf((await bob.get('/')).text);

  return [
    await tryEach('SQL injection', 'GET /?q=', openings, search('/?q=')),
    await tryEach('SQL injection', 'GET /api/tickets?q=', openings, search('/api/tickets?q=')),
    await tryEach('SQL injection', 'GET /?q= (corpus)', matching, async ({ payload }) => {
      const found = ticketsOf(
        (await bob.get(`/?q=${encodeURIComponent(`zzqq${payload.toWellFormed()}`)}`)).text,
      );
      return found.length === 0 ? undefined : `${payload} found ${found.length} tickets that do not hold it`;
    }),
    await tryEach('SQL injection', 'GET /?sort=', ['', 'title, '], (start) => {
      const dividing = (condition: string): string =>
        `${start}1/(select count(*) from secrets where ${condition})`;
      return tells((condition) => `/?sort=${encodeURIComponent(dividing(condition))}`)();
    }),
    await tryEach('SQL injection', 'GET /tickets/ID', [`${id} and `, `${id}' and `], (start) =>
      tells((condition) => {
        const end = start.includes("'") ? ' -- ' : '';
        return `/tickets/${encodeURIComponent(`${start}${condition}${end}`)}`;
      })(),
    ),
    await tryEach('SQL injection', 'POST /login', ["'", "')"], async (end) => {
      const enters = async (condition: string): Promise<boolean> => {
        const person = new Person(base);
        const email = `${people.bob.email}${end} and ${condition} -- `;
        await person.logIn({ email, password: people.bob.password });
        return await person.isLoggedIn();
      };
      const lost = (await enters(isTrue)) && !(await enters(isFalse));
      return lost ? 'lets bob in only if the condition about another table is true' : undefined;
    }),
    await tryEach('SQL injection', 'a payload that breaks the statement', everywhere(id), async (path) => {
      const { status } = await bob.get(path);
      return status === 500 ? `500 for ${path}` : undefined;
    }),
  ];
}

/** Payloads that would find rows although no ticket contains the word before them. */
const matching = sqlPayloads.filter(({ kind }) => kind !== 'time');

function everywhere(id: string): string[] {
  const payloads = sqlPayloads
    .filter(({ kind }) => kind !== 'time')
    .map(({ payload }) => payload.toWellFormed());
  return payloads.flatMap((payload) => {
    const value = encodeURIComponent(payload);
    return [`/tickets/${id}${value}`, `/?sort=${value}`, `/api/tickets?q=${value}`];
  });
}

function apiIds(text: string): string {
  return [...text.matchAll(/"id":\s*"?([\w-]+)/g)].map(([, id]) => id).join();
}
