/** The sign of the product: a letter H whose bar is a step, on red. Decorative; the name stands beside it. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="7" fill="var(--brand)" />
      <path d="M8 7h5v7h6V7h5v18h-5v-7h-6v7H8z" fill="#fff" />
    </svg>
  );
}
