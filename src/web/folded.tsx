import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

type FoldedProps = {
  readonly summary: ComponentChildren;
  readonly kind?: string;
  readonly children: () => ComponentChildren;
};

/** What waits behind a key, built once it is opened: a page carries what is read, not all that could be. */
export const Folded = ({ summary, kind, children }: FoldedProps) => {
  const [open, setOpen] = useState(false);
  return (
    <details class={kind} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && children()}
    </details>
  );
};
