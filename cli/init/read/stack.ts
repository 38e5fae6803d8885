import type { Manifest } from './manifest.ts';

/** A library of the project that a guard of Bulwark goes with. */
export interface Library {
  readonly name: string;
  readonly kind: 'driver' | 'ORM' | 'template engine';
  /** What to use with it, as a sentence. */
  readonly advice: string;
}

const byDatabase = (path: string): string =>
  `\`database()\` of bulwark/sql/${path} sends only statements of the sql tag.`;
const byTag = (path: string): string => `bulwark/sql/${path} passes statements of the sql tag to it.`;
const escaped = 'Its `escape` can be the one of bulwark/html, and its pages can use the nonce.';

const libraries: readonly (readonly [string, Library['kind'], string])[] = [
  ['pg', 'driver', byDatabase('pg')],
  ['postgres', 'driver', byDatabase('postgres')],
  ['mysql2', 'driver', byDatabase('mysql2')],
  ['better-sqlite3', 'driver', byDatabase('better-sqlite3')],
  ['@electric-sql/pglite', 'driver', byDatabase('pglite')],
  ['@prisma/client', 'ORM', byTag('prisma')],
  ['drizzle-orm', 'ORM', byTag('drizzle')],
  ['typeorm', 'ORM', byTag('typeorm')],
  ['sequelize', 'ORM', byTag('sequelize')],
  ['knex', 'ORM', byTag('knex')],
  ['kysely', 'ORM', byTag('kysely')],
  ['mongoose', 'ORM', 'Bulwark has no guard for it, but `bulwark scan` reports query injection.'],
  ['ejs', 'template engine', escaped],
  ['pug', 'template engine', 'Its pages can use the nonce.'],
  ['jade', 'template engine', 'Its pages can use the nonce.'],
  ['hbs', 'template engine', escaped],
  ['handlebars', 'template engine', escaped],
  ['express-handlebars', 'template engine', escaped],
  ['nunjucks', 'template engine', escaped],
  ['eta', 'template engine', escaped],
];

export function librariesOf({ dependencies }: Manifest): Library[] {
  return libraries
    .filter(([name]) => dependencies.has(name))
    .map(([name, kind, advice]) => ({ name, kind, advice }));
}
