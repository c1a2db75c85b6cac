// Writes the pages of docs/ that are made from code: npm run docs
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeOperators } from './docs/describe-operators.ts';
import { operatorsPage } from './docs/operators-page.ts';
import { readLocalConfig } from './local-config.ts';

const config = readLocalConfig(process.env, process.cwd());
const file = join(config.checkout, 'docs', 'operators.md');
await writeFile(file, operatorsPage(await describeOperators(config)));
process.stdout.write(`${file} written\n`);
