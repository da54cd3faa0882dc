/** Set by proxy.ts on the way in; whatever a client sends under these names is overwritten there. */
export const nonceHeader = "x-helvetia-nonce";
export const pathHeader = "x-helvetia-path";
