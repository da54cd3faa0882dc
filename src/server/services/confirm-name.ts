import { AppError } from "@/domain/errors";

/** What cannot be undone is confirmed by typing its name. Throws invalid_input. */
export function confirmName(confirmation: string, name: string): void {
  if (confirmation.trim() === name) return;
  const message = `Type "${name}" to confirm.`;
  throw new AppError("invalid_input", { message, details: { fields: { confirmation: message } } });
}
