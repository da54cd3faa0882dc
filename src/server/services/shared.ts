import type { ServiceContext } from "@/server/context";
import type { Db } from "@/server/db/client";

type Turn<Output> = {
  reading: Promise<Output>;
  /** Begins when this one is over; for those who ask meanwhile. */
  next: Promise<Output> | null;
};

/**
 * Has something read once for all who ask for the same while it is being read: every open page asks for its list in the
 * moment in which something changed. Nobody is given what was begun to be read before they asked, so who has just
 * changed something sees it. `read` must not depend on who asks: rights are checked before.
 */
export function shared<Input, Output>(
  read: (context: ServiceContext, input: Input) => Promise<Output>,
): (context: ServiceContext, input: Input) => Promise<Output> {
  const databases = new WeakMap<Db, Map<string, Turn<Output>>>();

  return (context, input) => {
    const turns = databases.get(context.db) ?? new Map<string, Turn<Output>>();
    databases.set(context.db, turns);
    const key = JSON.stringify(input);
    const start = (): Promise<Output> => {
      const turn: Turn<Output> = { reading: read(context, input), next: null };
      turns.set(key, turn);
      const over = () => {
        if (turn.next === null) turns.delete(key);
      };
      turn.reading.then(over, over);
      return turn.reading;
    };
    const turn = turns.get(key);
    if (!turn) return start();
    turn.next ??= turn.reading.then(start, start);
    return turn.next;
  };
}
