// The first file that a fresh checkout runs, under whatever Node is there. Old syntax only: a Node that is
// too old must be able to parse this file to say so.
const WANTED = 20;

const found = process.versions.node;
if (Number(found.split('.')[0]) < WANTED) {
  process.stderr.write(
    `Node ${WANTED} or later is needed, this is ${found}: install it from https://nodejs.org or with "nvm install ${WANTED + 4}", then run this again.\n`,
  );
  process.exitCode = 1;
} else {
  import('./setup/set-up-and-run.mjs').then((module) => module.setUpAndRun(process.argv.slice(2)));
}
