"""Queries put together from values, and queries that are fine."""

from ggan_data.synthesis.template import templates

QUERIES = templates(
    "parameterize-query",
    "CWE-89",
    """
## percent: import sqlite3; $conn = sqlite3.connect('app.db')
$cur = $conn.cursor()
$cur.execute(«"SELECT ⟪*¦$col⟫ FROM $table WHERE $col2 = '%s'" % $v»)
return $cur.fetchall()
## fstring: import sqlite3
$conn = sqlite3.connect('$word.db')
$cur = $conn.cursor()
$cur.execute(«f"SELECT * FROM $table WHERE $col = '{$v}'"»)
$w = $cur.fetchone()
$conn.close()
return $w
## format: import sqlite3; $conn = sqlite3.connect('app.db')
$q = «"SELECT $col, $col2 FROM $table WHERE $col = '{}'".format($v)»
$cur = $conn.cursor()
$cur.execute($q)
return $cur.fetchall()
## plus: import sqlite3; $conn = sqlite3.connect('app.db')
$q = «"DELETE FROM $table WHERE $col = '" + $v + "'"»
$conn.execute($q)
$conn.commit()
## insert: import sqlite3; $conn = sqlite3.connect('app.db')
$cur = $conn.cursor()
$cur.execute(«f"INSERT INTO $table ($col, $col2) VALUES ('{$v}', '{$v2}')"»)
$conn.commit()
## update-percent: import psycopg2; $conn = psycopg2.connect(host='$server')
with $conn.cursor() as $cur:
    $cur.execute(«"UPDATE $table SET $col = '%s' WHERE $col2 = '%s'" % ($v, $v2)»)
$conn.commit()
## mysql-plus: import MySQLdb; $conn = MySQLdb.connect('localhost', 'app')
$cur = $conn.cursor()
$q = «"SELECT * FROM $table WHERE $col = '" + $v + "' AND $col2 = '" + $v2 + "'"»
$cur.execute($q)
$w = $cur.fetchall()
return $w
## pymysql-format: import pymysql; $conn = pymysql.connect(host='$server')
with $conn.cursor() as $cur:
    $q = «"UPDATE $table SET $col='{0}' WHERE $col2='{1}'".format($v, $v2)»
    $cur.execute($q)
## two-clauses: import sqlite3; $conn = sqlite3.connect('app.db')
$cur = $conn.cursor()
$q = «f"SELECT $col FROM $table WHERE $col = '{$v}' AND $col2 = '{$v2}' LIMIT $num"»
for row in $cur.execute($q):
    print(row[0])
## self-db: import sqlite3; $conn = sqlite3.connect('app.db', check_same_thread=False)
try:
    $cur = $conn.cursor()
    $cur.execute(«"SELECT count(*) FROM $table WHERE $col = '" + $v + "'"»)
    return $cur.fetchone()[0]
except sqlite3.Error:
    return 0
## like-percent: import sqlite3; $conn = sqlite3.connect('app.db')
$w = []
for row in $conn.execute(«"SELECT $col FROM $table WHERE $col2 LIKE '%s' ORDER BY $col" % $v»):
    $w.append(row)
return $w
## number: import psycopg2; $conn = psycopg2.connect(dbname='$word')
$cur = $conn.cursor()
$cur.execute(«"SELECT * FROM $table WHERE $col = %s" % $v»)
return $cur.fetchall()
## held-replace: import sqlite3; $conn = sqlite3.connect('store.db')
$q = «"REPLACE INTO $table ($col, $col2) VALUES ('%s', '%s')" % ($v, $v2)»
$conn.execute($q)
$conn.commit()
return True
## held-multiline: import sqlite3; $conn = sqlite3.connect('store.db')
$cur = $conn.cursor()
$cur.execute(
    «f"SELECT $col, $col2 FROM $table "
    f"WHERE $col = '{$v}' ORDER BY $col2"»
)
return $cur.fetchall()
## held-format-delete: import psycopg2; $conn = psycopg2.connect(dbname='store')
$cur = $conn.cursor()
$cur.execute(«"DELETE FROM $table WHERE $col = '{}'".format($v)»)
$conn.commit()
## safe bound: import sqlite3; $conn = sqlite3.connect('app.db')
$cur = $conn.cursor()
«$cur.execute("SELECT * FROM $table WHERE $col = ?", ($v,))»
return $cur.fetchall()
## safe bound-percent: import psycopg2; $conn = psycopg2.connect(host='$server')
$cur = $conn.cursor()
$q = "UPDATE $table SET $col = %s WHERE $col2 = %s"
«$cur.execute($q, ($v, $v2))»
$conn.commit()
## safe constant: import sqlite3; TABLES = ('$table', '$table2'); $conn = sqlite3.connect('app.db')
$cur = $conn.cursor()
for table in TABLES:
    $cur.execute(«"SELECT $col FROM " + table»)
    print([row for row in $cur if row[0] == $v])
## safe allowed: import sqlite3; COLUMNS = ('$col', '$col2'); $conn = sqlite3.connect('app.db')
if $v not in COLUMNS:
    raise ValueError('no such column')
return $conn.execute(«f"SELECT * FROM $table ORDER BY {$v}"»).fetchall()
## safe logged: import logging
logging.info(«"select from $table where $col is %s" % $v»)
return {'$col': $v}
## safe named: import sqlite3; $conn = sqlite3.connect('app.db')
$q = "INSERT INTO $table ($col, $col2) VALUES (:a, :b)"
«$conn.execute($q, {'a': $v, 'b': $v2})»
$conn.commit()
## safe held-bound-many: import MySQLdb; $conn = MySQLdb.connect('localhost', 'store')
$cur = $conn.cursor()
«$cur.execute("DELETE FROM $table WHERE $col = %s AND $col2 = %s", ($v, $v2))»
return $cur.rowcount
## safe held-constant: import sqlite3; TABLES = {'new': '$table'}; $conn = sqlite3.connect('store.db')
$w = $conn.execute(«f"SELECT $col FROM {TABLES[$v]}"»).fetchall()
return [row for row in $w if row]
## safe held-message:
raise LookupError(«f"nothing to select from $table where $col is {$v}"»)
""",
    held_out="held-replace held-multiline held-format-delete held-bound-many held-constant held-message",
)
