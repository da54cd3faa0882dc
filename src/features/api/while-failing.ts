/**
 * For `refetchInterval`, milliseconds: a container that was restarted is believed again by the clock alone, of which no
 * tick of the server tells.
 */
export function whileFailing(failing: boolean): number | false {
  return failing ? 5000 : false;
}
