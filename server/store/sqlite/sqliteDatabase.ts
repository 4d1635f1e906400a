import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { storableParameter } from '../text.ts';

/** Compiled statements kept per connection. The engine has some 150 texts; bulk statements of odd sizes come and go. */
const CACHED_STATEMENTS = 300;

/** What Kysely's SQLite dialect needs of a driver, over node:sqlite. Statements are compiled once per text. */
export function createSqliteDatabase(database: DatabaseSync): SqliteDatabase {
  const cache = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = cache.get(sql) ?? wrap(database.prepare(sql));
      // Taken out and put back, so that the first key is always the one not used for longest.
      cache.delete(sql);
      cache.set(sql, statement);
      if (cache.size > CACHED_STATEMENTS) {
        cache.delete(cache.keys().next().value ?? sql);
      }
      return statement;
    },
  };
}

/** Kysely hands over what the repositories gave it: text, numbers and null. */
const bindable = (parameters: readonly unknown[]): SQLInputValue[] =>
  parameters.map(storableParameter) as SQLInputValue[];

function wrap(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bindable(parameters)),
    run: (parameters) => statement.run(...bindable(parameters)),
    iterate: (parameters) => statement.iterate(...bindable(parameters)),
  };
}
