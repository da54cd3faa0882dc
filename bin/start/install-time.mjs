/**
 * How long the install took goes from the bootstrap to the command that it starts, which is bundled and may run in
 * another process, and no further: what that one starts has installed nothing.
 */
const variable = "HELVETIA_INSTALL_MS";
const key = Symbol.for("helvetia.installMs");

/** @type {typeof globalThis & { [key]?: number }} */
const shared = globalThis;

/**
 * Takes what the former process handed on, and keeps what there is to know for this one.
 * @param {number | null} durationMs of an install in this process
 */
export function keepInstallTime(durationMs) {
  const handedOn = Number(process.env[variable]) || 0;
  delete process.env[variable];
  shared[key] = handedOn + (durationMs ?? 0);
}

/** In milliseconds; 0 where nothing was installed. */
export function installTimeMs() {
  return shared[key] ?? 0;
}

/** The environment of the process that goes on in this one's place. */
export function handOnInstallTime() {
  return { ...process.env, [variable]: String(Math.round(installTimeMs())) };
}
