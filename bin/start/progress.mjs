/**
 * Calm output of the commands: a line for each step when it is done, with its time. On a terminal the running steps
 * are shown on one line that changes; elsewhere a step that takes long says once that it has begun.
 *
 * @typedef {{ label: string, detail: string, durationMs: number }} FinishedStep
 * @typedef {{ doing(text: string): void, detail(text: string): void }} Tell
 * @typedef {ReturnType<typeof createProgress>} Progress
 */
const announceAfterMs = 3000;
const redrawEveryMs = 200;
const labelWidth = 12;
const timeWidth = 8;

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
    const text = parts.join("  ·  ").slice(0, (out.columns || 80) - 5);
    out.write(parts.length === 0 ? "\r\u001b[2K" : `\r\u001b[2K  ${paint.dim(`… ${text}`)}`);
  }

  function tick() {
    if (terminal && running.size > 0) timer ??= setInterval(draw, redrawEveryMs).unref();
    if (running.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  /**
   * Runs `work` as a step. It may tell what it is doing, and must tell in the end what there is to say about it.
   * @template T
   * @param {string} label
   * @param {(tell: Tell) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async function step(label, work) {
    const entry = { startedAt: performance.now(), doing: "" };
    let summary = "";
    running.set(label, entry);
    tick();
    draw();
    const announce = terminal ? undefined : setTimeout(() => print(`  … ${label}`), announceAfterMs).unref();
    try {
      const result = await work({
        doing(text) {
          entry.doing = text;
          draw();
        },
        detail(text) {
          summary = text;
        },
      });
      running.delete(label);
      done(label, summary, performance.now() - entry.startedAt);
      return result;
    } finally {
      clearTimeout(announce);
      running.delete(label);
      tick();
      draw();
    }
  }

  /**
   * A step that was done elsewhere.
   * @param {string} label
   * @param {string} detail
   * @param {number} durationMs
   */
  function done(label, detail, durationMs) {
    finished.push({ label, detail, durationMs });
    const time = paint.dim(formatDuration(durationMs).padStart(timeWidth));
    print(`  ${paint.green("✓")} ${time}  ${label.padEnd(labelWidth)} ${detail}`.trimEnd());
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
  if (durationMs < 59_950) return `${(durationMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(durationMs / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** @param {boolean} colours */
function createPaint(colours) {
  const code = (/** @type {number} */ on, /** @type {number} */ off) => (/** @type {string} */ text) =>
    colours ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { bold: code(1, 22), dim: code(2, 22), red: code(31, 39), green: code(32, 39), yellow: code(33, 39) };
}
