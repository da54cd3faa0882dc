import pg from "pg";

const name = "helvetia";

/**
 * The instance's role and database of the embedded server. The role is no superuser: SQL that goes wrong in the
 * application must not read the machine's files (pg_read_file) or start programs (COPY ... PROGRAM).
 */
export async function ensureDatabase(superuserUrl: string, password: string): Promise<string> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const role = await client.query("select from pg_roles where rolname = $1", [name]);
    if (!role.rowCount) await client.query(`create role ${name} login password ${client.escapeLiteral(password)}`);
    const database = await client.query("select from pg_database where datname = $1", [name]);
    if (!database.rowCount) await client.query(`create database ${name} owner ${name}`);
    return name;
  } finally {
    await client.end();
  }
}
