import { readFileSync } from 'node:fs';
import { hashPassword } from '../undefended/password.ts';

export const admin = {
  email: 'admin@example.com',
  password: 'correct horse battery staple',
  name: 'Ada Admin',
};

const people = [
  [admin.email, admin.name, 'Keeps the books.', 'https://example.com/ada', admin.password],
  [
    'grainne@example.com',
    'Grainne O\u2019Brien',
    'Splices rope & mends sails.',
    'https://example.com/grainne',
    'sheet bend',
  ],
  ["o'neill@example.com", "Shane O'Neill", 'Rows to work.', 'https://example.com/shane', 'bowline'],
  [
    'bjork@example.com',
    'Bj\u00f6rk J\u00f3nsd\u00f3ttir',
    'Likes 50% off.',
    'https://example.com/bjork',
    'clove hitch',
  ],
] as const;

const products = [
  ['Anchor, 8 kg', 'anchors', '89.00', true],
  ["O'Brien's sea boots", 'clothing', '119.50', true],
  ['Rope, 12 mm', 'ropes', '2.40', true],
  ['Rope, 16 mm "Ultra"', 'ropes', '3.90', true],
  ['Storm sail (50% heavier)', 'sails', '640.00', true],
  ['Drop-in keel bolt', 'hardware', '14.20', true],
  ['Select grade varnish', 'paint', '31.00', true],
  ['Union hand pump', 'hardware', '57.75', true],
  ['Tar & oakum kit', 'paint', '22.10', true],
  ['Caf\u00e9 table for the cockpit', 'furniture', '75.00', true],
  ['Prototype folding keel', 'hardware', '9999.00', false],
] as const;

const comments = [
  ['Grainne', '<p>The <b>16 mm</b> rope is <i>lovely</i>.</p>'],
  ["Shane O'Neill", '<p>See <a href="https://example.com/boots">these boots</a>, they&#39;re dry.</p>'],
] as const;

/** The same passwords as bulwark/password stored them. */
const argon2 = [
  '$argon2id$v=19$m=19456,t=2,p=1$20XVLWhseghtAtD86kC5Wg$LIhADdbWe2BD3dyVKdQ8ZDWM807kd+buNpH6jaW/ymM',
  '$argon2id$v=19$m=19456,t=2,p=1$orhr6dP2832CDCWFWprI0A$qaOuU6eOpU4bfW8y0S8pS8/CL+7HegAcDzJfBr/yx8o',
  '$argon2id$v=19$m=19456,t=2,p=1$H2ZcZ0e9QgEEgAxjNqZpjQ$odshgIS7qtMmIi30tpbzklYqy6YPd7Kc9jOX5jMU9cQ',
  '$argon2id$v=19$m=19456,t=2,p=1$95uaCxXFQcRmOCw9woqVmA$xkaAxhcy0FGOSSssH3JEbWZtP35qosNwe9NYrQzXRAU',
] as const;

/** What only the database knows: shown by an application, it was leaked. */
export interface Markers {
  readonly passwords: readonly string[];
  readonly unpublished: string;
  /** How many users and comments there are before anybody adds one. */
  readonly users: number;
  readonly comments: number;
}

/**
 * The statements that make the tables anew and fill them, and what to look for in answers.
 *
 * @param side whose way to hash passwords it is
 */
export function seed(side: 'undefended' | 'defended'): {
  readonly statements: string;
  readonly markers: Markers;
} {
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const hashes = side === 'defended' ? argon2 : people.map(([, , , , password]) => hashPassword(password));
  const values = (rows: readonly (readonly (string | boolean)[])[]): string =>
    rows
      .map((row) => `(${row.map((v) => (typeof v === 'boolean' ? String(v) : quoted(v))).join(', ')})`)
      .join(',\n');
  const statements = [
    readFileSync(new URL('../schema.sql', import.meta.url), 'utf8'),
    `insert into users (email, name, bio, website, password) values
${values(people.map(([email, name, bio, website], i) => [email, name, bio, website, hashes[i] ?? '']))};`,
    `insert into products (name, category, price, published) values\n${values(products)};`,
    `insert into comments (author, content) values\n${values(comments)};`,
    `insert into orders (product_id, month, quantity)
     select id, '2026-0' || (1 + id % 3), id * 2 from products where published;`,
  ].join('\n');
  return {
    statements,
    markers: {
      passwords: [...hashes],
      unpublished: 'Prototype folding keel',
      users: people.length,
      comments: comments.length,
    },
  };
}
