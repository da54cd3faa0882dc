import type { Db } from "@/server/db/client";

/**
 * Remembers a prepared statement for each database client: building a query costs more than running it where the
 * query is small, and PostgreSQL plans a named statement once a connection.
 */
export function prepared<Statement>(build: (db: Db) => Statement): (db: Db) => Statement {
  const statements = new WeakMap<Db, Statement>();
  return (db) => {
    const known = statements.get(db);
    if (known) return known;
    const made = build(db);
    statements.set(db, made);
    return made;
  };
}
