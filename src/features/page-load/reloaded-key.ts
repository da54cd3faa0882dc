/** Of sessionStorage: this tab has loaded a page again because of a lost script, and none has worked since. */
export const reloadedKey = "helvetia:reloaded";
