/** Whether the error is that a part of the program did not arrive: trying again in this page does not bring it. */
export function isLostScript(error: unknown): boolean {
  return error instanceof Error && error.name === "ChunkLoadError";
}
