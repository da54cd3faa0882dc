"use client";

import { type UseMutationOptions, type UseMutationResult, useMutation } from "@tanstack/react-query";
import { useCallback, useRef } from "react";

type SingleOptions = {
  /** Success leads to another page: until it is there, further calls do nothing and it counts as pending. */
  leaves?: boolean;
};

/**
 * useMutation for buttons: a call while another is under way does nothing. React shows that something is pending only
 * with its next rendering; the second half of a double click comes before that.
 */
export function useSingleMutation<Data, Failure, Input, Context>(
  options: UseMutationOptions<Data, Failure, Input, Context>,
  { leaves = false }: SingleOptions = {},
): UseMutationResult<Data, Failure, Input, Context> & { isBusy: boolean } {
  const underWay = useRef(false);
  const mutation = useMutation<Data, Failure, Input, Context>({
    ...options,
    onSettled: (...settled) => {
      const [, error] = settled;
      if (error !== null || !leaves) underWay.current = false;
      return options.onSettled?.(...settled);
    },
  });
  const { mutate } = mutation;
  const mutateOnce: typeof mutate = useCallback(
    (...call) => {
      if (underWay.current) return;
      underWay.current = true;
      mutate(...call);
    },
    [mutate],
  );
  return { ...mutation, mutate: mutateOnce, isBusy: mutation.isPending || (leaves && mutation.isSuccess) };
}
