/**
 * Calm output of the commands: a line for each step when it is done, with its time. On a terminal the running steps
 * are shown on one line that changes; elsewhere a step that takes long says once that it has begun.
 *
 * @typedef {{ label: string, detail: string, durationMs: number }} FinishedStep
 * @typedef {ReturnType<typeof createProgress>} Progress
 */
const announceAfterMs = 3000;
const redrawEveryMs = 200;
const labelWidth = 16;

/** @param {{ isTTY?: boolean, columns?: number, write(text: string): unknown }} out */
export function createProgress(out) {
  const terminal = out.isTTY === true;
  const paint = createPaint(terminal && !process.env.NO_COLOR);
  /** @type {Map<string, { startedAt: number, doing: string }>} */
  const running = new Map();
  /** @type {FinishedStep[]} */
  const finished = [];
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  /** @param {string} line */
  function print(line) {
    out.write(terminal ? `\r\u001b[2K${line}\n` : `${line}\n`);
    draw();
  }

  function draw() {
    if (!terminal) return;
    const parts = [...running].map(([label, { startedAt, doing }]) => {
      const seconds = Math.floor((performance.now() - startedAt) / 1000);
      return `${label}${doing === "" ? "" : `: ${doing}`}${seconds < 1 ? "" : ` ${seconds} s`}`;
    });
    const text = parts.join("  ·  ").slice(0, (out.columns ?? 80) - 5);
    out.write(parts.length === 0 ? "\r\u001b[2K" : `\r\u001b[2K  ${paint.dim(`… ${text}`)}`);
  }

  function tick() {
    if (terminal && running.size > 0) timer ??= setInterval(draw, redrawEveryMs).unref();
    if (running.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  /**
   * Runs `work` as a step; what it returns is shown beside the label.
   * @param {string} label
   * @param {(doing: (text: string) => void) => Promise<string>} work
   * @returns {Promise<FinishedStep>}
   */
  async function step(label, work) {
    const entry = { startedAt: performance.now(), doing: "" };
    running.set(label, entry);
    tick();
    draw();
    const announce = terminal ? undefined : setTimeout(() => print(`  … ${label}`), announceAfterMs).unref();
    try {
      const detail = await work((text) => {
        entry.doing = text;
        draw();
      });
      running.delete(label);
      return done(label, detail, performance.now() - entry.startedAt);
    } finally {
      clearTimeout(announce);
      running.delete(label);
      tick();
      draw();
    }
  }

  /**
   * @param {string} label
   * @param {string} detail
   * @param {number} durationMs
   */
  function done(label, detail, durationMs) {
    print(
      `  ${paint.green("✓")} ${label.padEnd(labelWidth)} ${detail}  ${paint.dim(formatDuration(durationMs))}`.trimEnd(),
    );
    const result = { label, detail, durationMs };
    finished.push(result);
    return result;
  }

  return {
    step,
    done,
    paint,
    finished: /** @type {readonly FinishedStep[]} */ (finished),
    /** @param {string} text */
    print: (text) => print(text),
    /** Something a person should know and need not act on. @param {string} text */
    note: (text) => print(`  ${paint.yellow("!")} ${text}`),
    /**
     * @param {string} message
     * @param {string} fix
     */
    fail(message, fix) {
      print(`\n  ${paint.red("✗")} ${message}\n    ${fix.replaceAll("\n", "\n    ")}\n`);
    },
  };
}

/** @param {number} durationMs */
export function formatDuration(durationMs) {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 60_000) return `${(durationMs / 1000).toFixed(1)} s`;
  return `${Math.floor(durationMs / 60_000)} min ${Math.round((durationMs % 60_000) / 1000)} s`;
}

/** @param {boolean} colours */
function createPaint(colours) {
  const code = (/** @type {number} */ on, /** @type {number} */ off) => (/** @type {string} */ text) =>
    colours ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { bold: code(1, 22), dim: code(2, 22), red: code(31, 39), green: code(32, 39), yellow: code(33, 39) };
}
