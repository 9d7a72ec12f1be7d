import type { ComponentChildren } from 'preact';
import { type Text, useText } from './i18n.ts';

type ScrollProps = { readonly name: Text; readonly children: ComponentChildren };

/** A table that may be wider than the screen and holds nothing to focus: it takes the focus itself, so that keys move it. */
export const Scroll = ({ name, children }: ScrollProps) => {
  const t = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it no key reaches what lies outside the screen
    <div class="scroll" role="group" tabIndex={0} aria-label={t(name)}>
      {children}
    </div>
  );
};
