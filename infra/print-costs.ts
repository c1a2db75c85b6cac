import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.ts';
import { costTables } from './costs/cost-tables.ts';
import { TemplateSchema } from './costs/template.ts';

/** Prints what a synthesized stage costs: `node infra/print-costs.ts [STAGE]`, after `npx cdk synth`. */
const stage = process.argv[2] ?? 'dev';
const template = TemplateSchema.parse(
  JSON.parse(readFileSync(join(CHECKOUT, 'cdk.out', `SGCode-${stage}.template.json`), 'utf8')),
);
process.stdout.write(`${costTables(template)}\n`);
