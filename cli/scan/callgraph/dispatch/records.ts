import type { Linker } from '../linker.ts';

/** Methods of a class that give instances of it: of Sequelize, TypeORM, Objection, peewee. */
const finders: ReadonlySet<string> = new Set([
  'findByPk',
  'findOne',
  'findAll',
  'findOneBy',
  'findOneByOrFail',
  'findBy',
  'findById',
  'get_by_id',
  // Of a named tuple.
  '_make',
  'get_or_none',
]);

/** Functions and methods that are given a class, or a statement, and give its records. */
const running: ReadonlySet<string> = new Set(['scalars', 'scalar', 'execute', 'exec', 'stream_scalars']);
const asking: ReadonlySet<string> = new Set([
  ...running,
  'get',
  'query',
  'select',
  'get_or_404',
  'get_one',
  'get_object_or_404',
  'get_list_or_404',
  'getRepository',
]);

/** Names of methods that give records. */
export const recordMethods: ReadonlySet<string> = new Set([...finders, ...asking]);

/** Functions that give what they are given with other fields. */
const copying: ReadonlySet<string> = new Set(['replace', 'evolve']);

/** Records that a mapper finds are instances of the class that is asked, or asked for. */
export function findRecords(
  linker: Linker,
  name: string,
  receiver: number | undefined,
  args: readonly number[],
  node: number,
): void {
  const [first] = args;
  // `User.findByPk(id)`, `session.get(User, id)`, `select(User)`, `session.scalars(select(User))`
  if (receiver !== undefined && finders.has(name)) recordsInto(linker, receiver, node);
  // `replace(entry, given=x)` of data classes and attrs, imported by its name.
  if (receiver === undefined && first !== undefined && copying.has(name)) linker.graph.edge(first, node);
  if (first === undefined || !asking.has(name)) return;
  recordsInto(linker, first, node);
  if (!running.has(name)) return;
  linker.graph.listen(first, (token) => {
    if (linker.tokens.get(token).kind === 'instance') linker.graph.add(node, token);
  });
}

/** Instances of the project's own classes: of which library they are, its models say. */
function recordsInto({ graph, tokens }: Linker, classes: number, node: number): void {
  graph.listen(classes, (token) => {
    const { kind, ref } = tokens.get(token);
    if (kind === 'class') graph.add(node, tokens.of('instance', ref));
  });
}
