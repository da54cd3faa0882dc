"use client";

import { type KeyboardEvent, useRef, useState, type WheelEvent } from "react";

/** How long after a touch of wheel, key or scrollbar a scroll is the reader's own. */
const handMs = 500;
const keysUp = ["ArrowUp", "PageUp", "Home"];

/**
 * Whether the reader is where new lines come. Only they themselves end it: that lines come faster than they are laid
 * out moves the end away, too, but is no wish to stay behind.
 */
export function useFollow(onFollow: (follows: boolean) => void) {
  const [follows, setState] = useState(true);
  const movedAt = useRef(Number.NEGATIVE_INFINITY);
  const holds = useRef(false);

  function setFollows(next: boolean): void {
    setState(next);
    onFollow(next);
  }
  function move(): void {
    movedAt.current = performance.now();
  }
  return {
    follows,
    setFollows,
    /** On every scroll. */
    onScrolled(isAtEnd: boolean): void {
      const byHand = holds.current || performance.now() - movedAt.current < handMs;
      if (isAtEnd) setFollows(true);
      else if (byHand) setFollows(false);
    },
    /** For the element that scrolls. */
    handlers: {
      onWheel: (event: WheelEvent) => {
        move();
        if (event.deltaY < 0) setFollows(false);
      },
      onTouchMove: move,
      onKeyDown: (event: KeyboardEvent) => {
        move();
        if (keysUp.includes(event.key)) setFollows(false);
      },
      onPointerDown: () => {
        holds.current = true;
      },
      onPointerUp: () => {
        holds.current = false;
        move();
      },
    },
  };
}
