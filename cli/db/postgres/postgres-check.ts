import type { Place, Weakness } from '../weakness.ts';

export type Row = Readonly<Record<string, unknown>>;

/** What the checks know of the role that is looked at. */
export interface Scene {
  readonly version: number;
  readonly role: string;
  readonly database: string;
  /** Who is to own what the role must not. */
  readonly owner: string;
  /** False where that role is still to be made. */
  readonly ownerExists: boolean;
}

/** One weakness: a query whose rows are its places, read by the role itself. */
export interface PostgresCheck extends Weakness {
  /** One SELECT without a semicolon. Unqualified names are of pg_catalog. */
  readonly query: string;
  /** `admin`: read over --admin-url, or by the role if it may. */
  readonly as?: 'admin';
  /** The first version that has what is asked for. */
  readonly since?: number;
  /** True for what a superuser is told of too: the other checks would name the whole database. */
  readonly superuser?: true;
  readonly place: (row: Row, scene: Scene) => Place;
}

/** In a query with `a` of aclexplode: granted to PUBLIC, to the role, or to one whose rights it has. */
export const reaches = `(a.grantee = 0 or pg_has_role(a.grantee, 'USAGE'))`;

/** The name of a grantee, null for PUBLIC. */
export const granteeName = '(select g.rolname from pg_roles g where g.oid = a.grantee)';

/** The types of a function's arguments as pairs, since their names may be as odd as any. */
export const argumentPairs = `(
  select coalesce(json_agg(json_build_array(tn.nspname, t.typname) order by u.place), '[]')
  from unnest(p.proargtypes) with ordinality u(type, place)
  join pg_type t on t.oid = u.type join pg_namespace tn on tn.oid = t.typnamespace) as arguments`;

export const ownSchemas = `n.nspname <> 'information_schema' and n.nspname !~ '^pg_(catalog$|toast|temp_)'`;
