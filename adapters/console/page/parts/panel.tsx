/** A titled part of a page. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** What a panel shows. */
export interface PanelProps {
  readonly title: string;
  /** Beside the title: a figure, a button. */
  readonly aside?: ComponentChildren;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A region that is named by its title. */
export function Panel({ title, aside, class: name = '', children }: PanelProps) {
  const id = useId();
  return (
    <section class={`panel ${name}`} aria-labelledby={id}>
      <header class="panel-head">
        <h2 id={id}>{title}</h2>
        {aside !== undefined && aside !== false && <div class="panel-aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}
