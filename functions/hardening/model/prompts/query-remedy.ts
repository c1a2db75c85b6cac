import { importedNames } from './imported-names.ts';
import { operatorPatterns } from './operator-patterns.ts';
import type { Remedy } from './remedy.ts';

/** In two lines, as queries mostly are: from one line a model does not learn that the values go to the second. */
const BEFORE = `query = "SELECT * FROM users WHERE name = '" + name + "'"\ndb.execute(query)`;

/** How drivers want their parameters, by what is imported: PEP 249's `paramstyle`, or what the driver takes as well. */
const STYLES: readonly { style: string; after: string; packages: ReadonlySet<string> }[] = [
  {
    style: '? for each value, without quotes around it',
    after: 'query = "SELECT * FROM users WHERE name = ?"\ndb.execute(query, (name,))',
    packages: new Set(['sqlite3', 'aiosqlite', 'pyodbc', 'duckdb', 'mariadb']),
  },
  {
    style: '%s for each value, without quotes around it',
    after: 'query = "SELECT * FROM users WHERE name = %s"\ndb.execute(query, (name,))',
    packages: new Set(
      'MySQLdb pymysql mysql aiomysql flask_mysqldb flaskext psycopg psycopg2 aiopg pg8000 pymssql django'.split(
        ' ',
      ),
    ),
  },
  {
    style: ':name for each value, without quotes around it',
    after: 'query = text("SELECT * FROM users WHERE name = :name")\ndb.execute(query, {"name": name})',
    packages: new Set(['sqlalchemy', 'flask_sqlalchemy']),
  },
];

/** What to do about a query: in the style of the one driver that the program imports, else as the operator says. */
export function queryRemedy(imports: readonly string[]): Remedy {
  const roots = new Set(importedNames(imports).map(({ root }) => root));
  const [only, ...others] = STYLES.filter(({ packages }) => [...roots].some((root) => packages.has(root)));
  if (!only || others.length > 0) return operatorPatterns['parameterize-query'];
  return {
    requirement: `Pass every value as a query parameter (${only.style}) and keep the rest of the query's text; choose names of tables and columns from a fixed set.`,
    pattern: [BEFORE, only.after],
  };
}
