// Adds to package-lock.json the optional packages of other platforms that `npm install` left out because the
// registry at hand does not have them: without them `npm ci` refuses the lock. Run it after every change of
// dependencies; with --check it only says what is missing and ends with exit code 1.
import { readFileSync, writeFileSync } from 'node:fs';
import { completeLock } from './setup/complete-lock.mjs';
import { CHECKOUT } from './setup/paths.mjs';

const file = `${CHECKOUT}/package-lock.json`;
const { lock, added } = completeLock(JSON.parse(readFileSync(file, 'utf8')));
const isCheck = process.argv.includes('--check');

if (added.length > 0 && !isCheck) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
for (const name of added) process.stdout.write(`${isCheck ? 'missing' : 'added'} ${name}\n`);
if (isCheck && added.length > 0) process.exitCode = 1;
