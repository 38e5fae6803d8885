import { preparedName } from '../render/prepared-name.ts';
import type { Statement } from '../render/render.ts';
import type { SqliteEngine, SqliteStatement } from './sqlite-engine.ts';

/** Each holds some kilobytes of the connection's memory. */
const mostStatements = 256;

/** The compiled statements of one connection: of each text one, those used last. */
export interface SqliteStatements {
  of(statement: Statement): SqliteStatement;
  clear(): void;
}

export function sqliteStatements(engine: Pick<SqliteEngine, 'prepare' | 'mayKeep'>): SqliteStatements {
  const kept = new Map<string, SqliteStatement>();
  return {
    of(statement) {
      const { text } = statement;
      const known = kept.get(text);
      if (known) {
        // The last in order is the one that was used last.
        kept.delete(text);
        kept.set(text, known);
        return known;
      }
      const compiled = engine.prepare(text);
      // Texts that a client varies would push out all others.
      if (!engine.mayKeep(text) || preparedName(statement) === undefined) return compiled;
      if (kept.size >= mostStatements) kept.delete(kept.keys().next().value as string);
      kept.set(text, compiled);
      return compiled;
    },
    clear() {
      kept.clear();
    },
  };
}
