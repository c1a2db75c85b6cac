const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 120;
const STILL_MS = 15_000;

/**
 * Shows which steps are at work and for how long: a moving line on a terminal, else a line when a step begins,
 * every 15 seconds, and when it ends.
 *
 * @typedef {{ write(text: string): unknown, isTTY?: boolean, columns?: number }} ProgressOutput
 *
 * @param {ProgressOutput} out standard error: standard output belongs to the script that follows
 */
export function createProgress(out) {
  /** @type {Map<string, number>} */
  const running = new Map();
  let frame = 0;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  const clear = () => out.isTTY && out.write('\r\u001b[2K');
  const draw = () => {
    const parts = [...running].map(([name, since]) => `${name} ${seconds(since)} s`);
    frame = (frame + 1) % FRAMES.length;
    clear();
    out.write(`  ${FRAMES[frame]} ${parts.join(' · ')}`.slice(0, (out.columns ?? 80) - 1));
  };
  const still = () => {
    for (const [name, since] of running) out.write(`  ... ${name}: ${seconds(since)} s so far\n`);
  };
  const startTimer = () => {
    timer ??= out.isTTY ? setInterval(draw, FRAME_MS) : setInterval(still, STILL_MS);
  };

  /**
   * @param {string} name
   * @param {string} mark
   * @param {string} ending
   */
  const end = (name, mark, ending) => {
    const since = running.get(name) ?? Date.now();
    running.delete(name);
    clear();
    out.write(`  ${mark} ${name}: ${ending} (${seconds(since)} s)\n`);
    if (running.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  return {
    /** @param {string} text */
    say(text) {
      clear();
      out.write(`${text}\n`);
    },

    /**
     * @template T
     * @param {string} name
     * @param {() => Promise<T>} work
     * @param {(result: T) => { isGood: boolean, text: string }} [describe] how it ended, in a few words
     * @returns {Promise<T>}
     */
    async during(name, work, describe = () => ({ isGood: true, text: 'done' })) {
      running.set(name, Date.now());
      if (!out.isTTY) out.write(`  - ${name}\n`);
      startTimer();
      try {
        const result = await work();
        const { isGood, text } = describe(result);
        end(name, isGood ? '✓' : '✗', text);
        return result;
      } catch (error) {
        end(name, '✗', 'stopped');
        throw error;
      }
    },
  };
}

/** @param {number} since */
function seconds(since) {
  return Math.round((Date.now() - since) / 1000);
}
