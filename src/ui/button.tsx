import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

const buttonVariants = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50 [&_svg]:pointer-events-none [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-primary text-on-primary hover:bg-primary-hover",
        secondary: "border-border-strong bg-surface text-foreground shadow-card hover:bg-hover",
        ghost: "border-transparent text-muted hover:bg-hover hover:text-foreground",
        danger: "border-transparent bg-danger text-on-danger hover:bg-danger-hover",
        "danger-quiet": "border-border-strong bg-surface text-bad shadow-card hover:bg-bad-wash",
      },
      size: {
        sm: "h-7 px-2.5 text-xs",
        md: "h-8 px-3 text-sm",
        lg: "h-10 px-4 text-base",
        icon: "size-8",
        "icon-sm": "size-7",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof buttonVariants> & {
    /** Renders the child element (a link) in the button's look. */
    asChild?: boolean;
    /** Shows that its work is under way; clicks do nothing meanwhile, so a double click is one click. */
    pending?: boolean;
  };

export function Button({ className, variant, size, asChild, pending = false, children, ...props }: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  }
  // aria-disabled in place of disabled: the focus stays where it was while the work is under way.
  const busy = pending && {
    "aria-disabled": true,
    "aria-busy": true,
    onClick: (event: { preventDefault(): void }) => event.preventDefault(),
  };
  return (
    <button type="button" className={classes} {...props} {...busy}>
      {pending && <Spinner />}
      {children}
    </button>
  );
}
