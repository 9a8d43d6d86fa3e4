/**
 * SQLite's FTS5 the way that ToolHive's optimizer uses it when no embedding service is configured: porter
 * stems, names and descriptions weighing the same, words that tell nothing left out, the others quoted and
 * joined by OR, the best rank first, within the names that the session may see. The join is a CROSS JOIN so
 * that SQLite asks the index first: left to choose, it goes through the names. Needs Node 22.
 */
import type { Engine } from './engine.js';

/** ToolHive's 23 words that tell nothing of a tool. */
const NOISE = new Set(
  (
    'name description schema input output type properties required title id tool server meta data content ' +
    'text value field column table index key primary'
  ).split(' '),
);

/** What is used of `node:sqlite`, which the types of our oldest Node do not know. */
interface Sqlite {
  readonly DatabaseSync: new (path: string) => Database;
}

interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
}

interface Statement {
  run(...values: readonly string[]): unknown;
  all(...values: readonly (string | number)[]): unknown[];
}

/** One database in memory over all lists; each list puts all its tools in again. */
export function createFts5(): Engine {
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite') as Sqlite;
  const database = new DatabaseSync(':memory:');
  database.exec(`
    CREATE TABLE tools (name TEXT PRIMARY KEY, description TEXT NOT NULL);
    CREATE VIRTUAL TABLE words USING fts5(name, description, content=tools, tokenize='porter');
    CREATE TRIGGER added AFTER INSERT ON tools BEGIN
      INSERT INTO words (rowid, name, description) VALUES (new.rowid, new.name, new.description);
    END;
    CREATE TRIGGER removed AFTER DELETE ON tools BEGIN
      INSERT INTO words (words, rowid, name, description) VALUES ('delete', old.rowid, old.name, old.description);
    END;`);
  const remove = database.prepare('DELETE FROM tools WHERE name = ?');
  const add = database.prepare('INSERT INTO tools (name, description) VALUES (?, ?)');
  const find = database.prepare(`
    SELECT tools.name FROM words CROSS JOIN tools ON tools.rowid = words.rowid
    WHERE words MATCH ? AND tools.name IN (SELECT value FROM json_each(?)) ORDER BY rank LIMIT ?`);
  return {
    index(tools) {
      database.exec('BEGIN');
      for (const { name, description = '' } of tools) {
        remove.run(name);
        add.run(name, description);
      }
      database.exec('COMMIT');
      const names = JSON.stringify(tools.map(({ name }) => name));
      return (query, limit) => {
        const match = matchOf(query);
        return match === '' ? [] : find.all(match, names, limit).map((row) => (row as { name: string }).name);
      };
    },
  };
}

function matchOf(query: string): string {
  const words = new Map(
    query
      .split(/\s+/u)
      .filter((word) => word !== '' && !NOISE.has(word.toLowerCase()))
      .map((word) => [word.toLowerCase(), word]),
  );
  return [...words.values()].map((word) => `"${word.replaceAll('"', '""')}"`).join(' OR ');
}
