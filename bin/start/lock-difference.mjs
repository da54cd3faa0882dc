/** @typedef {{ packages?: Record<string, { version?: string, integrity?: string, optional?: boolean }> }} Lock */

/**
 * Why node_modules must be installed again, or null. npm writes what it installed to node_modules/.package-lock.json,
 * last of all, so an install that was interrupted shows too, and one by hand (`npm install x`) is not done twice.
 * @param {Lock} wanted package-lock.json
 * @param {Lock | null} installed node_modules/.package-lock.json
 * @returns {string | null}
 */
export function differsFromLock(wanted, installed) {
  if (installed === null) return "node_modules is empty";
  for (const [name, entry] of Object.entries(wanted.packages ?? {})) {
    if (name === "") continue;
    const found = installed.packages?.[name];
    // Optional packages of other platforms are in the lock alone.
    if (found === undefined && entry.optional) continue;
    if (found === undefined) return `${shortName(name)} is missing`;
    if (found.version !== entry.version || found.integrity !== entry.integrity) return `${shortName(name)} changed`;
  }
  return null;
}

/** @param {string} name such as "node_modules/a/node_modules/b" */
function shortName(name) {
  return name.split("node_modules/").at(-1);
}
