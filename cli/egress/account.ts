import { type Given, Mistake, wrong } from './mistake.ts';

/** Whose packets the rules are for. A socket belongs to the user and the primary group that its maker had. */
export interface Account {
  readonly kind: 'user' | 'group';
  /** A name of the machine that loads the rules, or a number. */
  readonly id: string;
}

/** What `useradd` of Debian takes, and nothing that a shell or a filter could read as more than a name. */
const name = /^[a-z_][a-z0-9_-]{0,31}$/;
/** The last number but one: (uid_t) -1 is no account. */
const last = 4_294_967_294;

/** @throws {Mistake} `egress/account` */
export function parseAccount(kind: Account['kind'], given: Given): Account {
  const { value } = given;
  const isNumber = /^(?:0|[1-9][0-9]{0,9})$/.test(value) && Number(value) <= last;
  if (!isNumber && !name.test(value)) {
    throw wrong(
      'egress/account',
      given,
      `is not the name or number of a ${kind}`,
      'Root loads the file with this value, and a range or a list would mean something else there.',
      `Give one name (lower-case letters, digits, _ and -, at most 32 characters) or one number of the ${kind}.`,
    );
  }
  if (value === '0' || value === 'root') {
    throw wrong(
      'egress/account',
      given,
      'is root',
      'Root can remove the rules, and much of the system would be cut off with the application.',
      `Run the application as a separate ${kind}.`,
    );
  }
  return { kind, id: value };
}

/** The gateway dials out, so that the rules must not be for the account that it runs as. @throws {Mistake} */
export function requireOtherAccount(app: Account, gateway: Account): void {
  if (app.id === gateway.id) {
    throw new Mistake(
      'egress/account',
      `The application and the gateway are the same ${app.kind}.`,
      'The gateway would be cut off with the application, or the application would be as open as the gateway.',
      `Run the gateway as a separate ${app.kind}.`,
    );
  }
  if (/^[0-9]/.test(app.id) !== /^[0-9]/.test(gateway.id)) {
    throw new Mistake(
      'egress/account',
      `One ${app.kind} is given as a name and the other as a number.`,
      'They may be the same account, which cannot be checked here.',
      'Give both as names, or both as numbers.',
    );
  }
}
