// Does convert's work with DuckDB: node convert_duckdb.mjs FILE.csv OUT.parquet THREADS WAY [COLUMN…]
//   dedupe: the first row per (ts_event, publisher_id), sorted by ts_recv, as zstd Parquet
//   keep:   all rows, sorted by ts_recv, as zstd Parquet (what convert does)
// It needs `npm install @duckdb/node-api` in a folder above, or NODE_PATH.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
const require = createRequire(path.join(process.env.DUCKDB_HOME ?? process.cwd(), 'package.json'));
const { DuckDBInstance } = require('@duckdb/node-api');

const [csv, out, threads, way] = process.argv.slice(2);
const columns = 'ts_recv,ts_event,publisher_id,action,side,flags,size,price,bid_px_00,ask_px_00,bid_sz_00,ask_sz_00,symbol';
const dedupe = way === 'dedupe' ? 'QUALIFY row_number() OVER (PARTITION BY ts_event, publisher_id ORDER BY ts_recv) = 1' : '';
const connection = await (await DuckDBInstance.create(':memory:', { threads })).connect();
const begin = performance.now();
await connection.run(`COPY (SELECT ${columns} FROM read_csv('${csv}') ${dedupe} ORDER BY ts_recv)
                      TO '${out}' (FORMAT parquet, COMPRESSION zstd)`);
const seconds = (performance.now() - begin) / 1e3;
console.log(JSON.stringify({ seconds, bytes: fs.statSync(out).size, peak_kib: process.resourceUsage().maxRSS }));
